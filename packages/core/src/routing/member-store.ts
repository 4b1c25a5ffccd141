import { sql } from "kysely";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import { prepared } from "../kernel/sql/prepared.ts";
import type { RoutingStatusName } from "./availability.ts";
import type { Membership } from "./queue-model.ts";
import type { Slice } from "./queue-store.ts";
import "./tables.ts";
import { lowered } from "../kernel/database/lowered.ts";

/** Which members of a queue a listing is about; every part narrows it. */
export interface MemberFilter {
	/** Part of the user's name; letter case does not matter. */
	name?: string;
	joined?: boolean;
	/** Any of these routing statuses. */
	statuses?: readonly string[];
	userIds?: readonly string[];
	descending?: boolean;
}

/** A membership with what listings show of the user; whose user is gone is left out. */
export interface ListedMember extends Membership {
	user: { id: string; name: string; version: number };
	routingStatus: { userId: string; status: RoutingStatusName; startTime?: Date };
}

export interface MemberStore {
	/** By the users' names. */
	list(db: Db, queueId: string, filter: MemberFilter, slice: Slice): Promise<ListedMember[]>;
	count(db: Db, queueId: string, filter: MemberFilter): Promise<number>;
	joined(db: Db | Trx, queueId: string): Promise<Membership[]>;
	/** Ids of all members' users, joined or not. */
	everyId(db: Db | Trx, queueId: string): Promise<string[]>;
	/** The queues that users take work from, and when these changed last; nothing of users who are in no queue. */
	activeQueues(db: Db | Trx, userIds: readonly string[]): Promise<Map<string, { queueIds: string[]; changedAt: Date }>>;
	/** Holds the memberships that exist among these, in one order for all callers. */
	lock(trx: Trx, queueId: string, userIds: string[]): Promise<Membership[]>;
	/** What the user is a member of, active or not; held. */
	ofUser(trx: Trx, userId: string): Promise<Membership[]>;
	/** @returns those who were no members before */
	add(trx: Trx, queueId: string, userIds: string[], at: Date): Promise<Membership[]>;
	/** @returns those who were members */
	remove(trx: Trx, queueId: string, userIds: string[]): Promise<Membership[]>;
	/** @returns what the user was a member of */
	removeAll(trx: Trx, userId: string): Promise<Membership[]>;
	save(trx: Trx, membership: Membership, at: Date): Promise<void>;
}

