import { randomUUID } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { Migrations } from "../kernel/migrations.ts";
import { defaultRoles } from "./default-roles.ts";
import { policiesOf } from "./policies.ts";

/** Ids are text everywhere: an id that is no UUID is then simply unknown (404), not a database error. */
export const authorizationMigrations: Migrations = {
	"0100_authorization": {
		async up(db) {
			await sql`create table divisions (
				id text primary key, name text not null, description text not null, home boolean not null
			)`.execute(db);
			await sql`create unique index divisions_name on divisions (lower(name))`.execute(db);
			await sql`create unique index divisions_home on divisions (home) where home`.execute(db);
			await sql`create table roles (
				id text primary key, name text not null, description text not null, default_role_id text unique,
				base boolean not null, policies jsonb not null
			)`.execute(db);
			await sql`create unique index roles_name on roles (lower(name))`.execute(db);
			await sql`create table grants (
				subject_id text not null, subject_type text not null, role_id text not null references roles on delete cascade,
				division_id text not null, granted_at timestamptz not null, primary key (subject_id, role_id, division_id)
			)`.execute(db);
			await sql`create index grants_role on grants (role_id)`.execute(db);
			await sql`create index grants_division on grants (division_id)`.execute(db);
			await insertDefaults(db);
		},
	},
};

// biome-ignore lint/suspicious/noExplicitAny: Kysely types migrations this way, as tables differ between versions
async function insertDefaults(db: Kysely<any>): Promise<void> {
	const home = { id: randomUUID(), name: "Home", description: "Holds what is in no other division", home: true };
	await db.insertInto("divisions").values(home).execute();
	const rows = defaultRoles.map((role) => ({
		id: randomUUID(),
		name: role.name,
		description: role.description,
		default_role_id: role.defaultRoleId,
		base: role.base,
		policies: JSON.stringify(policiesOf(role.permissions)),
	}));
	await db.insertInto("roles").values(rows).execute();
}
