import { turnGuard } from "@inlay/contract/script-guards";
import { parseScript } from "../lint/source/parse.ts";
import { Places } from "../lint/source/places.ts";
import type { FunctionNode, SourceNode } from "../lint/source/walk.ts";
import { visit } from "../lint/source/walk.ts";

type LoopNode = Extract<
	SourceNode,
	{ type: "ForStatement" | "ForInStatement" | "ForOfStatement" | "WhileStatement" | "DoWhileStatement" }
>;

/** A text to be put in before the character at `at`. Of two at one place, the one of the lower `order` stands first. */
interface Insertion {
	at: number;
	order: number;
	text: string;
}

/**
 * The same script with a call of {@link turnGuard} in each loop and each function: whatever holds its window up passes
 * one of them again and again, so that it can be ended from there, which no browser does otherwise (decision 58). Its lines stay
 * where they are; so do strings, comments, directives and the value of everything.
 *
 * Code that a script makes of texts (`eval`, `new Function`) has none. Undefined for what is no classic script. Never throws.
 */
export function guardTurns(source: string): string | undefined {
	const insertions = turnGuards(source);
	return insertions && withInsertions(source, insertions);
}

/**
 * What {@link guardTurns} puts in, in order. @param lineOf the line that a guard names for one of the script; the same unless told
 */
export function turnGuards(source: string, lineOf?: LineOf): PlacedInsertion[] | undefined {
	const parsed = parseScript(source);
	if ("failure" in parsed) return undefined;
	const places = new Places(source);
	const insertions: Insertion[] = [];
	const call = (node: SourceNode) => callIn(places, node, lineOf);
	visit(parsed.program, (node) => {
		if (isLoop(node)) insertions.push(...ofStatement(node.body, call(node)));
		else if (isFunction(node)) insertions.push(...ofFunction(node, call(node), source));
		return true;
	});
	insertions.sort((a, b) => a.at - b.at || a.order - b.order);
	return insertions.map((each) => ({ ...each, ...places.range(each.at, each.at) }));
}

/** With its place, counted from 1. */
export interface PlacedInsertion extends Insertion {
	line: number;
	column: number;
}

/** Of a place of the script, counted from 1: a line, or one with its file. */
export type LineOf = (line: number, column: number) => number | string;

/** A function's text may come to where nobody counts: into a worker, or under a `with` that answers to every name. */
function callIn(places: Places, { start }: SourceNode, lineOf: LineOf = (line) => line): string {
	const { line, column } = places.range(start, start);
	return `typeof ${turnGuard}=="function"&&${turnGuard}(${JSON.stringify(lineOf(line, column))})`;
}

function ofStatement(body: SourceNode, call: string): Insertion[] {
	if (body.type === "BlockStatement") return [{ at: body.start + 1, order: 0, text: `${call};` }];
	return around(body, `{${call};`, "}");
}

function ofFunction({ body }: FunctionNode, call: string, source: string): Insertion[] {
	if (body.type !== "BlockStatement") return around(body, `(${call},`, ")");
	return atBeginning(body.body, body.start + 1, source, call);
}

/** Behind the directives, which count at the beginning alone; the last may end without a semicolon. */
function atBeginning(body: readonly SourceNode[], start: number, source: string, call: string): Insertion[] {
	const directive = body.findLast((each) => "directive" in each && each.directive !== undefined);
	if (!directive) return [{ at: start, order: 0, text: `${call};` }];
	const isEnded = source[directive.end - 1] === ";";
	return [{ at: directive.end, order: 0, text: `${isEnded ? "" : ";"}${call};` }];
}

/** Of what ends at one place, the inner one, which begins later, is closed first. */
function around({ start, end }: SourceNode, before: string, after: string): Insertion[] {
	return [
		{ at: start, order: 0, text: before },
		{ at: end, order: -start - 1, text: after },
	];
}

/** @param insertions in order */
export function withInsertions(source: string, insertions: readonly Pick<Insertion, "at" | "text">[]): string {
	const parts: string[] = [];
	let from = 0;
	for (const { at, text } of insertions) {
		parts.push(source.slice(from, at), text);
		from = at;
	}
	return parts.join("") + source.slice(from);
}

function isLoop(node: SourceNode): node is LoopNode {
	return /^(?:For|ForIn|ForOf|While|DoWhile)Statement$/.test(node.type);
}

function isFunction(node: SourceNode): node is FunctionNode {
	return /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
}
