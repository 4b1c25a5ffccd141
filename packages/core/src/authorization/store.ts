import type { ColumnType } from "kysely";
import { type RawBuilder, type Selectable, type SqlBool, sql } from "kysely";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import { lowered } from "../kernel/database/lowered.ts";
import { namesakes } from "../kernel/database/namesakes.ts";
import { referable } from "../kernel/database/references.ts";
import type { DivisionSet } from "../kernel/principal.ts";
import { type Division, everyDivision, type Grant, type Role, type SubjectType } from "./model.ts";
import type { PermissionPolicy } from "./policies.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		divisions: {
			id: string;
			name: string;
			description: string;
			home: boolean;
			version: ColumnType<number, number | undefined, number>;
		};
		roles: {
			id: string;
			name: string;
			description: string;
			default_role_id: string | null;
			base: boolean;
			policies: ColumnType<PermissionPolicy[], string, string>;
			version: ColumnType<number, number | undefined, number>;
			/** Fingerprint of the permissions that the product gave the role; see default-role-updates.ts. */
			shipped: ColumnType<string | null, string | null | undefined, string | null>;
		};
		grants: { subject_id: string; subject_type: string; role_id: string; division_id: string; granted_at: Date };
	}
}

/** Somebody who holds a role, and where. */
export interface Holder {
	id: string;
	type: SubjectType;
	/** Ids of divisions, `*` for every one. */
	divisionIds: string[];
}

/** Somebody who holds roles in one division. */
export interface RoleHolder {
	id: string;
	type: SubjectType;
	roleIds: string[];
}

/** What the authorization rules keep. Reads take the database or a transaction; changes take a transaction. */
export interface AuthorizationStore {
	/** Until the transaction ends nobody else changes who holds what. */
	lockRights(trx: Trx): Promise<void>;
	divisions(db: Db): Promise<Division[]>;
	division(db: Db, id: string): Promise<Division | undefined>;
	divisionNamed(db: Db, name: string): Promise<Division | undefined>;
	saveDivision(trx: Trx, division: Division): Promise<void>;
	/** Holds the division, so that nothing comes into it meanwhile. @returns undefined where it has gone */
	lockDivision(trx: Trx, id: string): Promise<Division | undefined>;
	deleteDivision(trx: Trx, id: string): Promise<void>;
	roles(db: Db): Promise<Role[]>;
	role(db: Db, id: string): Promise<Role | undefined>;
	roleNamed(db: Db, name: string): Promise<Role | undefined>;
	saveRole(trx: Trx, role: Role): Promise<void>;
	/** What the product gave its own roles, by role id; null where that is not known. */
	shippedRoles(db: Db): Promise<Map<string, string | null>>;
	/** Remembers the permissions that the product has just given the role. */
	markShipped(trx: Trx, roleId: string, fingerprint: string): Promise<void>;
	/** The divisions in which anybody holds the role. */
	divisionsOfRole(db: Db, roleId: string): Promise<string[]>;
	deleteRole(trx: Trx, id: string): Promise<void>;
	grantsOf(db: Db, subjectIds: readonly string[]): Promise<Grant[]>;
	grantsIn(db: Db, divisionId: string): Promise<Grant[]>;
	/** The grants of any of these roles in every division. */
	holdersEverywhere(db: Db, roleIds: readonly string[]): Promise<Grant[]>;
	/** One page of those who hold the role in any of the divisions, by kind, then in the order of their ids. */
	holdersOf(
		db: Db,
		which: { roleId: string; divisions: DivisionSet },
		slice: { limit: number; offset: number },
	): Promise<{ holders: Holder[]; total: number }>;
	/** One page of those who hold any role in just this division, with their roles; in the same order. */
	holdersIn(
		db: Db,
		divisionId: string,
		slice: { limit: number; offset: number },
	): Promise<{ holders: RoleHolder[]; total: number }>;
	/** How many users hold each role themselves. */
	userCounts(db: Db): Promise<Map<string, number>>;
	/** @returns those that were not there already */
	addGrants(trx: Trx, grants: readonly Grant[]): Promise<Grant[]>;
	/** @returns false when there was no such grant */
	removeGrant(trx: Trx, grant: Pick<Grant, "subjectId" | "roleId" | "divisionId">): Promise<boolean>;
	removeGrantsOf(trx: Trx, subjectId: string): Promise<void>;
}

