/** Callbacks that are no functions, or missing though the settings ask for them (framework-contract 5). */
import { matchName, SEARCH_TARGETS } from "@inlay/contract";
import { nearestName } from "@inlay/contract/nearest";
import type { LintContext, Rule, RuleHit } from "../rule.ts";
import { isFunction } from "../source/scopes.ts";
import type { Script } from "../source/script.ts";
import type { ObjectValue, Value } from "../source/value.ts";
import { type FunctionNode, holds, type SourceNode, visit } from "../source/walk.ts";
import { switchOf } from "../switches.ts";

export const CALLBACK_NAMES = ["initialSetup", "screenPop", "processCallLog", "openCallLog", "contactSearch"];

export const callbackNoFunction: Rule = {
	code: "callback.not.function",
	severity: "error",
	check: ({ framework, script }) =>
		CALLBACK_NAMES.flatMap((name) => {
			const entry = framework?.object?.entries.get(name);
			const called = entry && calledForNothing(script, entry.value.node);
			if (called)
				return [
					{
						at: entry.value.node,
						message: `Write ${called} without (): it is called here, and gives back no function.`,
						path: name,
					},
				];
			if (!entry || !["plain", "object", "array"].includes(entry.value.kind)) return [];
			if (entry.value.kind === "plain" && (entry.value.value === undefined || entry.value.value === null)) return [];
			return [{ at: entry.value.node, message: "Make it a function; the panel cannot call it.", path: name }];
		}),
};

/** What is called in `screenPop: pop()`, where that surely gives back nothing, or a promise. */
function calledForNothing(script: Script, node: SourceNode): string | undefined {
	if (node.type !== "CallExpression" || node.callee.type === "Super") return undefined;
	const fn = script.values.functionOf(node.callee);
	if (!fn || !(fn.async || (fn.body.type === "BlockStatement" && !returnsSomething(fn)))) return undefined;
	return script.source.slice(node.callee.start, node.callee.end);
}

function returnsSomething(fn: FunctionNode): boolean {
	let found = false;
	visit(fn.body, (node) => {
		found ||= node.type === "ReturnStatement" && !!node.argument;
		return !found && !isFunction(node);
	});
	return found;
}

export const callLogMissing: Rule = {
	code: "calllog.not.implemented",
	severity: "warning",
	review: "error",
	check: (context) => {
		const enabled = switchOf(context.settings, "enableCallLogs");
		if (enabled?.state !== "on") return [];
		return missing(context, "processCallLog", enabled.entry.key, "enableCallLogs is true: save the log here.");
	},
};

export const contactSearchMissing: Rule = {
	code: "contacts.not.implemented",
	severity: "error",
	check: (context) => {
		const targets = context.settings?.entries.get("searchTargets");
		if (targets?.value.kind !== "array") return [];
		const wants = targets.value.items.find(
			(item) => item.kind === "plain" && matchName(SEARCH_TARGETS, item.value) === "frameworkContacts",
		);
		const text = "frameworkContacts is a search target: answer the search here.";
		return wants ? missing(context, "contactSearch", wants.node, text) : [];
	},
};

/** Missing, or a function that does nothing; an object that cannot be seen whole gets the benefit of the doubt. */
function missing(context: LintContext, name: string, at: RuleHit["at"], message: string): RuleHit[] {
	const { framework, config, settings } = context;
	if (!framework?.object) return [];
	const entry = framework.object.entries.get(name);
	if (entry) return isStub(entry.value) ? [{ at: entry.key, message, path: name }] : [];
	// Another rule says of one that is misspelt or misplaced what to do with it.
	const isElsewhere = [config, settings].some((object) => object?.entries.has(name));
	if (framework.object.open || isElsewhere || nearlyThere(framework.object, name)) return [];
	return [{ at, message: `Add ${name}. ${message}`, path: name }];
}

/** Whether a key of it is nearly this one. */
export function nearlyThere(object: ObjectValue, key: string): boolean {
	return [...object.entries.keys()].some((name) => nearestName(name, [key]) !== undefined);
}

/** Does nothing but, at most, write to the console. */
function isStub(value: Value): boolean {
	if (value.kind !== "function" || !isFunction(value.fn)) return false;
	return !holds(value.fn.body, (node) => {
		if (node.type === "CallExpression") return !isConsole(node.callee);
		return ["AssignmentExpression", "NewExpression", "AwaitExpression", "TaggedTemplateExpression"].includes(node.type);
	});
}

function isConsole(callee: { type: string; object?: { type: string; name?: string } }): boolean {
	return callee.type === "MemberExpression" && callee.object?.name === "console";
}
