import { setTimeout as pause } from "node:timers/promises";

/** Between two tries, in ms. */
const retryMs = 500;

/** Tries until it succeeds, or until it is of no use any more: a database that is away comes back. Never throws. */
export async function untilItWorks(
	work: () => Promise<unknown>,
	failed: (error: unknown) => void,
	stop: AbortSignal,
): Promise<void> {
	while (!stop.aborted) {
		try {
			await work();
			return;
		} catch (error) {
			if (stop.aborted) return;
			failed(error);
			await pause(retryMs, undefined, { signal: stop }).catch(() => {});
		}
	}
}

/** Does something again and again, each time after the last has ended, without keeping the process alive. */
export function repeatedly(everyMs: number, work: () => Promise<unknown>, stop: AbortSignal): void {
	const again = () => {
		if (stop.aborted) return;
		setTimeout(() => void work().finally(again), everyMs).unref();
	};
	again();
}
