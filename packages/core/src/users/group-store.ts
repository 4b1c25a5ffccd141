import { type ColumnType, type Selectable, type SqlBool, sql } from "kysely";
import type { Db, Tables, Trx } from "../kernel/database.ts";
import { type PageRequest, pageOffset } from "../kernel/paging.ts";
import type { Contact, Image } from "./model.ts";
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

declare module "../kernel/database.ts" {
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
}

export const postgresGroupStore = {
	async get(db: Db, id: string): Promise<Group | undefined> {
		const row = await db.selectFrom("groups").selectAll().where("id", "=", id).executeTakeFirst();
		return row && withOwners(db, row);
	},
	async lock(trx: Trx, id: string): Promise<Group | undefined> {
		const row = await trx.selectFrom("groups").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
		return row && withOwners(trx, row);
	},
	async named(db: Db, name: string): Promise<Group | undefined> {
		const row = await db
			.selectFrom("groups")
			.selectAll()
			.where(sql`lower(name)`, "=", name.toLowerCase())
			.executeTakeFirst();
		return row && withOwners(db, row);
	},
	async page(db: Db, filter: GroupFilter, page: PageRequest): Promise<{ groups: Group[]; total: number }> {
		const { ids, search } = filter;
		const matching = db
			.selectFrom("groups")
			.$if(ids !== undefined, (query) => query.where(sql<SqlBool>`id = any(${ids ?? []})`))
			.where(searchCondition(search ?? [], searchColumns));
		const rows = await matching
			.selectAll()
			.orderBy(sql`lower(name)`, filter.descending ? "desc" : "asc")
			.orderBy("id")
			.limit(page.pageSize)
			.offset(pageOffset(page))
			.execute();
		const { total } = await matching.select((eb) => eb.fn.countAll<number>().as("total")).executeTakeFirstOrThrow();
		return { groups: await Promise.all(rows.map((row) => withOwners(db, row))), total: Number(total) };
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
	async groupsOf(db: Db, userId: string): Promise<string[]> {
		const { rows } = await sql<{ id: string }>`
			select group_id as id from group_members where user_id = ${userId}
			union
			select o.group_id from group_owners o join groups g on g.id = o.group_id
			where o.user_id = ${userId} and g.include_owners`.execute(db);
		return rows.map((row) => row.id);
	},
	async memberIds(db: Db, groupId: string): Promise<string[]> {
		const { rows } = await sql<{ id: string }>`
			select user_id as id from group_members where group_id = ${groupId}
			union
			select o.user_id from group_owners o join groups g on g.id = o.group_id
			where o.group_id = ${groupId} and g.include_owners`.execute(db);
		return rows.map((row) => row.id);
	},
	async memberCounts(db: Db, groupIds: readonly string[]): Promise<Map<string, number>> {
		const counted = groupIds.map(async (id) => [id, (await this.memberIds(db, id)).length] as const);
		return new Map(await Promise.all(counted));
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

async function withOwners(db: Db, row: Selectable<Tables["groups"]>): Promise<Group> {
	const owners = await db.selectFrom("group_owners").select("user_id").where("group_id", "=", row.id).execute();
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
		ownerIds: owners.map((owner) => owner.user_id),
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
