/** What something in the source stands for, as far as it is known. */
import type { FunctionNode, SourceNode } from "./walk.ts";

/** A value in the source. `unknown` stands for anything that only running would tell. */
export type Value = ObjectValue | ArrayValue | PlainValue | FunctionValue | UnknownValue;

export interface ObjectValue {
	kind: "object";
	entries: Map<string, Entry>;
	/** More may be in it than can be seen. */
	open: boolean;
	node: SourceNode;
	/** Keys that are written twice: the one that loses. */
	overwritten: Entry[];
}
export interface ArrayValue {
	kind: "array";
	items: Value[];
	node: SourceNode;
}
export interface PlainValue {
	kind: "plain";
	value: string | number | boolean | null | undefined;
	node: SourceNode;
}
export interface FunctionValue {
	kind: "function";
	fn: FunctionNode;
	node: SourceNode;
}
export interface UnknownValue {
	kind: "unknown";
	node: SourceNode;
}

export interface Entry {
	name: string;
	/** Where its name stands. */
	key: SourceNode;
	value: Value;
}

/** An object of which nothing is known yet. */
export function emptyObject(node: SourceNode): ObjectValue {
	return { kind: "object", entries: new Map(), open: false, node, overwritten: [] };
}

export function negated(operator: string, value: Value, node: SourceNode): Value {
	if (operator === "void") return { kind: "plain", value: undefined, node };
	if (value.kind !== "plain") return unknown(node);
	if (operator === "!") return { kind: "plain", value: !value.value, node };
	return operator === "-" && typeof value.value === "number"
		? { kind: "plain", value: -value.value, node }
		: unknown(node);
}

export function part(value: Value | undefined): string {
	return value?.kind === "plain" ? String(value.value) : "";
}

export function isPlain(value: unknown): value is PlainValue["value"] {
	return value === null || ["string", "number", "boolean"].includes(typeof value);
}

export function unknown(node: SourceNode): UnknownValue {
	return { kind: "unknown", node };
}
