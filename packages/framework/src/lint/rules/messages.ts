/** Messages between the panel and the page around it (framework-contract 9 and 11). */
import type { CallExpression, Identifier } from "acorn";
import type { Rule, RuleHit } from "../rule.ts";
import { namesIn, type Variable } from "../source/scopes.ts";
import type { Script } from "../source/script.ts";
import { keyName, memberName } from "../source/values.ts";
import { type FunctionNode, type SourceNode, visit } from "../source/walk.ts";

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

export const uncheckedOrigin: Rule = {
	code: "message.origin.unchecked",
	severity: "warning",
	review: "error",
	check: ({ script }) =>
		listeners(script).flatMap(({ at, fn }): RuleHit[] => {
			if (checksOrigin(script, fn)) return [];
			return [{ at, message: "Compare event.origin with your page's origin before acting on a message." }];
		}),
};

/** Part of a text is no origin: `https://crm.example.evil.com` begins with yours. */
export const weakOrigin: Rule = {
	code: "message.origin.weak",
	severity: "warning",
	review: "error",
	check: ({ script }) =>
		listeners(script).flatMap(({ fn }) =>
			originUses(fn).flatMap((use): RuleHit[] => {
				const member = script.parents.get(use);
				const name = member?.type === "MemberExpression" && member.object === use ? memberName(member) : undefined;
				const call = member && script.parents.get(member);
				if (call?.type !== "CallExpression" || !["indexOf", "includes", "startsWith", "search"].includes(name ?? ""))
					return isSuffixOfHost(script, name, call) ? [{ at: call as SourceNode, message: weakMessage }] : [];
				return [{ at: call, message: weakMessage }];
			}),
		),
};

const weakMessage = "Compare the whole origin with ===: a part of it also stands in the origins of others.";

/** `endsWith("crm.example")` without a dot before it: `evilcrm.example`. */
function isSuffixOfHost(script: Script, name: string | undefined, call: SourceNode | undefined): boolean {
	if (name !== "endsWith" || call?.type !== "CallExpression") return false;
	const text = script.values.text(call.arguments[0] as SourceNode);
	return text !== undefined && !/^[./]|^https?:/.test(text);
}

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
		const fn = script.values.functionOf(given);
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

/** Asks for the origin itself, or hands the whole event to something that may. */
function checksOrigin(script: Script, fn: FunctionNode, depth = 0): boolean {
	if (originUses(fn).some((use) => !isOnlyTold(script, use))) return true;
	const event = fn.params[0]?.type === "Identifier" ? script.scopes.variableOf(fn.params[0]) : undefined;
	return event !== undefined && depth < 3 && event.references.some((name) => isHandedOn(script, name, depth));
}

/** `event.origin`, or a parameter's `{ origin }`. */
function originUses(fn: FunctionNode): SourceNode[] {
	const uses: SourceNode[] = [];
	const own = new Set(fn.params.flatMap((param) => (param.type === "ObjectPattern" ? namesIn(param) : [])));
	const isTaken = [...own].some(({ name }) => name === "origin");
	visit(fn.body, (node) => {
		if (node.type === "MemberExpression" && memberName(node) === "origin" && !isLocation(node.object)) uses.push(node);
		if (node.type === "Identifier" && node.name === "origin" && isTaken) uses.push(node);
		// `const { origin } = event`
		if (node.type === "VariableDeclarator" && node.id.type === "ObjectPattern")
			for (const each of node.id.properties)
				if (each.type === "Property" && keyName(each.key) === "origin") uses.push(node.id);
		return true;
	});
	return uses;
}

function isLocation(node: SourceNode): boolean {
	if (node.type === "Identifier") return node.name === "location";
	return node.type === "MemberExpression" && memberName(node) === "location";
}

/** Written to the console, or used as the target of an answer. */
function isOnlyTold(script: Script, use: SourceNode): boolean {
	for (let [at, child] = [script.parents.get(use), use]; at !== undefined; [child, at] = [at, script.parents.get(at)]) {
		if (at.type === "CallExpression" && child !== at.callee) {
			const callee = at.callee.type === "MemberExpression" ? at.callee : undefined;
			const object = callee?.object.type === "Identifier" ? callee.object.name : "";
			return object === "console" || (callee !== undefined && memberName(callee) === "postMessage");
		}
		if (/Statement$|Function|Declaration$/.test(at.type)) return at.type === "ExpressionStatement" && child === use;
	}
	return false;
}

/** `check(event)`, where what is called cannot be seen, or asks for the origin in its turn. */
function isHandedOn(script: Script, name: Identifier, depth: number): boolean {
	const call = script.parents.get(name);
	if (call?.type !== "CallExpression" || call.callee === name || call.callee.type === "Super") return false;
	if (script.path(call.callee)?.[0] === "console") return false;
	const fn = script.values.functionOf(call.callee);
	return fn === undefined || checksOrigin(script, fn, depth + 1);
}

/** The variable that a function's parameter is. */
export function parameterOf(script: Script, fn: FunctionNode, index: number): Variable | undefined {
	const param = fn.params[index];
	return param?.type === "Identifier" ? script.scopes.variableOf(param) : undefined;
}
