import type { Literal } from "./literals.ts";

/** Stands for a value that only running the script would tell. */
const UNKNOWN = Symbol("unknown");

/** A literal as an ordinary value; unknown parts are left out of objects and lists, functions become functions. */
export function toPlainValue(literal: Literal): unknown {
	if (literal.kind === "plain") return literal.value;
	if (literal.kind === "function") return () => undefined;
	if (literal.kind === "array") return literal.items.map(toPlainValue).filter((item) => item !== UNKNOWN);
	if (literal.kind !== "object") return UNKNOWN;
	const entries = [...literal.entries].map(([key, property]) => [key, toPlainValue(property.value)] as const);
	return Object.fromEntries(entries.filter(([, value]) => value !== UNKNOWN));
}
