/** YAML with the place of everything in it. */
import { type Document, isMap, isScalar, LineCounter, type Pair, parseDocument } from "yaml";
import type { Path, Problem } from "./problems.ts";

export interface YamlText {
	value: unknown;
	/** Where what is at this path begins; where there is no such, whatever it would stand in. */
	placeOf(path: Path): { line: number; column: number };
	/** Where the key at the end of this path stands. */
	placeOfKey(path: Path): { line: number; column: number };
	/** What is no YAML, or means something else than it seems. */
	problems: readonly Problem[];
}

export function readYaml(text: string): YamlText {
	const lines = new LineCounter();
	const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
	const at = (offset: number) => {
		const { line, col } = lines.linePos(offset);
		return { line: Math.max(1, line), column: Math.max(1, col) };
	};
	const problems = [...document.errors, ...document.warnings].map((error) => ({
		...at(error.pos[0]),
		field: "",
		text: `${error.message.replace(/\.?$/, ".")}`,
	}));
	const placeOf = (path: Path) => at(offsetOf(document, path));
	return {
		value: problems.length > 0 ? undefined : document.toJS({ maxAliasCount: 100 }),
		placeOf,
		placeOfKey(path) {
			const key = keyOf(document, path);
			return key === undefined ? placeOf(path) : at(key);
		},
		problems,
	};
}

function offsetOf(document: Document, path: Path): number {
	for (let length = path.length; length >= 0; length--) {
		const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
		const range = (node as { range?: [number, number, number] } | null | undefined)?.range;
		if (range) return range[0];
		const key = keyOf(document, path.slice(0, length));
		if (key !== undefined) return key;
	}
	return 0;
}

function keyOf(document: Document, path: Path): number | undefined {
	const parent = path.length <= 1 ? document.contents : document.getIn(path.slice(0, -1), true);
	if (!isMap(parent)) return undefined;
	const wanted = path.at(-1);
	const pair = parent.items.find((one: Pair) => isScalar(one.key) && String(one.key.value) === String(wanted));
	return pair && isScalar(pair.key) ? pair.key.range?.[0] : undefined;
}
