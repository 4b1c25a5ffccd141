/** Numbers that look random and are the same for the same seed (Park and Miller's generator). */
export interface Random {
	/** From 0 up to, not including, 1. */
	next(): number;
	/** A whole number from `least` to `most`, both included. */
	between(least: number, most: number): number;
	one<T>(of: readonly [T, ...T[]]): T;
}

export function seededRandom(seed: number): Random {
	let state = (seed % 2147483646) + 1;
	const next = () => {
		state = (state * 48271) % 2147483647;
		return (state - 1) / 2147483646;
	};
	return {
		next,
		between: (least, most) => least + Math.floor(next() * (most - least + 1)),
		one: (of) => of[Math.floor(next() * of.length)] ?? of[0],
	};
}
