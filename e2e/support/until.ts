import { setTimeout as pause } from "node:timers/promises";

/**
 * Asks again until `probe` returns something other than undefined, null or false.
 *
 * @param what named in the error when the time is over, e.g. "the panel rings"
 * @param timeoutMs the longest wait, in milliseconds
 * @param everyMs the pause between two questions, in milliseconds; longer where a rate limit counts them
 */
export async function until<T>(
	what: string,
	probe: () => Promise<T | undefined | null | false> | T | undefined | null | false,
	timeoutMs = 30_000,
	everyMs = 50,
): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const found = await probe();
		if (found !== undefined && found !== null && found !== false) return found;
		if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain until ${what}.`);
		await pause(everyMs);
	}
}
