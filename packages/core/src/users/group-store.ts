import { type ColumnType, type Expression, type Selectable, type SqlBool, sql } from "kysely";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import { foldedInSql } from "../kernel/database/folded.ts";
import { isOneOf, lowered } from "../kernel/database/lowered.ts";
import { namesakes } from "../kernel/database/namesakes.ts";
import { referable } from "../kernel/database/references.ts";
import { type PageRequest, pageOffset } from "../kernel/http/paging.ts";
import type { Contact, Image } from "./model.ts";
import { scoreOf } from "./search-score-store.ts";
import { type SearchColumns, type SearchCriterion, searchCondition } from "./search-store.ts";

/** A group of users: a deployment is given to groups, and groups can hold roles. */
export interface Group {
	id: string;
	name: string;
	description: string | null;
	type: string;
	visibility: string;
	rulesVisible: boolean;
	rolesEnabled: boolean;
	/** Whether owners count as members. */
	includeOwners: boolean;
	callsEnabled: boolean;
	email: string | null;
	addresses: Contact[];
	images: Image[];
	ownerIds: string[];
	state: string;
	version: number;
	dateModified: Date;
}

declare module "../kernel/database/database.ts" {
	interface Tables {
		groups: {
			id: string;
			name: string;
			description: string | null;
			type: string;
			visibility: string;
			rules_visible: boolean;
			roles_enabled: boolean;
			include_owners: boolean;
			calls_enabled: boolean;
			email: string | null;
			addresses: ColumnType<Contact[], string, string>;
			images: ColumnType<Image[], string, string>;
			state: string;
			version: number;
			date_modified: Date;
		};
		group_members: { group_id: string; user_id: string };
		group_owners: { group_id: string; user_id: string };
	}
}

/** Which groups a listing is about. */
export interface GroupFilter {
	ids?: readonly string[];
	/** What groups are searched by; see search-store.ts. */
	search?: readonly SearchCriterion[];
	descending?: boolean;
	/** What fits best first, then by name. */
	byScore?: boolean;
}

/** Groups, for whatever is given to one. */
export const referredGroups = referable("groups");
export const groupNames = namesakes("groups");

export const postgresGroupStore = {
	async get(db: Db, id: string): Promise<Group | undefined> {
		const row = await withOwners(db).where("id", "=", id).executeTakeFirst();
		return row && toGroup(row);
	},
	async find(db: Db, ids: readonly string[]): Promise<Group[]> {
		if (ids.length === 0) return [];
		return (await withOwners(db).where(sql<SqlBool>`id = any(${ids})`).execute()).map(toGroup);
	},
	async lock(trx: Trx, id: string): Promise<Group | undefined> {
		await trx.selectFrom("groups").select("id").where("id", "=", id).forUpdate().execute();
		return this.get(trx, id);
	},
	async named(db: Db, name: string): Promise<Group | undefined> {
		const row = await withOwners(db).where(sql`lower(name)`, "=", lowered(name)).executeTakeFirst();
		return row && toGroup(row);
	},
	async allNamed(db: Db, names: readonly string[]): Promise<Group[]> {
		if (names.length === 0) return [];
		return (await withOwners(db).where(isOneOf(sql`name`, names)).execute()).map(toGroup);
	},
	async page(db: Db, filter: GroupFilter, page: PageRequest): Promise<Group[]> {
		const direction = filter.descending ? "desc" : "asc";
		const rows = await withOwners(db)
			.where(conditionOf(filter))
			.$if(filter.byScore === true, (found) =>
				found.orderBy(scoreOf(filter.search ?? [], foldedInSql(sql.ref("name"))), "desc"),
			)
			.orderBy(sql`lower(name)`, direction)
			.orderBy("id", direction)
			.limit(page.pageSize)
			.offset(pageOffset(page))
			.execute();
		return rows.map(toGroup);
	},
	async count(db: Db, filter: GroupFilter): Promise<number> {
		const counted = db.selectFrom("groups").select((eb) => eb.fn.countAll<number>().as("total"));
		const { total } = await counted.where(conditionOf(filter)).executeTakeFirstOrThrow();
		return Number(total);
	},
	async insert(trx: Trx, group: Group): Promise<void> {
		await trx.insertInto("groups").values(toRow(group)).execute();
		await setOwners(trx, group);
	},
	async update(trx: Trx, group: Group): Promise<void> {
		await trx.updateTable("groups").set(toRow(group)).where("id", "=", group.id).execute();
		await setOwners(trx, group);
	},
	async delete(trx: Trx, id: string): Promise<void> {
		await trx.deleteFrom("groups").where("id", "=", id).execute();
	},
	/** @returns those who were not members before */
	async addMembers(trx: Trx, groupId: string, userIds: readonly string[]): Promise<string[]> {
		if (userIds.length === 0) return [];
		const rows = await trx
			.insertInto("group_members")
			.values([...new Set(userIds)].map((userId) => ({ group_id: groupId, user_id: userId })))
			.onConflict((conflict) => conflict.doNothing())
			.returning("user_id")
			.execute();
		return rows.map((row) => row.user_id);
	},
	/** @returns those who were members before */
	async removeMembers(trx: Trx, groupId: string, userIds: readonly string[]): Promise<string[]> {
		if (userIds.length === 0) return [];
		const rows = await trx
			.deleteFrom("group_members")
			.where("group_id", "=", groupId)
			.where("user_id", "in", userIds)
			.returning("user_id")
			.execute();
		return rows.map((row) => row.user_id);
	},
	async removeUser(trx: Trx, userId: string): Promise<void> {
		await trx.deleteFrom("group_members").where("user_id", "=", userId).execute();
		await trx.deleteFrom("group_owners").where("user_id", "=", userId).execute();
	},
	/** By user; nothing of users who are in no group. */
	async groupsOf(db: Db, userIds: readonly string[]): Promise<Map<string, string[]>> {
		const { rows } = await sql<{ user_id: string; group_ids: string[] }>`
			select user_id, array_agg(group_id order by group_id) as group_ids from (
				select user_id, group_id from group_members where user_id = any(${userIds})
				union
				select o.user_id, o.group_id from group_owners o join groups g on g.id = o.group_id
				where o.user_id = any(${userIds}) and g.include_owners
			) as memberships group by user_id`.execute(db);
		return new Map(rows.map((row) => [row.user_id, row.group_ids]));
	},
	async memberIds(db: Db, groupId: string): Promise<string[]> {
		const { rows } = await sql<{ id: string }>`select user_id as id from (${membersOf(groupId)}) as m`.execute(db);
		return rows.map((row) => row.id);
	},
	/** Whether one of these users, or of the members of these groups, is active and has a password to sign in with. */
	async anyActive(
		{ userIds, groupIds, without = [] }: { userIds: string[]; groupIds: string[]; without?: readonly string[] },
		db: Db,
	): Promise<boolean> {
		if (userIds.length + groupIds.length === 0) return false;
		const { rows } = await sql<{ found: boolean }>`
			select exists (
				select from users u join credentials c on c.user_id = u.id
				where u.state = 'active' and c.password_hash is not null and not u.id = any(${[...without]}) and (
					u.id = any(${userIds})
					or exists (select from group_members m where m.group_id = any(${groupIds}) and m.user_id = u.id)
					or exists (
						select from group_owners o join groups g on g.id = o.group_id
						where g.id = any(${groupIds}) and g.include_owners and o.user_id = u.id))) as found`.execute(db);
		return rows[0]?.found ?? false;
	},
	async memberCounts(db: Db, groupIds: readonly string[]): Promise<Map<string, number>> {
		const { rows } = await sql<{ id: string; members: number }>`
			select g.id, (
				(select count(*) from group_members m where m.group_id = g.id)
				+ (select count(*) from group_owners o where g.include_owners and o.group_id = g.id and not exists (
					select from group_members m where m.group_id = g.id and m.user_id = o.user_id))
			)::int as members
			from groups g where g.id = any(${groupIds})`.execute(db);
		return new Map(rows.map((row) => [row.id, row.members]));
	},
	async unknownUsers(db: Db, ids: readonly string[]): Promise<string[]> {
		if (ids.length === 0) return [];
		const rows = await db
			.selectFrom("users")
			.select("id")
			.where("id", "in", ids)
			.where("state", "<>", "deleted")
			.execute();
		const known = new Set(rows.map((row) => row.id));
		return ids.filter((id) => !known.has(id));
	},

	/** Each once. */
	async divisionsOfUsers(db: Db, ids: readonly string[]): Promise<string[]> {
		if (ids.length === 0) return [];
		const rows = await db.selectFrom("users").select("division_id").distinct().where("id", "in", ids).execute();
		return rows.map((row) => row.division_id);
	},
};

