/** Rules of what agents see, whose names and texts are made as the script runs, as often as not. */
import { MOST_PARTS, toPlainValue } from "./plain-value.ts";
import type { Value } from "./value.ts";

/** Of an object that is built of itself there is no end. */
const deepest = 8;

/** Where a rule for groups names them, counted from the rules: `groups[0].groups`. */
const groupsDepth = 3;

/** The rules as they stand, with something fitting where only running would tell. */
export function likelyUi(value: Value): unknown {
	let made = 0;
	let parts = 0;
	const fittingAt = (key: string, depth: number): unknown => {
		if (key === "groups") return depth === groupsDepth ? ["group"] : depth > groupsDepth ? "group" : undefined;
		if (key === "id") return `inlay-likely-${made++}`;
		return key === "text" ? "text" : key === "status" ? "AVAILABLE" : undefined;
	};
	const likely = (one: Value, key: string, depth: number, isItem = false): unknown => {
		parts += 1;
		if (depth > deepest || parts > MOST_PARTS) return undefined;
		if (one.kind === "unknown") return fittingAt(key, depth);
		if (one.kind === "array")
			return one.items.map((each) => likely(each, key, depth + 1, true)).filter((each) => each !== undefined);
		if (one.kind !== "object") return toPlainValue(one);
		const known = [...one.entries.values()].map(({ name, value: inner }) => [name, likely(inner, name, depth + 1)]);
		// A rule for groups, or what is added, with a part that is spread into it.
		const unseen = one.open && isItem ? (key === "groups" ? ["groups"] : ["id", "text", "status"]) : [];
		const fitting = unseen.map((name) => [name, fittingAt(name, groupsDepth)]);
		return Object.fromEntries([...fitting, ...known.filter(([, inner]) => inner !== undefined)]);
	};
	return likely(value, "", 0);
}
