/** `onSuccess` and `onFailure`: whoever waits for them waits long when a path forgets them (framework-contract 5). */
import { matchName, SEARCH_TARGETS } from "@inlay/contract";
import type { CallExpression } from "acorn";
import type { LintContext, Rule, RuleHit } from "../rule.ts";
import { AnswerPaths } from "../source/answer-paths.ts";
import { memberName } from "../source/node-names.ts";
import { catches, linksOf, looseAwaits } from "../source/rejections.ts";
import { isFunction, namesIn, type Variable } from "../source/scopes.ts";
import type { Script } from "../source/script.ts";
import { type FunctionNode, holds, type SourceNode, visit } from "../source/walk.ts";
import { switchOf } from "../switches.ts";

interface Waiting {
	callback: "processCallLog" | "contactSearch";
	/** Index of `onSuccess`. */
	first: number;
	/** What the agent sees meanwhile. */
	until: string;
}

const callLog: Waiting = { callback: "processCallLog", first: 3, until: "the log counts as not saved" };
const contacts: Waiting = { callback: "contactSearch", first: 1, until: "the search goes on until it times out" };

export const callLogUnanswered: Rule = {
	code: "calllog.unanswered",
	severity: "warning",
	check: (context) => unanswered(context, callLog),
};

export const contactsUnanswered: Rule = {
	code: "contacts.unanswered",
	severity: "warning",
	check: (context) => unanswered(context, contacts),
};

/** A promise that fails takes the answer with it. */
export const rejectionUnanswered: Rule = {
	code: "answer.rejection.unhandled",
	severity: "warning",
	check: (context) =>
		[callLog, contacts].flatMap((waiting): RuleHit[] => {
			const read = pathsOf(context, waiting);
			if (!read) return [];
			const message = `Call onFailure where this fails, by catch: until then ${waiting.until}.`;
			const chains = looseChains(read.fn).filter((chain) => read.paths.mentions(chain) && !catches(chain));
			const awaits = [read.fn, ...looseClosures(context.script, read.fn)].flatMap((fn) =>
				looseAwaits(context.script, fn)
					.filter((each) => answersBehind(fn, each, read.paths))
					.slice(0, 1),
			);
			return [
				...chains.map((chain) => (chain.callee.type === "MemberExpression" ? chain.callee.property : chain)),
				...awaits,
			].map((at) => ({ at, message, path: waiting.callback }));
		}),
};

/** Functions inside that nobody waits for: `(async () => { … })();`, and `save();` of one that has a name. */
function looseClosures(script: Script, fn: FunctionNode): FunctionNode[] {
	const found = new Set<FunctionNode>();
	visit(fn.body, (node) => {
		const call = node.type === "ExpressionStatement" ? withoutVoid(node.expression) : undefined;
		const called = call?.type === "CallExpression" && call.callee.type !== "Super" ? call.callee : undefined;
		const closure = called && (isFunction(called) ? called : script.values.functionOf(called));
		if (closure && closure.start > fn.start && closure.end < fn.end) found.add(closure);
		return true;
	});
	return [...found];
}

function withoutVoid(node: SourceNode): SourceNode {
	return node.type === "UnaryExpression" && node.operator === "void" ? node.argument : node;
}

/** What is awaited stands before an answer, or within the call that is one. */
function answersBehind(fn: FunctionNode, awaited: SourceNode, paths: AnswerPaths): boolean {
	return holds(fn.body, (node) => {
		if (node.type === "CallExpression") return node.end >= awaited.end && paths.mentions(node.callee as SourceNode);
		return node.type === "Identifier" && node.start > awaited.end && paths.mentions(node);
	});
}

