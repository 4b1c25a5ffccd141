import { sql } from "kysely";
import type { Migrations } from "../kernel/database/migrations.ts";

export const diagnosticsMigrations: Migrations = {
	"3280_agent_troubles": {
		async up(db) {
			await sql`create table agent_troubles (
				cause text primary key, kind text not null, code text not null, deployment_id text, client_id text,
				unverified boolean not null, detail text, count bigint not null, people text[] not null,
				first_at timestamptz not null, last_at timestamptz not null
			)`.execute(db);
			await sql`create index agent_troubles_last on agent_troubles (last_at)`.execute(db);
		},
	},
	// Which upload of framework.js it was: what a version did that nobody has any more is forgotten.
	"3720_agent_trouble_versions": {
		async up(db) {
			await sql`alter table agent_troubles add column script_version bigint`.execute(db);
		},
	},
};
