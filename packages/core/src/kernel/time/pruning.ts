import { setTimeout as pause } from "node:timers/promises";
import { isAway } from "../database/database-errors.ts";
import type { Kernel } from "../domain.ts";

/** What one small step of removing has done. */
export interface PruneStep {
	removed: number;
	/** There is nothing old any more. */
	done: boolean;
}

/** Removes what is old step by step, none of which holds a change or a reader up. @returns how many */
export async function inSteps(
	step: () => Promise<PruneStep>,
	{ pauseMs, signal }: { pauseMs: number; signal?: AbortSignal | undefined },
): Promise<number> {
	let removed = 0;
	while (!signal?.aborted) {
		const one = await step();
		removed += one.removed;
		if (one.done) break;
		await pause(pauseMs);
	}
	return removed;
}

/** What is removed when its time is over, again and again. */
export interface KeptShort {
	/** As the log calls it. */
	what: string;
	/** A start has better things to do. */
	firstAfterMs: number;
	/** Between the end of a round and the next one. */
	everyMs: number;
	prune(signal: AbortSignal): Promise<unknown>;
}

/** Removes it from now on. @returns ends it */
export function keepShort(
	{ log }: Pick<Kernel, "log">,
	{ what, firstAfterMs, everyMs, prune }: KeptShort,
): () => Promise<void> {
	const stopped = new AbortController();
	let work: Promise<void> = Promise.resolve();
	let timer: NodeJS.Timeout | undefined;
	const plan = (inMs: number) => {
		timer = setTimeout(() => {
			work = round();
		}, inMs).unref();
	};
	const round = async () => {
		try {
			await prune(stopped.signal);
		} catch (error) {
			// Of a database that is away the log tells once.
			const level = isAway(error) ? "debug" : "warn";
			log[level]({ err: error, what }, "what is old could not be removed; trying again later");
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