const searchColumns: SearchColumns = {
	id: sql.ref("id"),
	name: sql.ref("name"),
	description: sql.ref("description"),
	email: sql.ref("email"),
	type: sql.ref("type"),
	state: sql.ref("state"),
	visibility: sql.ref("visibility"),
};

/** The ids of a group's members, owners included where the group says so, as a query. */
export function membersOf(groupId: string) {
	return sql<{ user_id: string }>`
		select user_id from group_members where group_id = ${groupId}
		union
		select o.user_id from group_owners o join groups g on g.id = o.group_id
		where o.group_id = ${groupId} and g.include_owners`;
}

const ownerIds = sql<string[]>`array(select user_id from group_owners o where o.group_id = groups.id order by user_id)`;

function withOwners(db: Db) {
	return db.selectFrom("groups").selectAll().select(ownerIds.as("owner_ids"));
}

function conditionOf({ ids, search }: GroupFilter): Expression<SqlBool> {
	const found = searchCondition(search ?? [], { columns: searchColumns });
	return ids === undefined ? found : sql<SqlBool>`(id = any(${ids}) and ${found})`;
}

function toGroup(row: Selectable<Tables["groups"]> & { owner_ids: string[] }): Group {
	return {
		id: row.id,
		name: row.name,
		description: row.description,
		type: row.type,
		visibility: row.visibility,
		rulesVisible: row.rules_visible,
		rolesEnabled: row.roles_enabled,
		includeOwners: row.include_owners,
		callsEnabled: row.calls_enabled,
		email: row.email,
		addresses: row.addresses,
		images: row.images,
		ownerIds: row.owner_ids,
		state: row.state,
		version: row.version,
		dateModified: row.date_modified,
	};
}

async function setOwners(trx: Trx, group: Group): Promise<void> {
	await trx.deleteFrom("group_owners").where("group_id", "=", group.id).execute();
	if (group.ownerIds.length === 0) return;
	const rows = [...new Set(group.ownerIds)].map((userId) => ({ group_id: group.id, user_id: userId }));
	await trx.insertInto("group_owners").values(rows).execute();
}

function toRow(group: Group) {
	return {
		id: group.id,
		name: group.name,
		description: group.description,
		type: group.type,
		visibility: group.visibility,
		rules_visible: group.rulesVisible,
		roles_enabled: group.rolesEnabled,
		include_owners: group.includeOwners,
		calls_enabled: group.callsEnabled,
		email: group.email,
		addresses: JSON.stringify(group.addresses),
		images: JSON.stringify(group.images),
		state: group.state,
		version: group.version,
		date_modified: group.dateModified,
	};
}
