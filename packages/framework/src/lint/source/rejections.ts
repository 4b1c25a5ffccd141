/** What is awaited may fail, and takes with it what stands behind it. */
import type { CallExpression } from "acorn";
import { memberName } from "./node-names.ts";
import { isFunction } from "./scopes.ts";
import type { Script } from "./script.ts";
import { type FunctionNode, holds, type SourceNode, visit } from "./walk.ts";

/** Calls within calls that are looked into. */
const DEEPEST = 4;

/** What a function awaits outside of every `try`, and may fail for all that can be seen; in the order of the text. */
export function looseAwaits(script: Script, fn: FunctionNode, depth = 0): SourceNode[] {
	if (!fn.async) return [];
	const found: SourceNode[] = [];
	visit(fn.body, (node) => {
		const isLoose = node.type === "AwaitExpression" && !isTried(script, node, fn);
		if (isLoose && mayFail(script, node.argument, depth)) found.push(node);
		return !isFunction(node);
	});
	return found.sort((a, b) => a.start - b.start);
}

/** Names of a chain of calls: `["then", "catch"]` of `get().then(…).catch(…)`. */
export function linksOf(call: SourceNode): string[] {
	if (call.type !== "CallExpression" || call.callee.type !== "MemberExpression") return [];
	return [...linksOf(call.callee.object as SourceNode), memberName(call.callee) ?? ""];
}

/** Whether a chain of promises says what becomes of a failure. */
export function catches(chain: CallExpression): boolean {
	const links = linksOf(chain);
	return links.some((name) => ["catch", "fail", "finally", "always"].includes(name)) || hasSecond(chain);
}

function hasSecond(call: SourceNode): boolean {
	if (call.type !== "CallExpression" || call.callee.type !== "MemberExpression") return false;
	if (memberName(call.callee) === "then" && call.arguments.length > 1) return true;
	return hasSecond(call.callee.object as SourceNode);
}

/** In a `try` that catches, or that answers in the end whatever happens. */
function isTried(script: Script, node: SourceNode, fn: FunctionNode): boolean {
	let child = node;
	for (let at = script.parents.get(node); at !== undefined && at !== fn; [child, at] = [at, script.parents.get(at)])
		if (at.type === "TryStatement" && at.block === child) return true;
	return false;
}

/** A call whose failure nobody has caught; what is kept under a name gets the benefit of the doubt. */
function mayFail(script: Script, awaited: SourceNode, depth: number): boolean {
	if (awaited.type === "ImportExpression") return true;
	if (awaited.type !== "CallExpression" || depth > DEEPEST || catches(awaited)) return false;
	if (linksOf(awaited).at(-1) === "allSettled") return false;
	const fn = awaited.callee.type === "Super" ? undefined : script.values.functionOf(awaited.callee);
	return fn === undefined || failsItself(script, fn, depth);
}

/** A function of the script's own: throws, awaits what may fail, gives back what may, or a promise that it may reject. */
function failsItself(script: Script, fn: FunctionNode, depth: number): boolean {
	if (fn.async && looseAwaits(script, fn, depth + 1).length > 0) return true;
	let isFailing = false;
	visit(fn.body, (node) => {
		if (node.type === "ThrowStatement") isFailing ||= !isTried(script, node, fn);
		if (node.type === "ReturnStatement" && node.argument) isFailing ||= rejects(script, node.argument, depth);
		return !isFailing && !isFunction(node);
	});
	return isFailing || (fn.body.type !== "BlockStatement" && rejects(script, fn.body, depth));
}

function rejects(script: Script, returned: SourceNode, depth: number): boolean {
	if (returned.type !== "NewExpression") return mayFail(script, returned, depth + 1);
	const [executor] = returned.arguments;
	const reject = isFunction(executor) ? executor.params[1] : undefined;
	return reject !== undefined && holds(executor as SourceNode, (node) => node !== reject && isNamed(node, reject));
}

function isNamed(node: SourceNode, param: SourceNode): boolean {
	return node.type === "Identifier" && param.type === "Identifier" && node.name === param.name;
}
