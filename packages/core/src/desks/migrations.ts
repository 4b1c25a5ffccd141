import { sql } from "kysely";
import type { Migrations } from "../kernel/database/migrations.ts";

export const deskMigrations: Migrations = {
	"1390_desks": {
		async up(db) {
			await sql`create table desk_entries (
				user_id text not null,
				conversation_id text not null references conversations (id) on delete cascade,
				section text not null,
				version integer not null,
				value jsonb not null,
				panel_id text not null,
				changed_at timestamptz not null,
				primary key (user_id, conversation_id, section)
			)`.execute(db);
			await sql`create index desk_entries_recent on desk_entries (user_id, changed_at desc)`.execute(db);
			await sql`create index desk_entries_old on desk_entries (changed_at)`.execute(db);
			await sql`create table desk_leases (
				user_id text primary key,
				panel_id text not null,
				channel_id text not null,
				since timestamptz not null
			)`.execute(db);
		},
	},
	"2841_calls_seen": {
		async up(db) {
			await sql`create table desk_calls_seen (user_id text primary key, seen_at timestamptz not null)`.execute(db);
		},
	},
};
