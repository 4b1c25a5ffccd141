import { sql } from "kysely";
import type { Db, Trx } from "../../kernel/database/database.ts";
import type { Migrations } from "../../kernel/database/migrations.ts";
import { referredQueues } from "../../routing/queue-store.ts";

/** A number of the organization that people call: where its calls go, and which pages may call it. */
export interface EntryPoint {
	/** As it is shown and dialled, in E.164, e.g. `+13175550100`. */
	number: string;
	queueId: string;
	/** Origins of the pages that may place web calls to it. */
	origins: string[];
}

declare module "../../kernel/database/database.ts" {
	interface Tables {
		voice_entry_points: { number: string; queue_id: string; origins: unknown };
	}
}

export const voiceMigrations: Migrations = {
	"0900_voice_entry_points": {
		async up(db) {
			await sql`create table voice_entry_points (
				number text primary key, queue_id uuid not null, origins jsonb not null default '[]'
			)`.execute(db);
		},
	},
};

export interface EntryPointStore {
	find(number: string): Promise<EntryPoint | undefined>;
	all(): Promise<EntryPoint[]>;
	/**
	 * Adds an entry point or replaces the one of that number.
	 * @returns whether there is such a queue; nothing is kept where there is none
	 */
	put(trx: Trx, entryPoint: EntryPoint): Promise<boolean>;
	/** The numbers whose calls go into a queue, sorted. */
	numbersInto(trx: Trx, queueId: string): Promise<string[]>;
	/** A queue is deleted: its numbers go out of service with it. */
	endQueue(trx: Trx, queueId: string): Promise<void>;
}

export function entryPointStore(db: Db): EntryPointStore {
	return {
		async find(number) {
			const row = await db.selectFrom("voice_entry_points").selectAll().where("number", "=", number).executeTakeFirst();
			return row && toEntryPoint(row);
		},
		async all() {
			const rows = await db.selectFrom("voice_entry_points").selectAll().orderBy("number").execute();
			return rows.map(toEntryPoint);
		},
		async put(trx, entryPoint) {
			const standing = await referredQueues.hold(trx, [entryPoint.queueId]);
			if (!standing.has(entryPoint.queueId)) return false;
			const row = { queue_id: entryPoint.queueId, origins: JSON.stringify(entryPoint.origins) };
			await trx
				.insertInto("voice_entry_points")
				.values({ number: entryPoint.number, ...row })
				.onConflict((conflict) => conflict.column("number").doUpdateSet(row))
				.execute();
			return true;
		},
		async numbersInto(trx, queueId) {
			const leading = trx.selectFrom("voice_entry_points").select("number").where("queue_id", "=", queueId);
			return (await leading.orderBy("number").execute()).map((row) => row.number);
		},
		async endQueue(trx, queueId) {
			await trx.deleteFrom("voice_entry_points").where("queue_id", "=", queueId).execute();
		},
	};
}

function toEntryPoint(row: { number: string; queue_id: string; origins: unknown }): EntryPoint {
	return { number: row.number, queueId: row.queue_id, origins: row.origins as string[] };
}
