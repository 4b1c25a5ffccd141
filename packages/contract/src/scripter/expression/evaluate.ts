import type { ScriptValue } from "../agent-script.ts";
import type { BinarySign, Expression } from "./parse.ts";

/** Gives a variable's value; null where there is none of that name, or it is empty. */
export type Lookup = (name: string) => ScriptValue;

/**
 * What an expression comes to. Texts that read as numbers count as numbers, as attributes are always texts. What is empty
 * makes a sum empty, and so does a division by zero.
 */
export function evaluate(expression: Expression, lookup: Lookup): ScriptValue {
	const of = (part: Expression) => evaluate(part, lookup);
	switch (expression.kind) {
		case "value":
			return expression.value;
		case "variable":
			return lookup(expression.name);
		case "not":
			return !isTrue(of(expression.of));
		case "minus":
			return calculate("-", 0, of(expression.of));
		case "if":
			return isTrue(of(expression.condition)) ? of(expression.then) : of(expression.otherwise);
		case "binary":
			if (expression.sign === "and") return isTrue(of(expression.left)) && isTrue(of(expression.right));
			if (expression.sign === "or") return isTrue(of(expression.left)) || isTrue(of(expression.right));
			return binary(expression.sign, of(expression.left), of(expression.right));
	}
}

/** Whether a condition holds: `true`, a number but zero, a text but "" and "false". */
export function isTrue(value: ScriptValue): boolean {
	if (typeof value === "string") return value !== "" && value.toLowerCase() !== "false";
	return value !== null && value !== false && value !== 0;
}

function binary(sign: Exclude<BinarySign, "and" | "or">, left: ScriptValue, right: ScriptValue): ScriptValue {
	switch (sign) {
		case "==":
			return isSame(left, right);
		case "!=":
			return !isSame(left, right);
		case "contains":
			return textOf(right) !== "" && textOf(left).toLowerCase().includes(textOf(right).toLowerCase());
		case "<":
		case ">":
		case "<=":
		case ">=":
			return isOrdered(sign, left, right);
		default:
			return calculate(sign, left, right);
	}
}

function isSame(left: ScriptValue, right: ScriptValue): boolean {
	const [a, b] = [numberOf(left), numberOf(right)];
	if (a !== undefined && b !== undefined) return a === b;
	return textOf(left) === textOf(right);
}

/** Days compare as texts do, `YYYY-MM-DD`. What is empty is neither more nor less than anything. */
function isOrdered(sign: "<" | ">" | "<=" | ">=", left: ScriptValue, right: ScriptValue): boolean {
	const [a, b] = [numberOf(left), numberOf(right)];
	if (textOf(left) === "" || textOf(right) === "") return false;
	const order =
		a !== undefined && b !== undefined
			? a - b
			: textOf(left) < textOf(right)
				? -1
				: Number(textOf(left) !== textOf(right));
	if (sign === "<") return order < 0;
	if (sign === ">") return order > 0;
	return sign === "<=" ? order <= 0 : order >= 0;
}

/** `+` joins texts where one of the two is no number. */
function calculate(sign: "+" | "-" | "*" | "/", left: ScriptValue, right: ScriptValue): ScriptValue {
	const [a, b] = [numberOf(left), numberOf(right)];
	if (a === undefined || b === undefined) return sign === "+" ? textOf(left) + textOf(right) : null;
	const result = { "+": a + b, "-": a - b, "*": a * b, "/": a / b }[sign];
	return Number.isFinite(result) ? exact(result) : null;
}

/** 0.1 + 0.2 is 0.3 to a person. */
const exact = (value: number) => Number(value.toPrecision(12));

function numberOf(value: ScriptValue): number | undefined {
	if (typeof value === "number") return value;
	if (typeof value !== "string" || !/^\s*-?\d+(\.\d+)?\s*$/.test(value)) return undefined;
	return Number(value);
}

/** A value as texts show it. */
export function textOf(value: ScriptValue): string {
	return value === null ? "" : String(value);
}
