/**
 * Cuts JavaScript into tokens: enough to find the framework's configuration and risky calls without running the script, in
 * a browser as well as on a server. It judges no syntax beyond what it needs; that is the parser port's work.
 */

export interface Token {
	kind: "name" | "string" | "template" | "number" | "regex" | "mark";
	/** Strings: their value; otherwise the text as written. */
	text: string;
	/** 1-based. */
	line: number;
}

const SPACE = /[\s\uFEFF]+/y;
const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y;
const NAME = /#?[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy;
const NUMBER = /(?:0[xob][\da-f_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[+-]?\d+)?)n?/iy;
const STRING = /"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?/y;
const REGEX = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
const MARK = /=>|\.\.\.|\?\.|[=!]==?|[&|?]{2}=?|[\s\S]/uy;
const BEFORE_VALUE =
	/^(?:[(,=:[!&|?{};+\-*%^~<>]|=>|\.\.\.|[=!]==?|&&|\|\||\?\?|return|typeof|case|in|of|void|delete|throw|new)$/;

export function tokenize(source: string): Token[] {
	const tokens: Token[] = [];
	let at = 0;
	let line = 1;
	const take = (pattern: RegExp): string | undefined => {
		pattern.lastIndex = at;
		return pattern.exec(source)?.[0];
	};
	while (at < source.length) {
		const skipped = take(SPACE) ?? take(COMMENT);
		const token = skipped === undefined ? next(source, at, take, tokens.at(-1)) : undefined;
		const text = skipped ?? token?.raw ?? source.charAt(at);
		if (token !== undefined) tokens.push({ kind: token.kind, text: token.text, line });
		line += text.split("\n").length - 1;
		at += text.length;
	}
	return tokens;
}

type Cut = Pick<Token, "kind" | "text"> & { raw: string };

function next(
	source: string,
	at: number,
	take: (pattern: RegExp) => string | undefined,
	before: Token | undefined,
): Cut | undefined {
	const char = source.charAt(at);
	if (char === "`") {
		const raw = source.slice(at, templateEnd(source, at + 1));
		return { kind: "template", text: raw.slice(1, -1), raw };
	}
	if (char === '"' || char === "'") {
		const raw = take(STRING) ?? char;
		return {
			kind: "string",
			text: unescaped(raw.slice(1, raw.endsWith(char) && raw.length > 1 ? -1 : undefined)),
			raw,
		};
	}
	const name = take(NAME);
	if (name !== undefined) return { kind: "name", text: name, raw: name };
	const number = /[\d.]/.test(char) ? take(NUMBER) : undefined;
	if (number !== undefined && /\d/.test(number)) return { kind: "number", text: number, raw: number };
	const regex = char === "/" && mayStartValue(before) ? take(REGEX) : undefined;
	if (regex !== undefined) return { kind: "regex", text: regex, raw: regex };
	const mark = take(MARK);
	return mark === undefined ? undefined : { kind: "mark", text: mark, raw: mark };
}

/** After these a slash begins a regular expression; after a value it divides. */
function mayStartValue(before: Token | undefined): boolean {
	if (before === undefined) return true;
	return before.kind !== "string" && before.kind !== "number" && BEFORE_VALUE.test(before.text);
}

/** Where a template ends; templates inside its placeholders are passed over. */
function templateEnd(source: string, from: number): number {
	let at = from;
	while (at < source.length) {
		const char = source.charAt(at);
		if (char === "\\") at += 2;
		else if (char === "`") return at + 1;
		else if (char === "$" && source.charAt(at + 1) === "{") at = placeholderEnd(source, at + 2);
		else at += 1;
	}
	return source.length;
}

function placeholderEnd(source: string, from: number): number {
	let depth = 1;
	let at = from;
	while (at < source.length && depth > 0) {
		const char = source.charAt(at);
		if (char === "`") at = templateEnd(source, at + 1);
		else {
			if (char === "{") depth += 1;
			else if (char === "}") depth -= 1;
			at += 1;
		}
	}
	return at;
}

function unescaped(text: string): string {
	return text.replace(/\\(u\{[\da-f]+\}|u[\da-f]{4}|x[\da-f]{2}|\r?\n|[\s\S])/gi, (_, code: string) => {
		const hex = /^[ux]\{?([\da-f]+)\}?$/i.exec(code)?.[1];
		if (hex !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10ffff));
		return { n: "\n", t: "\t", r: "\r", "\n": "", "\r\n": "" }[code] ?? code;
	});
}
