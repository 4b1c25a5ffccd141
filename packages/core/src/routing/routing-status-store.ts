import { sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import "./tables.ts";
import { prepared } from "../kernel/sql/prepared.ts";
import { type Availability, offQueue, type RoutingStatusName, routingStatusOf } from "./availability.ts";

export interface StoredStatus {
	userId: string;
	availability: Availability;
	status: RoutingStatusName;
	startTime?: Date;
	/** When they last were done with an item of a queue. */
	acdEndedAt?: Date;
}

export interface RoutingStatusStore {
	/** In the order asked; somebody unknown is off queue. */
	find(db: Db | Trx, userIds: readonly string[]): Promise<StoredStatus[]>;
	/**
	 * Holds the users' rows in the order of their ids, in which it answers; makes those that there are none of.
	 * @param read asks what is to be known once they are held, and goes to the database with them
	 */
	lock<T>(trx: Trx, userIds: readonly string[], read: () => Promise<T>): Promise<{ held: StoredStatus[]; read: T }>;
	/** Goes to the database with what the transaction does next. */
	save(trx: Trx, stored: StoredStatus): Promise<void>;
}

interface Row {
	user_id: string;
	on_queue: boolean;
	work: string;
	not_responding: boolean;
	start_time: Date | null;
	acd_ended_at: Date | null;
}

export const routingStatusStore: RoutingStatusStore = {
	async find(db, userIds) {
		if (userIds.length === 0) return [];
		const rows = await statusesOf.all(db, { userIds: [...userIds] });
		const byId = new Map(rows.map((row) => [row.user_id, stored(row)]));
		return userIds.map((id) => byId.get(id) ?? unknown(id));
	},

	async lock(trx, userIds, read) {
		const wanted = { userIds: [...new Set(userIds)] };
		// Asked for in this order, so answered in this order; waiting in between would cost a round trip each.
		const ask = () => Promise.all([lockAll.all(trx, wanted), read()]);
		let [rows, found] = await ask();
		if (rows.length < wanted.userIds.length) {
			await takeTurns.write(trx, wanted);
			await makeMissing.write(trx, wanted);
			// What was read without the row being held may have changed meanwhile.
			[rows, found] = await ask();
		}
		return { held: rows.map(stored), read: found };
	},

	save: (trx, { userId, availability, status, startTime = null, acdEndedAt = null }) =>
		saveStatus.write(trx, { userId, ...availability, status, startTime, acdEndedAt }),
};

const columns = ["user_id", "on_queue", "work", "not_responding", "start_time", "acd_ended_at"] as const;

const statusesOf = prepared((db, { userIds }: { userIds: string[] }) =>
	db.selectFrom("routing_statuses").select(columns).where("user_id", "=", sql<string>`any(${userIds})`),
);

/**
 * Who waits for a row that another transaction just makes has the number by which the log orders its changes already, and
 * may be the last all the same: the log told an older state last. So they wait here: taking a turn gives no number, and
 * whoever has neither written nor held a row before has none yet.
 */
const takeTurns = prepared(
	(_db, { userIds }: { userIds: string[] }) => sql`
		select pg_advisory_xact_lock(key) from (
			select hashtextextended('routing_statuses ' || id, 0) as key from unnest(${userIds}::text[]) as wanted (id)
			where not exists (select from routing_statuses where user_id = id) order by id
		) as turns`,
);

/** A row is there from the user's first presence on. The columns' defaults say what somebody new is. */
const makeMissing = prepared(
	(_db, { userIds }: { userIds: string[] }) => sql`insert into routing_statuses (user_id)
		select id from unnest(${userIds}::text[]) as wanted (id)
		where not exists (select from routing_statuses where user_id = id) order by id
		on conflict do nothing`,
);

const lockAll = prepared((db, { userIds }: { userIds: string[] }) =>
	db
		.selectFrom("routing_statuses")
		.select(columns)
		.where("user_id", "=", sql<string>`any(${userIds})`)
		.orderBy("user_id")
		.forUpdate(),
);

interface NewStatus extends Availability {
	userId: string;
	status: string;
	startTime: Date | null;
	acdEndedAt: Date | null;
}

const saveStatus = prepared((db, now: NewStatus) =>
	db
		.updateTable("routing_statuses")
		.set({
			on_queue: now.onQueue,
			work: now.work,
			not_responding: now.notResponding,
			status: now.status,
			start_time: now.startTime,
			acd_ended_at: now.acdEndedAt,
			// Whoever comes back to their queues begins anew.
			previews_paused: sql<boolean>`previews_paused and ${now.onQueue}`,
		})
		.where("user_id", "=", now.userId),
);

function stored(row: Row): StoredStatus {
	const availability: Availability = {
		onQueue: row.on_queue,
		work: row.work as Availability["work"],
		notResponding: row.not_responding,
	};
	return {
		userId: row.user_id,
		availability,
		status: routingStatusOf(availability),
		...(row.start_time ? { startTime: row.start_time } : {}),
		...(row.acd_ended_at ? { acdEndedAt: row.acd_ended_at } : {}),
	};
}

function unknown(userId: string): StoredStatus {
	return { userId, availability: offQueue, status: "OFF_QUEUE" };
}
