import { sql } from "kysely";
import type { Migrations } from "../kernel/database/migrations.ts";

export const deploymentsMigrations: Migrations = {
	"0400_deployments": {
		async up(db) {
			await sql`create table deployments (
				id uuid primary key, type_id text not null, name text not null, notes text not null default '',
				intended_state text not null, version int not null, properties jsonb not null, advanced jsonb not null,
				credentials jsonb not null, script_version int,
				created_at timestamptz not null, updated_at timestamptz not null
			)`.execute(db);
			await sql`create unique index deployments_partner_name on deployments (lower(properties->>'partnerName'))
				where properties ? 'partnerName'`.execute(db);
			await sql`create table framework_scripts (
				deployment_id uuid not null references deployments (id) on delete cascade,
				version int not null, source text not null, sha256 text not null,
				uploaded_by uuid, uploaded_at timestamptz not null,
				primary key (deployment_id, version)
			)`.execute(db);
		},
	},
	"3260_closed": {
		/** An administrator did not want to wait until agents have finished. */
		async up(db) {
			await sql`alter table deployments add column closed boolean not null default false`.execute(db);
		},
	},
	"3500_staged_release": {
		/** `{version, groups}`: a version of framework.js that the members of some groups have before everybody else. */
		async up(db) {
			await sql`alter table deployments add column staged jsonb`.execute(db);
		},
	},
	"5540_integration_revisions": {
		/** Who switches one, or deletes it, may say which state of it they saw. */
		async up(db) {
			await sql`alter table deployments add column revision int not null default 1`.execute(db);
		},
	},
};
