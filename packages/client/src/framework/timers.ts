import type { Timers } from "./ports.ts";

/** Timers of a window. */
export function windowTimers(window: Pick<Window, "setTimeout" | "clearTimeout">): Timers {
	return {
		after: (ms, task) => {
			const handle = window.setTimeout(task, ms);
			return () => window.clearTimeout(handle);
		},
	};
}

/** When something has come, failed, or taken longer than anybody waits for it. Never rejects. */
export function settled(something: unknown, timers: Timers, longestMs: number): Promise<void> {
	return new Promise((resolve) => {
		const stop = timers.after(longestMs, resolve);
		const over = () => {
			stop();
			resolve();
		};
		Promise.resolve(something).then(over, over);
	});
}
