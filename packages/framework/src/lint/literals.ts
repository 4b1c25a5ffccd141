/** Reads object literals out of tokens, as far as they can be known without running the script. */
import type { Token } from "./tokens.ts";

/** A value in the source. `unknown` stands for anything that only running would tell. */
export type Literal =
	| { kind: "object"; entries: Map<string, Property>; open: boolean; line: number }
	| { kind: "array"; items: Literal[]; line: number }
	| { kind: "plain"; value: string | number | boolean | null | undefined; line: number }
	| { kind: "function"; body: Token[]; line: number }
	| { kind: "name"; name: string; line: number }
	| { kind: "unknown"; line: number };

export interface Property {
	value: Literal;
	line: number;
}

const OPENING = new Set(["{", "(", "["]);
const CLOSING = new Set(["}", ")", "]"]);

/** Reads the value that begins at `at`; gives it with the index behind it. */
export function readLiteral(tokens: readonly Token[], at: number): { value: Literal; next: number } {
	const end = valueEnd(tokens, at);
	const token = tokens[at];
	const line = token?.line ?? 1;
	if (token === undefined) return { value: { kind: "unknown", line }, next: end };
	if (isMark(token, "{") && closingOf(tokens, at) === end - 1) return { value: readObject(tokens, at), next: end };
	if (isMark(token, "[") && closingOf(tokens, at) === end - 1) return { value: readArray(tokens, at), next: end };
	if (end - at === 1) return { value: readSingle(token), next: end };
	const slice = tokens.slice(at, end);
	if (isFunction(slice)) return { value: { kind: "function", body: bodyOf(slice), line }, next: end };
	return { value: { kind: "unknown", line }, next: end };
}

function readSingle(token: Token): Literal {
	const { line } = token;
	if (token.kind === "string" || (token.kind === "template" && !token.text.includes("${")))
		return { kind: "plain", value: token.text, line };
	if (token.kind === "number") return { kind: "plain", value: Number(token.text.replaceAll("_", "")), line };
	if (token.kind !== "name") return { kind: "unknown", line };
	const word = { true: true, false: false, null: null, undefined }[token.text];
	if (word !== undefined || token.text === "undefined") return { kind: "plain", value: word, line };
	return { kind: "name", name: token.text, line };
}

function readArray(tokens: readonly Token[], from: number): Literal {
	const items: Literal[] = [];
	const end = closingOf(tokens, from);
	for (let at = from + 1; at < end; ) {
		const item = readLiteral(tokens, at);
		if (item.next > at) items.push(item.value);
		at = item.next + 1;
	}
	return { kind: "array", items, line: tokens[from]?.line ?? 1 };
}

function readObject(tokens: readonly Token[], from: number): Literal {
	const entries = new Map<string, Property>();
	const end = closingOf(tokens, from);
	let open = false;
	for (let at = from + 1; at < end; ) {
		const property = readProperty(tokens, at);
		if (property.key === undefined) open = true;
		else entries.set(property.key, { value: property.value, line: tokens[at]?.line ?? 1 });
		at = property.next + 1;
	}
	return { kind: "object", entries, open, line: tokens[from]?.line ?? 1 };
}

/** `key: value`, `key(…) {…}`, `key`, `async key…`; anything else (spread, computed) has no key. */
function readProperty(
	tokens: readonly Token[],
	from: number,
): { key: string | undefined; value: Literal; next: number } {
	const at = isModifier(tokens, from) ? from + 1 : from;
	const key = tokens[at];
	const after = tokens[at + 1];
	const line = key?.line ?? 1;
	const named = key !== undefined && ["name", "string", "number"].includes(key.kind);
	if (!named) return { key: undefined, value: { kind: "unknown", line }, next: valueEnd(tokens, from) };
	if (after !== undefined && isMark(after, ":")) return { key: key.text, ...readLiteral(tokens, at + 2) };
	if (after !== undefined && isMark(after, "(")) {
		const next = valueEnd(tokens, from);
		return { key: key.text, value: { kind: "function", body: bodyOf(tokens.slice(at + 1, next)), line }, next };
	}
	return { key: key.text, value: { kind: "name", name: key.text, line }, next: valueEnd(tokens, from) };
}

function isModifier(tokens: readonly Token[], at: number): boolean {
	const token = tokens[at];
	const after = tokens[at + 1];
	if (token === undefined || after === undefined) return false;
	return (["async", "get", "set"].includes(token.text) && after.kind === "name") || isMark(token, "*");
}

function isFunction(slice: readonly Token[]): boolean {
	const first = slice[0]?.text === "async" ? slice[1] : slice[0];
	if (first?.kind === "name" && first.text === "function") return true;
	let depth = 0;
	for (const token of slice) {
		if (OPENING.has(token.text) && token.kind === "mark") depth += 1;
		else if (CLOSING.has(token.text) && token.kind === "mark") depth -= 1;
		else if (depth === 0 && isMark(token, "=>")) return true;
	}
	return false;
}

/** What the function does: the tokens behind its parameters. */
function bodyOf(slice: readonly Token[]): Token[] {
	const arrow = slice.findIndex((token) => isMark(token, "=>"));
	const parameters = slice.findIndex((token) => isMark(token, "("));
	const behind = parameters === -1 ? -1 : closingOf(slice, parameters);
	const start = arrow === behind + 1 || behind === -1 ? arrow + 1 : behind + 1;
	return slice.slice(start);
}

/** Index of the comma, semicolon or bracket that ends the value at `at`. */
function valueEnd(tokens: readonly Token[], at: number): number {
	let depth = 0;
	for (let index = at; index < tokens.length; index += 1) {
		const token = tokens[index];
		if (token?.kind !== "mark") continue;
		if (depth === 0 && (CLOSING.has(token.text) || token.text === "," || token.text === ";")) return index;
		if (OPENING.has(token.text)) depth += 1;
		else if (CLOSING.has(token.text)) depth -= 1;
		// An assigned object may end a statement without a semicolon.
		if (depth === 0 && token.text === "}" && startsStatement(tokens[index + 1], token)) return index + 1;
	}
	return tokens.length;
}

function startsStatement(next: Token | undefined, before: Token): boolean {
	return next !== undefined && next.line > before.line && next.kind === "name";
}

/** Index of the bracket that closes the one at `at`. */
function closingOf(tokens: readonly Token[], at: number): number {
	let depth = 0;
	for (let index = at; index < tokens.length; index += 1) {
		const token = tokens[index];
		if (token?.kind !== "mark") continue;
		if (OPENING.has(token.text)) depth += 1;
		else if (CLOSING.has(token.text)) depth -= 1;
		if (depth === 0) return index;
	}
	return tokens.length;
}

export function isMark(token: Token, text: string): boolean {
	return token.kind === "mark" && token.text === text;
}
