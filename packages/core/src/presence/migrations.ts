import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Migrations } from "../kernel/database/migrations.ts";
import { type SystemPresence, spokenPresence, systemPresences } from "./model.ts";

/** Labels of the system presences in the languages that every installation starts with; `en_US` is the fallback. */
const labels: Record<SystemPresence, { de: string; fr: string; es: string }> = {
	Available: { de: "Verfügbar", fr: "Disponible", es: "Disponible" },
	Away: { de: "Abwesend", fr: "Absent", es: "Ausente" },
	Busy: { de: "Beschäftigt", fr: "Occupé", es: "Ocupado" },
	Offline: { de: "Offline", fr: "Hors ligne", es: "Desconectado" },
	Idle: { de: "Untätig", fr: "Inactif", es: "Inactivo" },
	OnQueue: { de: "In der Warteschlange", fr: "En file d’attente", es: "En cola" },
	Meal: { de: "Mahlzeit", fr: "Repas", es: "Comida" },
	Training: { de: "Schulung", fr: "Formation", es: "Formación" },
	Meeting: { de: "Besprechung", fr: "Réunion", es: "Reunión" },
	Break: { de: "Pause", fr: "Pause", es: "Descanso" },
};

export const presenceMigrations: Migrations = {
	"0500_presence": {
		async up(db) {
			await sql`create table presence_definitions (
				id text primary key, language_labels jsonb not null, system_presence text not null,
				is_primary boolean not null, division_id text not null, deactivated boolean not null default false,
				deleted boolean not null default false, created_at timestamptz not null, created_by text,
				modified_at timestamptz not null, modified_by text
			)`.execute(db);
			await sql`create unique index presence_definitions_primary on presence_definitions (system_presence)
				where is_primary`.execute(db);
			await sql`create table user_presences (
				user_id text primary key, definition_id text not null references presence_definitions (id),
				message text not null, modified_at timestamptz not null
			)`.execute(db);
			for (const name of systemPresences) {
				const languageLabels = { en_US: spokenPresence(name), en: spokenPresence(name), ...labels[name] };
				await sql`insert into presence_definitions
					(id, language_labels, system_presence, is_primary, division_id, created_at, modified_at)
					values (${randomUUID()}, ${JSON.stringify(languageLabels)}, ${name}, true, '*', now(), now())`.execute(db);
			}
		},
	},
	"0501_presence_definition": {
		/** Definitions are hidden, never removed. To make sure of it, each change of a presence shared its definition's row. */
		async up(db) {
			await sql`alter table user_presences drop constraint if exists user_presences_definition_id_fkey`.execute(db);
		},
	},
	"2711_presence_order": {
		/** Administrators order those of their own under one system presence, and do not overwrite each other. */
		async up(db) {
			await sql`alter table presence_definitions add column version int not null default 1,
				add column position int not null default 0`.execute(db);
		},
	},
	"2950_presence_then": {
		/** What agents wished for while they owed after-call work: it outlives reloads and restarts. */
		async up(db) {
			await sql`alter table user_presences add column then_definition_id text,
				add column then_message text not null default ''`.execute(db);
		},
	},
};
