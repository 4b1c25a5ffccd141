import { until } from "./until.ts";

/** From which level on a tone counts as heard, in dB. */
const heard = -45;
const patienceMs = 40_000;

/**
 * Waits until both ends hear each other's tone.
 * @param levels of the tone at each end, in dB; what cannot be measured just now, as in a page that is loaded anew, is not heard
 */
export async function bothHear(...levels: ReadonlyArray<() => Promise<number>>): Promise<void> {
	const isHeard = (level: () => Promise<number>) =>
		level()
			.then((found) => found > heard)
			.catch(() => false);
	await until("both hear each other", async () => (await Promise.all(levels.map(isHeard))).every(Boolean), patienceMs);
}
