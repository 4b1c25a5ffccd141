/** Finds what a script assigns to `window.Framework`, following names and later assignments of single properties. */
import type { Literal } from "./literals.ts";
import { isMark, readLiteral } from "./literals.ts";
import type { Token } from "./tokens.ts";

/** The assigned value; undefined when the script assigns none. */
export function findFramework(tokens: readonly Token[]): Literal | undefined {
	const variables = readVariables(tokens);
	const found = tokens.flatMap((token, index) =>
		assigns(tokens, token, index) ? [readLiteral(tokens, valueStart(tokens, index)).value] : [],
	);
	const framework =
		found.map((value) => resolved(value, variables)).find((value) => value.kind === "object") ?? found[0];
	if (framework?.kind === "object") addLaterProperties(tokens, framework, variables);
	return framework;
}

/** A value with names replaced by what their variable was given, through objects and arrays. */
function resolved(value: Literal, variables: ReadonlyMap<string, Literal>, depth = 0): Literal {
	if (depth > 12) return { kind: "unknown", line: value.line };
	if (value.kind === "name") {
		const known = variables.get(value.name);
		return known === undefined ? { kind: "unknown", line: value.line } : resolved(known, variables, depth + 1);
	}
	if (value.kind === "array")
		return { ...value, items: value.items.map((item) => resolved(item, variables, depth + 1)) };
	if (value.kind !== "object") return value;
	const entries = [...value.entries].map(
		([key, property]) => [key, { ...property, value: resolved(property.value, variables, depth + 1) }] as const,
	);
	return { ...value, entries: new Map(entries) };
}

/** `Framework =`, `window.Framework =`, `var Framework =`, `window["Framework"] =`. */
function assigns(tokens: readonly Token[], token: Token, index: number): boolean {
	if (token.text !== "Framework") return false;
	const before = tokens[index - 1];
	const after = tokens[index + 1];
	if (token.kind === "string")
		return before !== undefined && isMark(before, "[") && isAssignedBehindBracket(tokens, index);
	return token.kind === "name" && after !== undefined && isMark(after, "=");
}

function isAssignedBehindBracket(tokens: readonly Token[], index: number): boolean {
	const [bracket, equals] = [tokens[index + 1], tokens[index + 2]];
	return bracket !== undefined && isMark(bracket, "]") && equals !== undefined && isMark(equals, "=");
}

/** `var settings = {…}`; the first assignment of each name. */
function readVariables(tokens: readonly Token[]): Map<string, Literal> {
	const variables = new Map<string, Literal>();
	tokens.forEach((token, index) => {
		const equals = tokens[index + 1];
		const before = tokens[index - 1];
		if (token.text === "function" && equals?.kind === "name")
			variables.set(equals.text, { kind: "function", body: tokens.slice(index + 2), line: token.line });
		if (token.kind !== "name" || equals === undefined || !isMark(equals, "=") || variables.has(token.text)) return;
		if (before !== undefined && isMark(before, ".")) return;
		variables.set(token.text, readLiteral(tokens, index + 2).value);
	});
	return variables;
}

/** `Framework.screenPop = function …` behind the first assignment. */
function addLaterProperties(
	tokens: readonly Token[],
	framework: Literal & { kind: "object" },
	variables: ReadonlyMap<string, Literal>,
): void {
	tokens.forEach((token, index) => {
		const [dot, key, equals] = [tokens[index + 1], tokens[index + 2], tokens[index + 3]];
		if (token.text !== "Framework" || dot === undefined || !isMark(dot, ".")) return;
		if (key?.kind !== "name" || equals === undefined || !isMark(equals, "=")) return;
		framework.entries.set(key.text, {
			value: resolved(readLiteral(tokens, index + 4).value, variables),
			line: key.line,
		});
	});
}

/** Behind the equals sign that follows the name or its bracket. */
function valueStart(tokens: readonly Token[], index: number): number {
	return tokens.findIndex((token, at) => at > index && isMark(token, "=")) + 1;
}