export const memberStore: MemberStore = {
	async list(db, queueId, filter, slice) {
		const direction = filter.descending ? "desc" : "asc";
		const rows = await narrowed(withUsers(db, queueId), filter)
			.select([
				"m.queue_id",
				"m.user_id",
				"m.ring_number",
				"m.joined",
				"u.name",
				"u.version",
				"s.status",
				"s.start_time",
			])
			.orderBy(sql`lower(u.name)`, direction)
			.orderBy("u.id", direction)
			.limit(slice.limit)
			.offset(slice.offset)
			.execute();
		return rows.map((row) => ({
			queueId: row.queue_id,
			userId: row.user_id,
			ringNumber: row.ring_number,
			joined: row.joined,
			user: { id: row.user_id, name: row.name, version: row.version },
			routingStatus: {
				userId: row.user_id,
				status: (row.status ?? "OFF_QUEUE") as RoutingStatusName,
				...(row.start_time ? { startTime: row.start_time } : {}),
			},
		}));
	},

	async count(db, queueId, filter) {
		const counted = narrowed(withUsers(db, queueId), filter).select((eb) => eb.fn.countAll<string>().as("total"));
		return Number((await counted.executeTakeFirstOrThrow()).total);
	},

	async joined(db, queueId) {
		const rows = await db
			.selectFrom("queue_members")
			.selectAll()
			.where("queue_id", "=", queueId)
			.where("joined", "=", true)
			.where(worksHere)
			.orderBy("ring_number")
			.orderBy("user_id")
			.execute();
		return rows.map(toMembership);
	},

	async everyId(db, queueId) {
		const rows = await db.selectFrom("queue_members").select("user_id").where("queue_id", "=", queueId).execute();
		return rows.map((row) => row.user_id);
	},

	async ofUser(trx, userId) {
		const rows = await trx
			.selectFrom("queue_members")
			.selectAll()
			.where("user_id", "=", userId)
			.orderBy("queue_id")
			.forUpdate()
			.execute();
		return rows.map(toMembership);
	},

	async activeQueues(db, userIds) {
		const rows = await activeQueuesOf.all(db, { userIds: [...userIds] });
		return new Map(rows.map((row) => [row.user_id, { queueIds: row.queue_ids ?? [], changedAt: row.changed_at }]));
	},

	async lock(trx, queueId, userIds) {
		if (userIds.length === 0) return [];
		const rows = await trx
			.selectFrom("queue_members")
			.selectAll()
			.where("queue_id", "=", queueId)
			.where("user_id", "in", userIds)
			.orderBy("user_id")
			.forUpdate()
			.execute();
		return rows.map(toMembership);
	},

	async add(trx, queueId, userIds, at) {
		if (userIds.length === 0) return [];
		const rows = await trx
			.insertInto("queue_members")
			.values(
				[...userIds]
					.sort()
					.map((user_id) => ({ queue_id: queueId, user_id, ring_number: 1, joined: true, changed_at: at })),
			)
			.onConflict((conflict) => conflict.doNothing())
			.returningAll()
			.execute();
		return rows.map(toMembership);
	},

	async remove(trx, queueId, userIds) {
		const held = await memberStore.lock(trx, queueId, userIds);
		if (held.length === 0) return [];
		await trx.deleteFrom("queue_members").where("queue_id", "=", queueId).where("user_id", "in", userIds).execute();
		return held;
	},

	async removeAll(trx, userId) {
		const held = await memberStore.ofUser(trx, userId);
		await trx.deleteFrom("queue_members").where("user_id", "=", userId).execute();
		return held;
	},

	async save(trx, { queueId, userId, joined, ringNumber }, at) {
		await trx
			.updateTable("queue_members")
			.set({ joined, ring_number: ringNumber, changed_at: at })
			.where("queue_id", "=", queueId)
			.where("user_id", "=", userId)
			.execute();
	},
};

/** Joined here and not put together by the rules: only the database can leave out what is on other pages. */
function withUsers(db: Db, queueId: string) {
	return db
		.selectFrom("queue_members as m")
		.innerJoin("users as u", "u.id", "m.user_id")
		.leftJoin("routing_statuses as s", "s.user_id", "m.user_id")
		.where("m.queue_id", "=", queueId)
		.where("u.state", "=", "active");
}

/** Of memberships: a deactivated user keeps theirs, and works nowhere meanwhile. */
const worksHere = sql<boolean>`exists (select from users u where u.id = queue_members.user_id and u.state = 'active')`;

function narrowed(query: ReturnType<typeof withUsers>, { name, joined, statuses, userIds }: MemberFilter) {
	const status = sql<string>`coalesce(s.status, 'OFF_QUEUE')`;
	return query
		.$if(name !== undefined, (to) => to.where(sql<boolean>`position(${lowered(name ?? "")} in lower(u.name)) > 0`))
		.$if(joined !== undefined, (to) => to.where("m.joined", "=", joined ?? true))
		.$if(statuses !== undefined, (to) => to.where(status, "=", sql<string>`any(${statuses})`))
		.$if(userIds !== undefined, (to) => to.where("m.user_id", "=", sql<string>`any(${userIds})`));
}

const activeQueuesOf = prepared(
	(_db, { userIds }: { userIds: string[] }) => sql<{ user_id: string; queue_ids: string[] | null; changed_at: Date }>`
		select user_id, array_agg(queue_id) filter (where joined) as queue_ids, max(changed_at) as changed_at
		from queue_members where user_id = any(${userIds}) group by user_id`,
);

function toMembership(row: Tables["queue_members"]): Membership {
	return { queueId: row.queue_id, userId: row.user_id, ringNumber: row.ring_number, joined: row.joined };
}
