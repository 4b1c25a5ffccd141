import { configFlags } from "./config-flags.ts";

/** Read elsewhere: by the start script, and by those who develop and measure (CONTRIBUTING.md). */
const elsewhere = /^INLAY_(LIFELINE|CHROMIUM|FIREFOX|PICTURES|SCREENSHOTS|SHOTS|SOAK|CLOCK_STEP|(BENCH|MODEL)_.*)$/;

/** A sentence for each variable that looks like one of Inlay's and is none, with the one that was probably meant. */
export function unknownVariables(env: Readonly<Record<string, string | undefined>>): string[] {
	const known = new Set<string>(configFlags.map((flag) => flag.env));
	return Object.keys(env)
		.filter((name) => name.startsWith("INLAY_") && !known.has(name) && !elsewhere.test(name))
		.map((name) => `There is no variable ${name}; it is ignored. Did you mean ${nearest(name, [...known])}?`);
}

function nearest(name: string, known: readonly string[]): string {
	const byDistance = known.map((other) => ({ other, far: distance(name, other) }));
	return byDistance.reduce((best, one) => (one.far < best.far ? one : best)).other;
}

/** How many letters have to be added, taken away or changed (Levenshtein). */
function distance(from: string, to: string): number {
	let row = Array.from({ length: to.length + 1 }, (_, index) => index);
	for (let i = 1; i <= from.length; i++) {
		const next = [i];
		for (let j = 1; j <= to.length; j++) {
			const change = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
			next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
		}
		row = next;
	}
	return row[to.length] ?? 0;
}
