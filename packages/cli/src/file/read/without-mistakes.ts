/** A file without what is wrong in it, so that the rest can be looked at, too: all mistakes are told at once. */
import type { ShapeProblem } from "./check-shape.ts";
import type { Path } from "./problems.ts";

export interface Pruned {
	value: unknown;
	/** Where what is at a path of the pruned value stands in the file. */
	original(path: Path): Path;
}

/** What is wrong is left out, with the smallest part around it that is something by itself. */
export function withoutMistakes(value: unknown, problems: readonly ShapeProblem[]): Pruned {
	const bad = new Set(problems.map(({ path }) => JSON.stringify(path)));
	/** Of lists: where each entry that is left stood. */
	const places = new Map<unknown, number[]>();
	const kept = (one: unknown, path: Path): unknown => {
		if (Array.isArray(one)) {
			const left = [...one.keys()].filter((index) => !bad.has(JSON.stringify([...path, index])));
			const list = left.map((index) => kept(one[index], [...path, index]));
			places.set(list, left);
			return list;
		}
		if (typeof one !== "object" || one === null) return one;
		const entries = Object.entries(one).filter(([key]) => !bad.has(JSON.stringify([...path, key])));
		return Object.fromEntries(entries.map(([key, inner]) => [key, kept(inner, [...path, key])]));
	};
	const pruned = kept(value, []);
	return {
		value: pruned,
		original(path) {
			let at: unknown = pruned;
			return path.map((part) => {
				const place = typeof part === "number" ? (places.get(at)?.[part] ?? part) : part;
				at = (at as Record<string | number, unknown> | undefined)?.[part];
				return place;
			});
		},
	};
}
