/** A part of an expression; `at` is where it begins, in characters. */
export type Token =
	| { kind: "number"; value: number; at: number }
	| { kind: "text"; value: string; at: number }
	| { kind: "name"; value: string; at: number }
	| { kind: "word"; value: string; at: number }
	| { kind: "sign"; value: string; at: number };

/** Why an expression cannot be read, and where. */
export class ExpressionError extends Error {
	readonly code: "unexpected" | "unterminated" | "incomplete" | "too.long" | "too.deep";
	/** Characters from the beginning. */
	readonly at: number;

	constructor(code: ExpressionError["code"], at: number) {
		super(`${code} at ${at}`);
		this.code = code;
		this.at = at;
	}
}

const signs = ["==", "!=", "<=", ">=", "<", ">", "+", "-", "−", "*", "×", "/", "÷", "(", ")", ","];

/** Signs that are written in two ways. */
const same: Readonly<Record<string, string>> = { "−": "-", "×": "*", "÷": "/" };

/**
 * Reads an expression's parts: numbers, texts in quotes, variables in braces, words and signs.
 *
 * @throws ExpressionError
 */
export function tokensOf(source: string): Token[] {
	const tokens: Token[] = [];
	let at = skipSpace(source, 0);
	while (at < source.length) {
		const [token, end] = readToken(source, at);
		tokens.push(token);
		at = skipSpace(source, end);
	}
	return tokens;
}

function readToken(source: string, at: number): [Token, number] {
	if (source.startsWith("{{", at)) return enclosed(source, at, "{{", "}}", "name");
	const quote = source[at];
	if (quote === '"' || quote === "'") return enclosed(source, at, quote, quote, "text");
	const number = matchAt(/\d+(\.\d+)?/y, source, at);
	if (number) return [{ kind: "number", value: Number(number), at }, at + number.length];
	const word = matchAt(/[a-z]+/iy, source, at);
	if (word) return [{ kind: "word", value: word.toLowerCase(), at }, at + word.length];
	const sign = signs.find((each) => source.startsWith(each, at));
	if (!sign) throw new ExpressionError("unexpected", at);
	return [{ kind: "sign", value: same[sign] ?? sign, at }, at + sign.length];
}

function enclosed(source: string, at: number, open: string, close: string, kind: "name" | "text"): [Token, number] {
	const from = at + open.length;
	const end = source.indexOf(close, from);
	if (end < 0) throw new ExpressionError("unterminated", at);
	const inside = source.slice(from, end);
	return [{ kind, value: kind === "name" ? inside.trim() : inside, at }, end + close.length];
}

function skipSpace(source: string, at: number): number {
	return at + (matchAt(/\s+/y, source, at)?.length ?? 0);
}

function matchAt(pattern: RegExp, source: string, at: number): string | undefined {
	pattern.lastIndex = at;
	return pattern.exec(source)?.[0];
}