/** Counts the rows of a table by their `division_id`. @param stands which rows are of things that stand */
export function rowsInDivisions(table: string, stands: RawBuilder<SqlBool> = sql`true`) {
	return async (divisionIds: readonly string[], db: Db): Promise<Map<string, number>> => {
		const { rows } = await sql<{ id: string; total: number }>`
			select division_id as id, count(*)::int as total from ${sql.table(table)}
			where division_id = any(${[...divisionIds]}) and ${stands} group by division_id`.execute(db);
		return new Map(rows.map(({ id, total }) => [id, total]));
	};
}

/** Divisions, for whatever is in one. */
export const referredDivisions = referable("divisions");
export const divisionNames = namesakes("divisions");
export const roleNames = namesakes("roles");

/** Few clients and groups stand before many people. */
const byKind = sql`case subject_type when 'PC_OAUTH_CLIENT' then 1 when 'PC_GROUP' then 2 else 3 end`;

export const postgresAuthorizationStore: AuthorizationStore = {
	async lockRights(trx) {
		await sql`select pg_advisory_xact_lock(hashtextextended('inlay.rights', 0))`.execute(trx);
	},
	divisions: (db) => db.selectFrom("divisions").selectAll().orderBy("name").execute(),
	division: (db, id) => db.selectFrom("divisions").selectAll().where("id", "=", id).executeTakeFirst(),
	divisionNamed: (db, name) =>
		db.selectFrom("divisions").selectAll().where(sql`lower(name)`, "=", lowered(name)).executeTakeFirst(),
	async saveDivision(trx, division) {
		const { name, description, version } = division;
		await trx
			.insertInto("divisions")
			.values(division)
			.onConflict((conflict) => conflict.column("id").doUpdateSet({ name, description, version }))
			.execute();
	},
	lockDivision: (trx, id) =>
		trx.selectFrom("divisions").selectAll().where("id", "=", id).forUpdate().executeTakeFirst(),
	async deleteDivision(trx, id) {
		await trx.deleteFrom("grants").where("division_id", "=", id).execute();
		await trx.deleteFrom("divisions").where("id", "=", id).where("home", "=", false).execute();
	},
	roles: async (db) => (await db.selectFrom("roles").selectAll().orderBy("name").execute()).map(toRole),
	async role(db, id) {
		const row = await db.selectFrom("roles").selectAll().where("id", "=", id).executeTakeFirst();
		return row && toRole(row);
	},
	async roleNamed(db, name) {
		const row = await db.selectFrom("roles").selectAll().where(sql`lower(name)`, "=", lowered(name)).executeTakeFirst();
		return row && toRole(row);
	},
	async saveRole(trx, role) {
		const { defaultRoleId, policies, ...rest } = role;
		const row = { ...rest, default_role_id: defaultRoleId, policies: JSON.stringify(policies) };
		await trx
			.insertInto("roles")
			.values(row)
			.onConflict((conflict) => conflict.column("id").doUpdateSet(row))
			.execute();
	},
	async shippedRoles(db) {
		const rows = await db
			.selectFrom("roles")
			.select(["id", "shipped"])
			.where("default_role_id", "is not", null)
			.execute();
		return new Map(rows.map((row) => [row.id, row.shipped]));
	},
	async markShipped(trx, roleId, fingerprint) {
		await trx.updateTable("roles").set({ shipped: fingerprint }).where("id", "=", roleId).execute();
	},
	async divisionsOfRole(db, roleId) {
		const rows = await db.selectFrom("grants").select("division_id").distinct().where("role_id", "=", roleId).execute();
		return rows.map((row) => row.division_id);
	},
	async deleteRole(trx, id) {
		await trx.deleteFrom("roles").where("id", "=", id).execute();
	},
	async grantsOf(db, subjectIds) {
		if (subjectIds.length === 0) return [];
		const rows = await db.selectFrom("grants").selectAll().where("subject_id", "in", subjectIds).execute();
		return rows.map(toGrant);
	},
	async grantsIn(db, divisionId) {
		const rows = await db.selectFrom("grants").selectAll().where("division_id", "=", divisionId).execute();
		return rows.map(toGrant);
	},
	async holdersEverywhere(db, roleIds) {
		if (roleIds.length === 0) return [];
		const everywhere = db.selectFrom("grants").selectAll().where("division_id", "=", everyDivision);
		return (await everywhere.where("role_id", "in", roleIds).execute()).map(toGrant);
	},
	async holdersOf(db, { roleId, divisions }, { limit, offset }) {
		const visible = divisions === "all" ? sql`true` : sql`division_id = any(${[...divisions, everyDivision]}::text[])`;
		const { rows } = await sql<{ id: string; type: string; divisions: string[]; total: number }>`
			select subject_id as id, subject_type as type, array_agg(division_id order by division_id) as divisions,
				count(*) over ()::int as total
			from grants where role_id = ${roleId} and ${visible}
			group by subject_id, subject_type
			order by ${byKind}, subject_id
			limit ${limit} offset ${offset}`.execute(db);
		const holders = rows.map((row) => ({ id: row.id, type: row.type as SubjectType, divisionIds: row.divisions }));
		return { holders, total: rows[0]?.total ?? 0 };
	},
	async holdersIn(db, divisionId, { limit, offset }) {
		const { rows } = await sql<{ id: string; type: string; roles: string[]; total: number }>`
			select subject_id as id, subject_type as type, array_agg(role_id order by role_id) as roles,
				count(*) over ()::int as total
			from grants where division_id = ${divisionId}
			group by subject_id, subject_type
			order by ${byKind}, subject_id
			limit ${limit} offset ${offset}`.execute(db);
		const holders = rows.map((row) => ({ id: row.id, type: row.type as SubjectType, roleIds: row.roles }));
		return { holders, total: rows[0]?.total ?? 0 };
	},
	async userCounts(db) {
		const rows = await db
			.selectFrom("grants")
			.select((eb) => ["role_id", eb.fn.count<number>("subject_id").distinct().as("users")])
			.where("subject_type", "=", "PC_USER")
			.groupBy("role_id")
			.execute();
		return new Map(rows.map((row) => [row.role_id, Number(row.users)]));
	},
	async addGrants(trx, grants) {
		const added = new Set<string>();
		for (let at = 0; at < grants.length; at += mostAtOnce) {
			const rows = await trx
				.insertInto("grants")
				.values(grants.slice(at, at + mostAtOnce).map(toGrantRow))
				.onConflict((conflict) => conflict.columns(["subject_id", "role_id", "division_id"]).doNothing())
				.returning(["subject_id", "role_id", "division_id"])
				.execute();
			for (const row of rows) added.add(`${row.subject_id} ${row.role_id} ${row.division_id}`);
		}
		return grants.filter((one) => added.delete(`${one.subjectId} ${one.roleId} ${one.divisionId}`));
	},
	async removeGrant(trx, grant) {
		const result = await trx
			.deleteFrom("grants")
			.where("subject_id", "=", grant.subjectId)
			.where("role_id", "=", grant.roleId)
			.where("division_id", "=", grant.divisionId)
			.executeTakeFirst();
		return Number(result.numDeletedRows) > 0;
	},
	async removeGrantsOf(trx, subjectId) {
		await trx.deleteFrom("grants").where("subject_id", "=", subjectId).execute();
	},
};

/** Rows of one statement: PostgreSQL takes 65,535 values. */
const mostAtOnce = 5_000;

function toGrantRow(grant: Grant) {
	return {
		subject_id: grant.subjectId,
		subject_type: grant.subjectType,
		role_id: grant.roleId,
		division_id: grant.divisionId,
		granted_at: grant.grantedAt,
	};
}

function toRole(row: Selectable<Tables["roles"]>): Role {
	return {
		id: row.id,
		name: row.name,
		description: row.description,
		defaultRoleId: row.default_role_id,
		base: row.base,
		policies: row.policies,
		version: row.version,
	};
}

function toGrant(row: Selectable<Tables["grants"]>): Grant {
	return {
		subjectId: row.subject_id,
		subjectType: row.subject_type as SubjectType,
		roleId: row.role_id,
		divisionId: row.division_id,
		grantedAt: row.granted_at,
	};
}
