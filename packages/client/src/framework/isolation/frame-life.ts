/** Whether an isolated script's frame still answers. */
import type { Timers } from "../ports.ts";

const askEveryMs = 3_000;
/** Questions that nobody has answered. */
const mostUnanswered = 3;

export interface FrameLifeParts {
	timers: Timers;
	ask: () => Promise<unknown>;
	/** It has not answered for as long as the given seconds. */
	silent: (seconds: number) => void;
}

/**
 * Asks the frame now and then. Turns are counted and no time: a machine that slept has not waited. Gives the way to stop.
 */
export function watchFrame({ timers, ask, silent }: FrameLifeParts): () => void {
	let unanswered = 0;
	let cancel = () => {};
	const turn = () => {
		if (unanswered >= mostUnanswered) return silent(Math.round((unanswered * askEveryMs) / 1000));
		if (unanswered === 0)
			ask().then(
				() => {
					unanswered = 0;
				},
				() => undefined,
			);
		unanswered++;
		cancel = timers.after(askEveryMs, turn);
	};
	turn();
	return () => cancel();
}
