import { sql } from "kysely";
import type { Migrations } from "../kernel/database/migrations.ts";
import "./tables.ts";

export const scripterMigrations: Migrations = {
	"3030_scripter": {
		async up(db) {
			await sql`create table agent_scripts (
				id text primary key, name text not null, division_id text not null, version int not null default 1,
				document jsonb not null, created_at timestamptz not null, modified_at timestamptz not null
			)`.execute(db);
			await sql`create unique index agent_scripts_name on agent_scripts (lower(name))`.execute(db);
			await sql`create table agent_script_versions (
				id text primary key, script_id text not null references agent_scripts (id) on delete cascade, name text not null,
				number int not null, document jsonb not null, published_at timestamptz not null, published_by text,
				unique (script_id, number)
			)`.execute(db);
			await sql`create table agent_script_sessions (
				conversation_id text not null, user_id text not null,
				version_id text not null references agent_script_versions (id) on delete cascade,
				page_id text not null, values jsonb not null, revision int not null default 1, saved_at timestamptz not null,
				primary key (conversation_id, user_id)
			)`.execute(db);
			await sql`create index agent_script_sessions_version on agent_script_sessions (version_id)`.execute(db);
		},
	},
};
