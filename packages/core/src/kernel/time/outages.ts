import { sql } from "kysely";
import type { Database } from "../database/database.ts";
import { withoutWriters } from "../events/writer-horizon.ts";

/** Between two looks at what is due, more than this is an outage of the server or its database, in ms. */
const outageMs = 3000;
/** What is left at least of a timer that waited an outage out, in ms: those whom it is for come back first. */
const leastLeftMs = 10_000;

/** @returns by how many ms timers that wait outages out have to be moved; 0 where there was none */
export function outageOf(sinceLastLookMs: number): number {
	return sinceLastLookMs > outageMs ? sinceLastLookMs : 0;
}

/**
 * Gives timers of these kinds the time back that went by while nobody could be reached.
 *
 * @returns how many there are
 */
export async function giveTimeBack(
	{ db }: Database,
	{ kinds, awayMs, now }: { kinds: readonly string[]; awayMs: number; now: Date },
): Promise<number> {
	return withoutWriters(db, async (trx) => {
		const least = new Date(now.getTime() + leastLeftMs);
		const { numUpdatedRows } = await trx
			.updateTable("jobs")
			.set({ run_at: sql<Date>`greatest(run_at + ${awayMs / 1000} * interval '1 s', ${least})` })
			.where("kind", "in", [...kinds])
			.where("by_calendar", "=", false)
			.executeTakeFirst();
		return Number(numUpdatedRows ?? 0n);
	});
}
