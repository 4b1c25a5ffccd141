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
