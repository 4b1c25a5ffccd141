import { sql } from "kysely";
import type { Database, Trx } from "../../kernel/database/database.ts";
import type { Bucket } from "./leaky.ts";

declare module "../../kernel/database/database.ts" {
	interface Tables {
		sign_in_brakes: { key: string; level: number; at: Date; empty_at: Date };
	}
}

/** A bucket as it is to be kept; `emptyAt`: from when on it says no more than none. */
export interface KeptBucket extends Bucket {
	emptyAt: Date;
}

/** Rows removed by one attempt at most: whoever adds some takes some away. */
const removedAtOnce = 50;

/** Failures by key, in a table, so that all processes brake as one and a restart forgives nobody. */
export const brakeStore = {
	/**
	 * Locks the keys' buckets, so that attempts at once are counted one after the other, and keeps what `decide` makes of
	 * them; undefined leaves them as they are.
	 */
	async change(
		{ db }: Database,
		keys: readonly string[],
		now: Date,
		decide: (found: ReadonlyMap<string, Bucket>) => ReadonlyMap<string, KeptBucket> | undefined,
	): Promise<void> {
		// In one order everywhere: two attempts never wait for each other.
		const sorted = keys.toSorted();
		await db.transaction().execute(async (trx) => {
			await removeEmpty(trx, now);
			const found = await lock(trx, sorted, now);
			const kept = decide(found);
			if (kept) await keep(trx, kept);
		});
	},
	/** Empties the buckets of these keys, and of all that begin with `prefix`. */
	async forget({ db }: Database, keys: readonly string[], prefix: string): Promise<void> {
		await db
			.deleteFrom("sign_in_brakes")
			.where((row) => row.or([row("key", "in", keys), sql<boolean>`starts_with(key, ${prefix})`]))
			.execute();
	},
};

/** The insert makes sure that there is a row to lock, whoever comes first. */
async function lock(trx: Trx, keys: readonly string[], now: Date): Promise<ReadonlyMap<string, Bucket>> {
	await trx
		.insertInto("sign_in_brakes")
		.values(keys.map((key) => ({ key, level: 0, at: now, empty_at: now })))
		.onConflict((conflict) => conflict.doNothing())
		.execute();
	const rows = await trx
		.selectFrom("sign_in_brakes")
		.select(["key", "level", "at"])
		.where("key", "in", keys)
		.orderBy("key")
		.forUpdate()
		.execute();
	return new Map(rows.map(({ key, level, at }) => [key, { level, at }]));
}

async function keep(trx: Trx, kept: ReadonlyMap<string, KeptBucket>): Promise<void> {
	const entries = [...kept].map(([key, { level, at, emptyAt }]) => ({ key, level, at, empty_at: emptyAt }));
	await sql`update sign_in_brakes set level = kept.level, at = kept.at, empty_at = kept.empty_at
		from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
			as kept (key text, level double precision, at timestamptz, empty_at timestamptz)
		where sign_in_brakes.key = kept.key`.execute(trx);
}

/** Rows that another attempt holds are left to it. */
async function removeEmpty(trx: Trx, now: Date): Promise<void> {
	await trx
		.deleteFrom("sign_in_brakes")
		.where("key", "in", (old) =>
			old
				.selectFrom("sign_in_brakes")
				.select("key")
				.where("empty_at", "<", now)
				.limit(removedAtOnce)
				.forUpdate()
				.skipLocked(),
		)
		.execute();
}
