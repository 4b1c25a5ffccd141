const primes: number[] = [];
for (let candidate = 2; primes.length < 64; candidate++)
	if (primes.every((one) => candidate % one !== 0)) primes.push(candidate);
const fraction = (root: number) => ((root % 1) * 2 ** 32) | 0;
const start = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const rounds = primes.map((prime) => fraction(Math.cbrt(prime)));

/**
 * The first 32 bits of the SHA-256 (FIPS 180-4) of a text of one block, that is of at most 55 ASCII characters. The browser's
 * own is there on https alone, and answers one hash at a time.
 */
export function sha256Head(text: string): number {
	const schedule = new Int32Array(64);
	for (let at = 0; at < text.length; at++)
		schedule[at >> 2] = get(schedule, at >> 2) | (text.charCodeAt(at) << (24 - 8 * (at % 4)));
	schedule[text.length >> 2] = get(schedule, text.length >> 2) | (0x80 << (24 - 8 * (text.length % 4)));
	schedule[15] = text.length * 8;
	for (let at = 16; at < 64; at++) {
		const [early, late] = [get(schedule, at - 15), get(schedule, at - 2)];
		const first = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
		const second = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
		schedule[at] = get(schedule, at - 16) + first + get(schedule, at - 7) + second;
	}
	let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = start;
	for (let at = 0; at < 64; at++) {
		const one =
			(h +
				(turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) +
				((e & f) ^ (~e & g)) +
				(rounds[at] ?? 0) +
				get(schedule, at)) |
			0;
		const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
		[h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
	}
	return (a + (start[0] ?? 0)) >>> 0;
}

const turned = (value: number, by: number) => (value >>> by) | (value << (32 - by));
const get = (words: Int32Array, at: number) => words[at] ?? 0;

/** So many are tried before the page may do something else. */
const atOnce = 2_000;

/** Finds what makes the hash of nonce and answer begin with so many zero bits: some 2^bits tries. */
export async function solve(nonce: string, bits: number): Promise<string> {
	for (let tried = 0; ; tried++) {
		if (sha256Head(`${nonce}:${tried}`) >>> (32 - bits) === 0) return String(tried);
		if (tried % atOnce === atOnce - 1) await new Promise((done) => setTimeout(done));
	}
}
