/** Methods that are handed on without their object: whoever calls them does so with another `this` (framework-contract 2). */
import type { CallExpression } from "acorn";
import type { LintContext, Rule, RuleHit } from "../rule.ts";
import { keyName, memberName } from "../source/node-names.ts";
import type { NodeOf, Script } from "../source/script.ts";
import type { ObjectValue } from "../source/value.ts";
import { type FunctionNode, type SourceNode, visit } from "../source/walk.ts";
import { CALLBACK_NAMES } from "./callbacks.ts";

type Member = NodeOf<"MemberExpression">;

/** `callback: this.onCall` */
export const detachedMethod: Rule = {
	code: "this.detached",
	severity: "warning",
	check: (context) => [...handedOn(context.script), ...takenCallbacks(context)],
};

function handedOn(script: Script): RuleHit[] {
	const removed = removedNames(script);
	const isBound = boundNames(script);
	return script.all("MemberExpression").flatMap((node): RuleHit[] => {
		if (!isHandedOn(script, node) || isBound(memberName(node) ?? "")) return [];
		const fn = script.values.functionOf(node);
		if (!fn || fn.type === "ArrowFunctionExpression" || thisNames(fn).length === 0) return [];
		const { written, owner } = texts(script, node);
		if (removed.has(memberName(node) ?? ""))
			return [
				{
					at: node,
					message: `Keep one ${written}.bind(${owner}), and give it to both: what is bound anew is not removed.`,
				},
			];
		const message = `Write ${written}.bind(${owner}), or an arrow function: handed on like this, its \`this\` is not ${owner}.`;
		const fix = { start: node.end, end: node.end, text: `.bind(${owner})` };
		return [{ at: node, message, ...(isPlainChain(node.object) ? { fix } : {}) }];
	});
}

/** `screenPop: bridge.pop`: the panel calls it as a method of the framework, which has not what it reads of `this`. */
function takenCallbacks({ script, framework }: LintContext): RuleHit[] {
	const object = framework?.object;
	if (!object || object.open) return [];
	return CALLBACK_NAMES.flatMap((name): RuleHit[] => {
		const given = givenTo(script, object, name);
		const fn = given && script.values.functionOf(given);
		if (!given || !fn || fn.type === "ArrowFunctionExpression") return [];
		const missing = thisNames(fn).find((each) => each !== undefined && !object.entries.has(each));
		const home = script.values.of(given.object as SourceNode);
		if (missing === undefined || home.kind !== "object" || !home.entries.has(missing)) return [];
		const { written, owner } = texts(script, given);
		const message = `Write ${written}.bind(${owner}), or a function that calls it: the framework, which is its \`this\` here, has no ${missing}.`;
		const fix = { start: given.end, end: given.end, text: `.bind(${owner})` };
		return [{ at: given, message, path: name, ...(isPlainChain(given.object) ? { fix } : {}) }];
	});
}

/** The member expression that a callback was given as. */
function givenTo(script: Script, framework: ObjectValue, name: string): Member | undefined {
	const key = framework.entries.get(name)?.key;
	let home = key && script.parents.get(key);
	if (home?.type === "MemberExpression") home = script.parents.get(home);
	const given = home?.type === "Property" ? home.value : home?.type === "AssignmentExpression" ? home.right : undefined;
	return given?.type === "MemberExpression" ? given : undefined;
}

function texts(script: Script, node: Member): { written: string; owner: string } {
	const text = ({ start, end }: SourceNode) => script.source.slice(start, end);
	return { written: text(node), owner: text(node.object as SourceNode) };
}

/** What can be named twice and is the same: `make().on` makes two. */
function isPlainChain(node: SourceNode): boolean {
	if (node.type === "MemberExpression") return memberName(node) !== undefined && isPlainChain(node.object);
	return node.type === "Identifier" || node.type === "ThisExpression";
}

/** An argument, or the `callback` of a subscription; not something that is called where it stands. */
function isHandedOn(script: Script, node: Member): boolean {
	const parent = script.parents.get(node);
	if (parent?.type === "CallExpression") {
		const name = nameOfCall(parent);
		// What takes the object beside the function, what only looks at it, and what asks for the same function again.
		return (
			parent.callee !== node &&
			!["bind", "call", "apply", "log", "info", "debug"].includes(name) &&
			!isRemoval(name) &&
			!hasOwner(script, parent, node)
		);
	}
	return parent?.type === "Property" && parent.value === node && keyName(parent.key) === "callback";
}

/** `list.forEach(this.add, this)`, `$.proxy(this.add, this)` */
function hasOwner(script: Script, call: CallExpression, node: Member): boolean {
	const { owner } = texts(script, node);
	return call.arguments.some((each) => each !== node && script.source.slice(each.start, each.end) === owner);
}

/** Names of members that are bound once and for all: `this.on = this.on.bind(this)`, `this[name] = this[name].bind(this)`. */
function boundNames(script: Script): (name: string) => boolean {
	const names = new Set<string | undefined>();
	for (const { left, right } of script.all("AssignmentExpression"))
		if (left.type === "MemberExpression" && right.type === "CallExpression") {
			const isBinding = ["bind", "proxy"].includes(nameOfCall(right));
			if (isBinding) names.add(memberName(left));
		}
	return (name) => names.has(name) || names.has(undefined);
}

/** Names of members that some call takes away again, which needs the very same function. */
function removedNames(script: Script): Set<string> {
	const calls = script.all("CallExpression").filter((call) => isRemoval(nameOfCall(call)));
	const given = calls.flatMap((call) => call.arguments.map((each) => each as SourceNode));
	return new Set(given.flatMap((each) => (each.type === "MemberExpression" ? (memberName(each) ?? []) : [])));
}

/** `removeEventListener`, `off`, `unsubscribe`, `listeners.delete`, `listeners.indexOf` */
function isRemoval(name: string): boolean {
	return /^(?:remove|off$|off[A-Z]|un(?:subscribe|register|bind|listen|observe|watch|hook)|detach|(?:delete|has|indexOf|lastIndexOf|includes)$)/.test(
		name,
	);
}

function nameOfCall({ callee }: CallExpression): string {
	if (callee.type === "MemberExpression") return memberName(callee) ?? "";
	return callee.type === "Identifier" ? callee.name : "";
}

/** What a function reads of its own `this`; `undefined` for `this` as a whole. */
function thisNames(fn: FunctionNode): (string | undefined)[] {
	const names: (string | undefined)[] = [];
	visit(fn.body, (node) => {
		if (node.type === "MemberExpression" && node.object.type === "ThisExpression") {
			names.push(memberName(node));
			return node.computed;
		}
		if (node.type === "ThisExpression") names.push(undefined);
		// These have a `this` of their own.
		return node.type !== "FunctionExpression" && node.type !== "FunctionDeclaration";
	});
	return names;
}
