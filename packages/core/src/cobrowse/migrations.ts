import { sql } from "kysely";
import type { Migrations } from "../kernel/database/migrations.ts";

export const cobrowseMigrations: Migrations = {
	"3110_cobrowse": {
		async up(db) {
			await sql`create table cobrowse_sessions (
				id text primary key, conversation_id text not null, user_id text not null, agent_name text not null,
				agent_participant_id text not null, customer_participant_id text not null,
				communication_type text not null, deployment_id text, code text,
				share_key_hash text, viewer_key_hash text, viewer_token text,
				state text not null, is_away boolean not null default false,
				offered_at timestamptz not null, due_at timestamptz,
				ended_by text, ended_why text, ended_at timestamptz
			)`.execute(db);
			await sql`create unique index cobrowse_of_conversation on cobrowse_sessions (conversation_id) where state <> 'ended'`.execute(
				db,
			);
			await sql`create unique index cobrowse_of_user on cobrowse_sessions (user_id) where state <> 'ended'`.execute(db);
			await sql`create unique index cobrowse_by_code on cobrowse_sessions (code) where code is not null`.execute(db);
			await sql`create index cobrowse_past on cobrowse_sessions (conversation_id, offered_at desc)`.execute(db);
		},
	},
	"3950_cobrowse_outlives": {
		async up(db) {
			await sql`alter table cobrowse_sessions add column over_at timestamptz`.execute(db);
		},
	},
};
