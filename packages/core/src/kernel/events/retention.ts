import type { Kernel } from "../domain.ts";
import { inSteps, keepShort } from "../time/pruning.ts";

const dayMs = 24 * 3_600_000;
/** Longer than a channel lives (24 h, platform-api 5.1), so that whoever comes back finds what they have missed. */
const keepDays = 7;
/** Entries removed at once: a few milliseconds of work. */
const batch = 500;
/** Between two batches, so that a week's entries that have to go never take more than a part of one processor. */
const pauseMs = 25;

/** Removes what is older than `before` in small steps, none of which holds a change or a reader up. @returns how many */
export function pruneEventLog({ events }: Pick<Kernel, "events">, before: Date, signal?: AbortSignal): Promise<number> {
	let after = "0.0";
	const step = async () => {
		const pruned = await events.pruneSome(before, after, batch);
		after = pruned.through;
		return pruned;
	};
	return inSteps(step, { pauseMs, signal });
}

/** Forgets old entries of the event log from now on. @returns ends it */
export function keepEventLogShort(kernel: Kernel): () => Promise<void> {
	return keepShort(kernel, {
		...{ what: "old entries of the event log", firstAfterMs: 20_000, everyMs: 600_000 },
		prune: (signal) => pruneEventLog(kernel, new Date(kernel.clock.now().getTime() - keepDays * dayMs), signal),
	});
}