function unanswered(context: LintContext, waiting: Waiting): RuleHit[] {
	const read = pathsOf(context, waiting);
	if (!read) return [];
	const { fn, paths } = read;
	const message = `Call onSuccess or onFailure on every path: on this one neither is called, and ${waiting.until}.`;
	const hit = (at: RuleHit["at"]): RuleHit => ({ at, message, path: waiting.callback });
	if (!paths.mentions(fn.body)) {
		return holds(fn.body, (node) => node.type === "CallExpression") ? [hit(headOf(context.script, fn))] : [];
	}
	const own = paths.silentEnds(fn).map(({ at }) => hit(at));
	const inside = answeringClosures(context.script, fn, paths).flatMap((closure) =>
		paths
			.silentEnds(closure)
			.filter(({ returnsValue }) => !returnsValue)
			.map(({ at }) => hit(at)),
	);
	return [...own, ...inside];
}

function pathsOf(context: LintContext, { callback, first }: Waiting) {
	const { script } = context;
	const value = context.framework?.object?.entries.get(callback)?.value;
	if (value?.kind !== "function" || !isFunction(value.fn) || !isInForce(context, callback)) return undefined;
	const fn = value.fn;
	return { fn, paths: new AnswerPaths(script, answersOf(script, fn, first), fn) };
}

/** Whether the settings have it called at all; what cannot be seen may. */
function isInForce({ config, settings }: LintContext, callback: Waiting["callback"]): boolean {
	if (!config || config.open || (!settings && config.entries.has("settings"))) return true;
	if (!settings) return false;
	if (callback === "processCallLog") {
		const enabled = switchOf(settings, "enableCallLogs");
		return enabled ? enabled.state !== "off" : settings.open;
	}
	const entry = settings.entries.get("searchTargets")?.value;
	if (!entry) return settings.open;
	if (entry.kind !== "array") return true;
	return entry.items.some(
		(item) => item.kind !== "plain" || matchName(SEARCH_TARGETS, item.value) === "frameworkContacts",
	);
}

/** The parameters from the first answer on, or what `...rest` holds of them. */
function answersOf(script: Script, fn: FunctionNode, first: number): Variable[] {
	const rest = fn.params.find((param) => param.type === "RestElement");
	const names = [...fn.params.slice(first), ...(rest && fn.params.indexOf(rest) < first ? [rest] : [])].flatMap(
		namesIn,
	);
	return names.flatMap((name) => script.scopes.variableOf(name) ?? []);
}

/** Functions inside that are called once, with a result: of promises, and those that take an error first. */
function answeringClosures(script: Script, fn: FunctionNode, paths: AnswerPaths): FunctionNode[] {
	const found: FunctionNode[] = [];
	visit(fn.body, (node) => {
		if (!isFunction(node) || !paths.mentions(node)) return true;
		const call = script.parents.get(node);
		if (call?.type !== "CallExpression" || call.callee === node) return true;
		if (isPromiseHandler(call) ? !answersBefore(call, paths) : takesError(node)) found.push(node);
		return true;
	});
	return found;
}

function isPromiseHandler({ callee }: CallExpression): boolean {
	const name = callee.type === "MemberExpression" ? memberName(callee) : undefined;
	return name !== undefined && ["then", "catch", "done", "fail"].includes(name);
}

/** An earlier link of the chain answers already, as one does that refuses what it got. */
function answersBefore({ callee }: CallExpression, paths: AnswerPaths): boolean {
	return callee.type === "MemberExpression" && callee.object.type !== "Super" && paths.mentions(callee.object);
}

function takesError({ params }: FunctionNode): boolean {
	return params[0]?.type === "Identifier" && /^(?:e|err|error)$/.test(params[0].name) && params.length > 1;
}

/** Chains of promises that nobody waits for: a statement by itself. */
function looseChains(fn: FunctionNode): CallExpression[] {
	const found: CallExpression[] = [];
	visit(fn.body, (node) => {
		if (node.type === "ExpressionStatement" && node.expression.type === "CallExpression") {
			if (linksOf(node.expression).includes("then")) found.push(node.expression);
		}
		return true;
	});
	return found;
}

function headOf(script: Script, fn: FunctionNode): RuleHit["at"] {
	const home = script.parents.get(fn);
	return home?.type === "Property" ? home.key : { start: fn.start, end: fn.body.start };
}
