/** Messages between the panel and the page around it (framework-contract 9 and 11). */
import type { CallExpression } from "acorn";
import type { Rule } from "../rule.ts";
import { memberName } from "../source/node-names.ts";
import type { Variable } from "../source/scopes.ts";
import type { Script } from "../source/script.ts";
import type { FunctionNode, SourceNode } from "../source/walk.ts";

export const anyTarget: Rule = {
	code: "message.target.any",
	severity: "warning",
	review: "error",
	check: ({ script }) =>
		postMessages(script).flatMap((call) => {
			const target = targetOf(script, call);
			const star = target && starIn(script, target);
			return star ? [{ at: star, message: 'Name the page\'s origin instead of "*": any page could read this.' }] : [];
		}),
};

/** Without a target, the browser delivers to pages of the panel's own origin alone. */
export const noTarget: Rule = {
	code: "message.target.missing",
	severity: "warning",
	check: ({ script }) =>
		postMessages(script).flatMap((call) => {
			if (call.arguments.length !== 1 || !isOtherWindow(script, call)) return [];
			return [
				{ at: call, message: "Name the page's origin as the second argument: without it, the page gets nothing." },
			];
		}),
};

/** Calls of any `postMessage`. */
export function postMessages(script: Script): CallExpression[] {
	return script.all("CallExpression").filter(({ callee }) => {
		if (callee.type === "Identifier") return callee.name === "postMessage";
		return callee.type === "MemberExpression" && memberName(callee) === "postMessage";
	});
}

/** The parent, the top, the opener, or whoever sent a message. */
export function isOtherWindow(script: Script, { callee }: CallExpression): boolean {
	if (callee.type !== "MemberExpression") return false;
	const path = script.path(callee.object)?.join(".");
	if (path !== undefined) return /^(?:parent|top|opener)(?:\.|$)/.test(path);
	return callee.object.type === "MemberExpression" && memberName(callee.object) === "source";
}

function targetOf(script: Script, call: CallExpression): SourceNode | undefined {
	const second = call.arguments[1];
	if (!second || second.type === "SpreadElement") return undefined;
	const value = script.values.of(second);
	return value.kind === "object" ? value.entries.get("targetOrigin")?.value.node : second;
}

/** Where `"*"` stands, also as one of several values that it may be. */
function starIn(script: Script, target: SourceNode): SourceNode | undefined {
	if (script.values.text(target) === "*") return target;
	if (target.type === "LogicalExpression") return starIn(script, target.left) ?? starIn(script, target.right);
	if (target.type === "ConditionalExpression")
		return starIn(script, target.consequent) ?? starIn(script, target.alternate);
	const variable = script.scopes.variableOf(target);
	const star = variable?.values.some(
		(value) => value && value !== target && value.type !== "Identifier" && starIn(script, value) !== undefined,
	);
	return star ? target : undefined;
}

interface Listener {
	at: SourceNode;
	fn: FunctionNode;
}

/** Functions that hear the window's messages. */
export function listeners(script: Script): Listener[] {
	const found: Listener[] = [];
	const add = (at: SourceNode, given: SourceNode | null | undefined) => {
		const fn = script.values.functionOf(given) ?? (given ? handleEventOf(script, given) : undefined);
		if (fn) found.push({ at, fn });
	};
	for (const call of script.all("CallExpression")) {
		const given = listenerOf(script, call);
		if (given) add(call.callee, given);
	}
	for (const node of script.all("AssignmentExpression")) {
		if (script.path(node.left as SourceNode)?.join(".") === "onmessage") add(node.left, node.right);
	}
	return found;
}

/** Of an object that hears events itself: `addEventListener("message", this)`. */
function handleEventOf(script: Script, given: SourceNode): FunctionNode | undefined {
	const own = script.values.ownerOf(given);
	const object = own.kind === "object" ? own : script.values.of(given);
	const value = object.kind === "object" ? object.entries.get("handleEvent")?.value : undefined;
	return value?.kind === "function" ? value.fn : undefined;
}

function listenerOf(script: Script, { callee, arguments: given }: CallExpression): SourceNode | undefined {
	const [event, listener] = given;
	if (!event || !listener || event.type === "SpreadElement") return undefined;
	const name =
		callee.type === "MemberExpression" ? memberName(callee) : callee.type === "Identifier" ? callee.name : "";
	const text = script.values.text(event);
	if (name === "addEventListener" && text === "message") {
		const path = callee.type === "MemberExpression" ? script.path(callee.object) : [];
		return path?.length === 0 ? listener : undefined;
	}
	if (name === "attachEvent" && text === "onmessage") return listener;
	const isJQuery = callee.type === "MemberExpression" && callee.object.type === "CallExpression";
	const isMessage = text?.split(/[\s.]/)[0] === "message";
	return isJQuery && isMessage && (name === "on" || name === "bind") ? listener : undefined;
}

/** The variable that a function's parameter is. */
export function parameterOf(script: Script, fn: FunctionNode, index: number): Variable | undefined {
	const param = fn.params[index];
	return param?.type === "Identifier" ? script.scopes.variableOf(param) : undefined;
}
