import { sql } from "kysely";
import type { Db, Tables, Trx } from "../kernel/database.ts";
import { prepared } from "../kernel/sql/prepared.ts";
import type { Membership } from "./queue-model.ts";
import "./tables.ts";

export interface MemberStore {
	of(db: Db | Trx, queueId: string): Promise<Membership[]>;
	joined(db: Db | Trx, queueId: string): Promise<Membership[]>;
	/** The queues that users take work from, and when these changed last; nothing of users who are in no queue. */
	activeQueues(db: Db | Trx, userIds: readonly string[]): Promise<Map<string, { queueIds: string[]; changedAt: Date }>>;
	/** Holds the memberships that exist among these, in one order for all callers. */
	lock(trx: Trx, queueId: string, userIds: string[]): Promise<Membership[]>;
	/** @returns those who were no members before */
	add(trx: Trx, queueId: string, userIds: string[], at: Date): Promise<Membership[]>;
	/** @returns those who were members */
	remove(trx: Trx, queueId: string, userIds: string[]): Promise<Membership[]>;
	/** @returns what the user was a member of */
	removeAll(trx: Trx, userId: string): Promise<Membership[]>;
	save(trx: Trx, membership: Membership, at: Date): Promise<void>;
}

export const memberStore: MemberStore = {
	async of(db, queueId) {
		const rows = await db.selectFrom("queue_members").selectAll().where("queue_id", "=", queueId).execute();
		return rows.map(toMembership);
	},

	async joined(db, queueId) {
		const rows = await db
			.selectFrom("queue_members")
			.selectAll()
			.where("queue_id", "=", queueId)
			.where("joined", "=", true)
			.orderBy("ring_number")
			.orderBy("user_id")
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
		const held = await trx
			.selectFrom("queue_members")
			.selectAll()
			.where("user_id", "=", userId)
			.orderBy("queue_id")
			.forUpdate()
			.execute();
		await trx.deleteFrom("queue_members").where("user_id", "=", userId).execute();
		return held.map(toMembership);
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

const activeQueuesOf = prepared(
	(_db, { userIds }: { userIds: string[] }) => sql<{ user_id: string; queue_ids: string[] | null; changed_at: Date }>`
		select user_id, array_agg(queue_id) filter (where joined) as queue_ids, max(changed_at) as changed_at
		from queue_members where user_id = any(${userIds}) group by user_id`,
);

function toMembership(row: Tables["queue_members"]): Membership {
	return { queueId: row.queue_id, userId: row.user_id, ringNumber: row.ring_number, joined: row.joined };
}
