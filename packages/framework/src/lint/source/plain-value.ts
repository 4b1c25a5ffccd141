import type { ObjectValue, Value } from "./value.ts";
import type { SourceNode } from "./walk.ts";

/** Stands for a value that only running the script would tell. */
const UNKNOWN = Symbol("unknown");

/** More parts than any configuration has: of an object that is built of itself there is no end. */
export const MOST_PARTS = 100_000;

/** A value as an ordinary one; unknown parts are left out of objects and lists, functions become functions. */
export function toPlainValue(value: Value): unknown {
	let parts = 0;
	const plain = (one: Value): unknown => {
		parts += 1;
		if (parts > MOST_PARTS) return UNKNOWN;
		if (one.kind === "plain") return one.value;
		if (one.kind === "function") return () => undefined;
		if (one.kind === "array") return one.items.map(plain).filter((item) => item !== UNKNOWN);
		if (one.kind !== "object") return UNKNOWN;
		const entries = [...one.entries.values()].map(({ name, value: inner }) => [name, plain(inner)] as const);
		return Object.fromEntries(entries.filter(([, inner]) => inner !== UNKNOWN));
	};
	return plain(value);
}

/** Where a path such as `config.settings.callControls[1]` stands: the value of it, else the last key that is there. */
export function nodeAtPath(from: ObjectValue, path: string): { node: SourceNode; value: Value | undefined } {
	let current: Value | undefined = from;
	let node: SourceNode = from.node;
	for (const key of pathKeys(from, path)) {
		if (current?.kind === "object") {
			const entry = entryOf(current, key);
			if (!entry) return { node, value: undefined };
			// The key, where the value comes from elsewhere.
			node = entry.value.kind === "unknown" ? entry.key : entry.value.node;
			current = entry.value;
		} else if (current?.kind === "array") {
			// What cannot be seen was left out, so the places in the list are those of the rest.
			current = current.items.filter((item) => toPlainValue(item) !== UNKNOWN)[Number(key)];
			node = current?.node ?? node;
		} else return { node, value: undefined };
	}
	return { node, value: current };
}

/** Keys may hold dots themselves, as regions do: `config.clientIds.mypurecloud.de`. */
function pathKeys(from: ObjectValue, path: string): string[] {
	const keys: string[] = [];
	let current: Value | undefined = from;
	let rest = path;
	while (rest !== "") {
		const whole: string | undefined = current?.kind === "object" && entryOf(current, rest) ? rest : undefined;
		const key: string = whole ?? (/^\[(\d+)\]/.exec(rest)?.[1] || (/^[^.[]+/.exec(rest)?.[0] ?? rest));
		const isIndex: boolean = whole === undefined && rest.startsWith("[");
		keys.push(key);
		rest = rest.slice(key.length + (isIndex ? 2 : 0)).replace(/^\./, "");
		current =
			current?.kind === "object"
				? entryOf(current, key)?.value
				: current?.kind === "array"
					? current.items[Number(key)]
					: undefined;
	}
	return keys;
}

/** Switches are read whatever their letter case, and reported by their own name. */
function entryOf(object: ObjectValue, key: string) {
	const folded = key.toLowerCase();
	return object.entries.get(key) ?? [...object.entries.values()].find(({ name }) => name.toLowerCase() === folded);
}
