import { type ColumnType, type Selectable, sql } from "kysely";
import type { Db, Tables, Trx } from "../../kernel/database/database.ts";
import type { Migrations } from "../../kernel/database/migrations.ts";
import type { Use } from "../../kernel/sight.ts";
import { referredQueues } from "../../routing/queue-store.ts";
import { referredGroups } from "../../users/group-store.ts";
import { activeUsers } from "../../users/store.ts";

/** A number of the organization that people call: where its calls go, and which pages may call it. */
export interface EntryPoint {
	/** As it is shown and dialled, in E.164, e.g. `+13175550100`. */
	number: string;
	/** Exactly one says where its calls go. */
	queueId?: string;
	userId?: string;
	groupId?: string;
	/** Origins of the pages that may place web calls to it. */
	origins: string[];
}

/** As it is kept. */
export interface KeptEntryPoint extends EntryPoint {
	/** Grows with every change; clients send the one that they have seen. */
	version: number;
}

declare module "../../kernel/database/database.ts" {
	interface Tables {
		voice_entry_points: {
			number: string;
			queue_id: string | null;
			user_id: string | null;
			group_id: string | null;
			origins: unknown;
			version: ColumnType<number, number | undefined, number>;
		};
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
	"2800_entry_point_versions": {
		async up(db) {
			await sql`alter table voice_entry_points add column version int not null default 1`.execute(db);
		},
	},
	"2871_entry_point_targets": {
		async up(db) {
			await sql`alter table voice_entry_points alter column queue_id drop not null,
				add column user_id text, add column group_id text,
				add check (num_nonnulls(queue_id, user_id, group_id) = 1)`.execute(db);
		},
	},
};

export interface EntryPointStore {
	find(number: string): Promise<KeptEntryPoint | undefined>;
	/** By number. @param trx the transaction in which the caller is, if it is in one */
	all(trx?: Trx): Promise<KeptEntryPoint[]>;
	/** Until the transaction ends nobody else changes, makes or deletes what has this number. */
	lock(trx: Trx, number: string): Promise<KeptEntryPoint | undefined>;
	/**
	 * Adds an entry point or replaces the one of that number.
	 * @returns undefined where there is no such queue, user or group: nothing is kept
	 */
	put(trx: Trx, entryPoint: EntryPoint): Promise<KeptEntryPoint | undefined>;
	delete(trx: Trx, number: string): Promise<void>;
	/** The numbers whose calls go into a queue, sorted. */
	numbersInto(trx: Trx, queueId: string): Promise<Use[]>;
	/** A queue is deleted: its numbers go out of service with it. */
	endQueue(trx: Trx, queueId: string): Promise<void>;
	/** The numbers whose calls go to a user or a group, sorted. */
	numbersTo(trx: Trx, target: "user" | "group", id: string): Promise<string[]>;
}

export function entryPointStore(db: Db): EntryPointStore {
	return {
		async find(number) {
			const row = await db.selectFrom("voice_entry_points").selectAll().where("number", "=", number).executeTakeFirst();
			return row && toEntryPoint(row);
		},
		async all(trx) {
			const rows = await (trx ?? db).selectFrom("voice_entry_points").selectAll().orderBy("number").execute();
			return rows.map(toEntryPoint);
		},
		async put(trx, entryPoint) {
			const { queueId = null, userId = null, groupId = null } = entryPoint;
			if (!(await stands(trx, entryPoint))) return undefined;
			const where = { queue_id: queueId, user_id: userId, group_id: groupId };
			const row = { ...where, origins: JSON.stringify(entryPoint.origins) };
			const kept = await trx
				.insertInto("voice_entry_points")
				.values({ number: entryPoint.number, ...row })
				.onConflict((conflict) =>
					conflict.column("number").doUpdateSet({ ...row, version: sql`voice_entry_points.version + 1` }),
				)
				.returningAll()
				.executeTakeFirstOrThrow();
			return toEntryPoint(kept);
		},
		async lock(trx, number) {
			await sql`select pg_advisory_xact_lock(hashtextextended(${`entrypoint:${number}`}, 0))`.execute(trx);
			const one = trx.selectFrom("voice_entry_points").selectAll().where("number", "=", number);
			const row = await one.forUpdate().executeTakeFirst();
			return row && toEntryPoint(row);
		},
		async delete(trx, number) {
			await trx.deleteFrom("voice_entry_points").where("number", "=", number).execute();
		},
		async numbersInto(trx, queueId) {
			const leading = trx.selectFrom("voice_entry_points").select("number").where("queue_id", "=", queueId);
			const seenBy = { permissions: ["telephony:plugin:all"] };
			return (await leading.orderBy("number").execute()).map(({ number }) => ({ what: number, seenBy }));
		},
		async numbersTo(trx, target, id) {
			const leading = trx.selectFrom("voice_entry_points").select("number").where(`${target}_id`, "=", id);
			return (await leading.orderBy("number").execute()).map((row) => row.number);
		},
		async endQueue(trx, queueId) {
			await trx.deleteFrom("voice_entry_points").where("queue_id", "=", queueId).execute();
		},
	};
}

/** Held, so that it is not deleted at the same moment. */
async function stands(trx: Trx, { queueId, userId, groupId }: EntryPoint): Promise<boolean> {
	if (queueId) return (await referredQueues.hold(trx, [queueId])).has(queueId);
	if (groupId) return (await referredGroups.hold(trx, [groupId])).has(groupId);
	return userId !== undefined && (await activeUsers.hold(trx, [userId])).has(userId);
}

function toEntryPoint(row: Selectable<Tables["voice_entry_points"]>): KeptEntryPoint {
	const { number, queue_id: queueId, user_id: userId, group_id: groupId, origins, version } = row;
	const target = { ...(queueId ? { queueId } : {}), ...(userId ? { userId } : {}), ...(groupId ? { groupId } : {}) };
	return { number, ...target, origins: origins as string[], version };
}
