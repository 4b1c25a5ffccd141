import { setTimeout as pause } from "node:timers/promises";
import { isAway } from "../database/database-errors.ts";
import type { Kernel } from "../domain.ts";

const dayMs = 24 * 3_600_000;
/** Longer than a channel lives (24 h, platform-api 5.1), so that whoever comes back finds what they have missed. */
const keepDays = 7;
const everyMs = 600_000;
/** A start has better things to do. */
const firstAfterMs = 20_000;
/** Entries removed at once: a few milliseconds of work. */
const batch = 500;
/** Between two batches, so that a week's entries that have to go never take more than a part of one processor. */
const pauseMs = 25;

/** Removes what is older than `before` in small steps, none of which holds a change or a reader up. @returns how many */
export async function pruneEventLog(
	{ events }: Pick<Kernel, "events">,
	before: Date,
	signal?: AbortSignal,
): Promise<number> {
	let removed = 0;
	let after = "0.0";
	while (!signal?.aborted) {
		const step = await events.pruneSome(before, after, batch);
		removed += step.removed;
		if (step.done) break;
		after = step.through;
		await pause(pauseMs);
	}
	return removed;
}

/** Forgets old entries of the event log from now on. @returns ends it */
export function keepEventLogShort(kernel: Kernel): () => Promise<void> {
	const stopped = new AbortController();
	let work: Promise<void> = Promise.resolve();
	let timer: NodeJS.Timeout | undefined;
	const plan = (inMs: number) => {
		timer = setTimeout(() => {
			work = round();
		}, inMs);
		timer.unref();
	};
	const round = async () => {
		try {
			await pruneEventLog(kernel, new Date(kernel.clock.now().getTime() - keepDays * dayMs), stopped.signal);
		} catch (error) {
			// Of a database that is away the log tells once.
			const level = isAway(error) ? "debug" : "warn";
			kernel.log[level]({ err: error }, "old entries of the event log could not be removed; trying again later");
		}
		if (!stopped.signal.aborted) plan(everyMs);
	};
	plan(firstAfterMs);
	return async () => {
		stopped.abort();
		clearTimeout(timer);
		await work;
	};
}
