/** `this` where it is not what its author thinks: the panel calls callbacks as methods, and nothing else (framework-contract 2). */
import type { LintContext, Rule, RuleHit } from "../rule.ts";
import { keyName, memberName } from "../source/node-names.ts";
import { isFunction } from "../source/scopes.ts";
import type { Script } from "../source/script.ts";
import type { ObjectValue } from "../source/value.ts";
import type { FunctionNode, SourceNode } from "../source/walk.ts";

/** `this.send()` in an arrow function that is itself the callback: `this` is the window. */
export const arrowCallback: Rule = {
	code: "this.arrow",
	severity: "warning",
	check: (context) =>
		thisUses(context).flatMap(({ at, name, script, framework }): RuleHit[] => {
			if (!isWindows(script, at)) return [];
			const isMethod = script
				.functionsAround(at)
				.some((fn) => [...framework.entries.values()].some(({ value }) => value.node === fn));
			const message = `Write this callback as a method, or Framework.${name}: in an arrow function \`this\` is the window.`;
			return isMethod ? [{ at, message }] : [];
		}),
};

/** `this.send()` in a plain function inside a callback: `this` is the window there as well. */
export const innerFunction: Rule = {
	code: "this.inner.function",
	severity: "warning",
	check: (context) =>
		thisUses(context).flatMap(({ at, name, script, framework }): RuleHit[] => {
			const around = script.functionsAround(at);
			const own = around.find((fn) => fn.type !== "ArrowFunctionExpression");
			if (!own || isMethod(script, own) || isBound(script, own)) return [];
			const isInside = around.some(
				(fn) => fn !== own && [...framework.entries.values()].some((each) => each.value.node === fn),
			);
			const message = `Make this inner function an arrow function: its own \`this\` has no ${name}.`;
			return isInside ? [{ at, message }] : [];
		}),
};

interface ThisUse {
	at: SourceNode;
	name: string;
	script: Script;
	framework: ObjectValue;
}

/** `this.name` where `name` is the framework's and no global of the script's. */
function thisUses({ script, framework }: LintContext): ThisUse[] {
	const object = framework?.object;
	if (!object) return [];
	const globals = new Set([...script.scopes.topLevel(script.program).keys(), ...leaked(script)]);
	const uses = script.all("ThisExpression").flatMap((node): ThisUse[] => {
		const member = script.parents.get(node);
		const name = member?.type === "MemberExpression" ? memberName(member) : undefined;
		if (name === undefined || !object.entries.has(name) || globals.has(name)) return [];
		return [{ at: member as SourceNode, name, script, framework: object }];
	});
	const kept = keptByTheWindow(uses, namedOf(script, object));
	return uses.filter(({ name }) => !kept.has(name));
}

/** What is read or written of the framework by its own name: `Framework.host`. */
function namedOf(script: Script, framework: ObjectValue): string[] {
	return script.all("MemberExpression").flatMap((member) => {
		const name = memberName(member);
		const variable = script.scopes.variableOf(member.object);
		const isIt = variable?.values.includes(framework.node) || script.path(member.object)?.join(".") === "Framework";
		return name !== undefined && isIt ? [name] : [];
	});
}

/**
 * Names that arrow functions write and read, and nothing else does: the window has them, and what is read is what was written.
 *
 * @param named what the framework is asked for by its own name
 */
function keptByTheWindow(uses: readonly ThisUse[], named: readonly string[]): Set<string> {
	const written = uses.filter(({ at, script }) => {
		const home = script.parents.get(at);
		return home?.type === "AssignmentExpression" && home.left === at && isWindows(script, at);
	});
	const ofMethods = uses.filter(({ at, script }) => !isWindows(script, at)).map(({ name }) => name);
	const elsewhere = new Set([...ofMethods, ...named]);
	return new Set(written.map(({ name }) => name).filter((name) => !elsewhere.has(name)));
}

function isWindows(script: Script, at: SourceNode): boolean {
	return script.functionsAround(at).every((fn) => fn.type === "ArrowFunctionExpression");
}

function leaked(script: Script): string[] {
	return script.all("AssignmentExpression").flatMap(({ left }) => (left.type === "Identifier" ? [left.name] : []));
}

function isMethod(script: Script, fn: FunctionNode): boolean {
	const home = script.parents.get(fn);
	return home?.type === "MethodDefinition" || home?.type === "Property" || home?.type === "AssignmentExpression"
		? !(home.type === "Property" && keyName(home.key) === "callback")
		: home?.type === "PropertyDefinition" || fn.type === "FunctionDeclaration";
}

/** `function () { … }.bind(this)`, or a library that is given what `this` shall be. */
function isBound(script: Script, fn: FunctionNode): boolean {
	const home = script.parents.get(fn);
	if (home?.type === "MemberExpression") return true;
	if (home?.type === "NewExpression") return false;
	return (
		home?.type === "CallExpression" &&
		home.arguments.some((each) => !isFunction(each as SourceNode) && each.type === "ThisExpression")
	);
}
