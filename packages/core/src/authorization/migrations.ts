import { randomUUID } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { Migrations } from "../kernel/database/migrations.ts";
import { fingerprintOf } from "./default-role-updates.ts";
import { defaultRoles } from "./default-roles.ts";
import { type PermissionPolicy, permissionsOf, policiesOf } from "./policies.ts";

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
	"1100_role_versions": {
		async up(db) {
			await sql`alter table roles add column version bigint not null default 1, add column shipped text`.execute(db);
			const { rows } = await sql<{ id: string; policies: PermissionPolicy[] }>`
				select id, policies from roles where default_role_id is not null`.execute(db);
			for (const { id, policies } of rows) {
				const shipped = fingerprintOf(permissionsOf(policies));
				if (!asShipped().has(shipped)) continue;
				await sql`update roles set shipped = ${shipped} where id = ${id}`.execute(db);
			}
		},
	},
	"5530_versions_of_divisions": {
		async up(db) {
			await sql`alter table divisions add column version int not null default 1`.execute(db);
		},
	},
};

/**
 * What the product's own roles have held when they came: at the first release, and as this version makes them. A role that
 * holds anything else was changed by an administrator.
 */
function asShipped(): ReadonlySet<string> {
	return new Set([...firstRelease, ...defaultRoles.map((role) => fingerprintOf(role.permissions))]);
}

/** Fingerprints of admin, employee, agent and supervisor before `roles.shipped` was kept. */
const firstRelease = [
	"245342046c6ee8971c384790b3ae86e0c196a8fae2aa520e87c1f99bff80effd",
	"986d9b00f6bedb58f36e343d1ccb6c55a91d4bff6faead10a375be7ca5a89ee0",
	"121b8b805104e7b3359cfe56f6d3e830e5463084af8efca44a6ea724101693c6",
	"2372bf2de6fbabe0af927eaa57ad5c58a7f2fd79ddc8427236a2bed20a82b414",
];

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
