import { sql } from "kysely";
import type { Migrations } from "../kernel/database/migrations.ts";
import "./tables.ts";

export const voicemailMigrations: Migrations = {
	"2820_voicemail": {
		async up(db) {
			await sql`create table voicemails (
				id text primary key, owner_type text not null, owner_id text not null, conversation_id text not null,
				caller_address text, caller_name text, caller_user_id text,
				key text not null, bytes int not null, duration_ms int not null, waveform jsonb not null,
				created_at timestamptz not null, modified_at timestamptz not null, modified_by text,
				read_by text, read_at timestamptz, claimed_by text, note text,
				copied_from jsonb, copied_to jsonb not null default '[]',
				deleted_at timestamptz, expires_at timestamptz
			)`.execute(db);
			await sql`create index voicemails_of_owner on voicemails (owner_type, owner_id, created_at desc, id)`.execute(db);
			await sql`create index voicemails_of_file on voicemails (key)`.execute(db);
			await sql`create table voicemail_policy (
				id int primary key check (id = 1), version int not null, policy jsonb not null,
				modified_at timestamptz not null
			)`.execute(db);
			await sql`insert into voicemail_policy values (1, 1, '{}', now())`.execute(db);
			await sql`create table voicemail_owners (
				owner_type text not null, owner_id text not null, policy jsonb not null default '{}', greeting jsonb,
				modified_at timestamptz not null, primary key (owner_type, owner_id)
			)`.execute(db);
		},
	},
	"2870_voicemail_items": {
		async up(db) {
			await sql`alter table voicemails add column item_id text`.execute(db);
		},
	},
	"2960_voicemail_owner_versions": {
		async up(db) {
			await sql`alter table voicemail_owners add column version int not null default 0`.execute(db);
		},
	},
	"3153_voicemail_notices": {
		async up(db) {
			await sql`create table voicemail_notices (
				voicemail_id text not null references voicemails (id) on delete cascade, user_id text not null,
				attempts int not null default 0, try_at timestamptz, primary key (voicemail_id, user_id)
			)`.execute(db);
		},
	},
};
