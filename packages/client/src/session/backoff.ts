/** Grows from a quarter of a second to three, with up to 30 % less so that many panels do not return at once. */
export function backoffMs(attempt: number, random: number, most = 3000): number {
	const full = Math.min(most, 250 * 2 ** attempt);
	return Math.round(full * (1 - 0.3 * random));
}
