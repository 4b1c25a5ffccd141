import { sql } from "kysely";
import type { Db, Trx } from "../kernel/database.ts";
import "./tables.ts";
import { type Availability, offQueue, type RoutingStatusName, routingStatusOf } from "./availability.ts";

export interface StoredStatus {
	userId: string;
	availability: Availability;
	status: RoutingStatusName;
	startTime?: Date;
}

export interface RoutingStatusStore {
	read(db: Db | Trx, userId: string): Promise<StoredStatus>;
	/** In the order asked. */
	find(userIds: readonly string[]): Promise<StoredStatus[]>;
	/** Holds the user's row, making it if there is none. */
	lock(trx: Trx, userId: string): Promise<StoredStatus>;
	save(trx: Trx, stored: StoredStatus): Promise<void>;
}

interface Row {
	user_id: string;
	on_queue: boolean;
	work: string;
	not_responding: boolean;
	start_time: Date | null;
}

export function routingStatusStore(db: Db): RoutingStatusStore {
	return {
		async read(from, userId) {
			const row = await from
				.selectFrom("routing_statuses")
				.selectAll()
				.where("user_id", "=", userId)
				.executeTakeFirst();
			return row ? stored(row) : unknown(userId);
		},

		async find(userIds) {
			if (userIds.length === 0) return [];
			const rows = await db
				.selectFrom("routing_statuses")
				.selectAll()
				.where("user_id", "in", [...userIds])
				.execute();
			const byId = new Map(rows.map((row) => [row.user_id, stored(row)]));
			return userIds.map((id) => byId.get(id) ?? unknown(id));
		},

		async lock(trx, userId) {
			const held = await hold(trx, userId);
			if (held) return stored(held);
			// Raw: the columns' defaults say what somebody new is.
			await sql`insert into routing_statuses (user_id) values (${userId}) on conflict do nothing`.execute(trx);
			return stored((await hold(trx, userId)) as Row);
		},

		async save(trx, { userId, availability, status, startTime }) {
			await trx
				.updateTable("routing_statuses")
				.set({
					on_queue: availability.onQueue,
					work: availability.work,
					not_responding: availability.notResponding,
					status,
					start_time: startTime ?? null,
				})
				.where("user_id", "=", userId)
				.execute();
		},
	};
}

/** Locks without writing: the row is there from the user's first presence on. */
function hold(trx: Trx, userId: string): Promise<Row | undefined> {
	return trx.selectFrom("routing_statuses").selectAll().where("user_id", "=", userId).forUpdate().executeTakeFirst();
}

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
	};
}

function unknown(userId: string): StoredStatus {
	return { userId, availability: offQueue, status: "OFF_QUEUE" };
}
