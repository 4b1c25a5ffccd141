import { scriptLimits } from "../agent-script.ts";
import { ExpressionError, type Token, tokensOf } from "./tokens.ts";

export type BinarySign = "==" | "!=" | "<" | ">" | "<=" | ">=" | "contains" | "+" | "-" | "*" | "/" | "and" | "or";

/** An expression that has been read. */
export type Expression =
	| { kind: "value"; value: string | number | boolean }
	| { kind: "variable"; name: string }
	| { kind: "not"; of: Expression }
	| { kind: "minus"; of: Expression }
	| { kind: "binary"; sign: BinarySign; left: Expression; right: Expression }
	| { kind: "if"; condition: Expression; then: Expression; otherwise: Expression };

/** From what binds least to what binds most. */
const levels: readonly (readonly string[])[] = [
	["or"],
	["and"],
	["==", "!=", "<", ">", "<=", ">=", "contains"],
	["+", "-"],
	["*", "/"],
];

const deepest = 50;

/**
 * Reads an expression of a script: `==, !=, <, <=, >, >=, contains, and, or, not, + - * /` (or `− × ÷`), `if(a, b, c)`,
 * `true`, `false`, numbers, texts in quotes, variables in braces (agent-features 17, "Interpolation"). No code of any kind.
 *
 * @throws ExpressionError
 */
export function parseExpression(source: string): Expression {
	if (source.length > scriptLimits.text) throw new ExpressionError("too.long", scriptLimits.text);
	return new Reader(tokensOf(source), source.length).whole();
}

/** Names of the variables that the expression asks for, each once. */
export function variablesOf(expression: Expression): string[] {
	const names = new Set<string>();
	const walk = (each: Expression): void => {
		if (each.kind === "variable") names.add(each.name);
		for (const part of partsOf(each)) walk(part);
	};
	walk(expression);
	return [...names];
}

function partsOf(expression: Expression): Expression[] {
	switch (expression.kind) {
		case "not":
		case "minus":
			return [expression.of];
		case "binary":
			return [expression.left, expression.right];
		case "if":
			return [expression.condition, expression.then, expression.otherwise];
		default:
			return [];
	}
}

class Reader {
	readonly #tokens: readonly Token[];
	readonly #end: number;
	#next = 0;
	#depth = 0;

	constructor(tokens: readonly Token[], end: number) {
		this.#tokens = tokens;
		this.#end = end;
	}

	whole(): Expression {
		const expression = this.#nested();
		const rest = this.#tokens[this.#next];
		if (rest) throw new ExpressionError("unexpected", rest.at);
		return expression;
	}

	/** A whole expression, at the head or in brackets. */
	#nested(): Expression {
		if (++this.#depth > deepest) throw new ExpressionError("too.deep", this.#at);
		const expression = this.#level(0);
		this.#depth -= 1;
		return expression;
	}

	#level(level: number): Expression {
		const signs = levels[level];
		if (!signs) return this.#unary();
		let left = level === 2 ? this.#negated(level) : this.#level(level + 1);
		for (let sign = this.#take(signs); sign; sign = this.#take(signs)) {
			left = { kind: "binary", sign: sign as BinarySign, left, right: this.#level(level + 1) };
		}
		return left;
	}

	/** `not` takes a whole comparison, and less than `and`. */
	#negated(level: number): Expression {
		if (!this.#take(["not"])) return this.#level(level + 1);
		if (++this.#depth > deepest) throw new ExpressionError("too.deep", this.#at);
		const of = this.#level(level);
		this.#depth -= 1;
		return { kind: "not", of };
	}

	#unary(): Expression {
		if (!this.#take(["-"])) return this.#primary();
		if (++this.#depth > deepest) throw new ExpressionError("too.deep", this.#at);
		const of = this.#unary();
		this.#depth -= 1;
		return { kind: "minus", of };
	}

	#primary(): Expression {
		const token = this.#tokens[this.#next];
		if (!token) throw new ExpressionError("incomplete", this.#end);
		this.#next += 1;
		if (token.kind === "number" || token.kind === "text") return { kind: "value", value: token.value };
		if (token.kind === "name" && token.value) return { kind: "variable", name: token.value };
		if (token.value === "true" || token.value === "false") return { kind: "value", value: token.value === "true" };
		if (token.value === "(") return this.#closed(this.#nested());
		if (token.kind === "word" && token.value === "if") return this.#choice();
		throw new ExpressionError("unexpected", token.at);
	}

	#choice(): Expression {
		this.#require("(");
		const condition = this.#nested();
		this.#require(",");
		const then = this.#nested();
		this.#require(",");
		return this.#closed({ kind: "if", condition, then, otherwise: this.#nested() });
	}

	#closed(expression: Expression): Expression {
		this.#require(")");
		return expression;
	}

	#require(sign: string): void {
		const found = this.#tokens[this.#next];
		if (!found) throw new ExpressionError("incomplete", this.#end);
		if (!this.#take([sign])) throw new ExpressionError("unexpected", found.at);
	}

	#take(signs: readonly string[]): string | undefined {
		const token = this.#tokens[this.#next];
		if (token?.kind !== "sign" && token?.kind !== "word") return undefined;
		if (!signs.includes(token.value)) return undefined;
		this.#next += 1;
		return token.value;
	}

	get #at(): number {
		return this.#tokens[this.#next]?.at ?? this.#end;
	}
}
