/** Which known name somebody may have meant. */
import { foldName } from "./framework/names.ts";

/** The nearest of `known` that is not `name` itself; undefined when none is near enough to be meant. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
	const folded = foldName(name);
	if (folded === "") return undefined;
	let best: { name: string; distance: number } | undefined;
	for (const each of known) {
		const distance = editDistance(folded, foldName(each));
		if (distance < (best?.distance ?? allowed(folded) + 1)) best = { name: each, distance };
	}
	return best?.name;
}

function allowed(folded: string): number {
	if (folded.length < 5) return 1;
	return folded.length < 10 ? 2 : 3;
}

/** Letters to add, take away, replace or swap with the next, to make one of the other. */
function editDistance(a: string, b: string): number {
	if (Math.abs(a.length - b.length) > 3) return 9;
	let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, at) => at)];
	for (let row = 1; row <= a.length; row += 1) {
		const next = [row];
		for (let at = 1; at <= b.length; at += 1) {
			const same = a[row - 1] === b[at - 1] ? 0 : 1;
			let cost = Math.min((last[at] ?? 9) + 1, (next[at - 1] ?? 9) + 1, (last[at - 1] ?? 9) + same);
			if (row > 1 && at > 1 && a[row - 1] === b[at - 2] && a[row - 2] === b[at - 1])
				cost = Math.min(cost, (before[at - 2] ?? 9) + 1);
			next.push(cost);
		}
		[before, last] = [last, next];
	}
	return last[b.length] ?? 9;
}
