/** A party whose media fails to come up more often than this within the window cannot be helped by another offer. */
const maxLosses = 3;
const windowMs = 30_000;

/**
 * Notes that a party's media did not come up.
 * @param now in steady ms (see `Clock`)
 * @returns whether that was once too often
 */
export function lostTooOften(losses: Map<string, number[]>, participantId: string, now: number): boolean {
	const recent = (losses.get(participantId) ?? []).filter((at) => now - at < windowMs);
	recent.push(now);
	losses.set(participantId, recent);
	return recent.length >= maxLosses;
}
