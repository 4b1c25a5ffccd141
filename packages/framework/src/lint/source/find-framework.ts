/** Finds what a script assigns to `window.Framework`, following names and later assignments (framework-contract 2 and 3). */

import { keyName, memberName } from "./node-names.ts";
import type { Script } from "./script.ts";
import type { ObjectValue, Value } from "./value.ts";
import type { SourceNode } from "./walk.ts";

export interface FoundFramework {
	/** The assigned object, with what later assignments add; undefined where only running would tell. */
	object: ObjectValue | undefined;
	/** Where it is assigned. */
	node: SourceNode;
}

/** Undefined when the script assigns none. */
export function findFramework(script: Script): FoundFramework | undefined {
	const given = [...assignments(script), ...declarations(script), ...calls(script)];
	const values = given.map((right) => withName(script, right, script.values.of(ownDefault(script, right))));
	const object = values.find((value): value is ObjectValue => value.kind === "object");
	const node = given[0];
	if (node === undefined) return undefined;
	return { object: object && script.values.withWrites(object, "Framework"), node: object?.node ?? node };
}

/** Whether an assignment's left side, or an object, is the window's `Framework`. */
export function isFramework(script: Script, node: SourceNode): boolean {
	const path = script.path(node);
	return path?.length === 1 && path[0] === "Framework";
}

/** `Framework =`, `window.Framework =`, `place.Framework =` */
function assignments(script: Script): SourceNode[] {
	return script.all("AssignmentExpression").flatMap((node) => {
		if (node.left.type === "MemberExpression") return memberName(node.left) === "Framework" ? [node.right] : [];
		if (node.left.type !== "Identifier" || node.left.name !== "Framework") return [];
		const variable = script.scopes.variableOf(node.left);
		return variable === undefined || (variable.isTopLevel && variable.kind === "var") ? [node.right] : [];
	});
}

function declarations(script: Script): SourceNode[] {
	const declared = script.scopes.topLevel(script.program).get("Framework");
	if (declared?.kind !== "var") return [];
	return declared.values.filter((value): value is SourceNode => value !== undefined && value !== null);
}

/** `Object.assign(window, { Framework })`, `Object.defineProperty(window, "Framework", …)`, `defineFramework(…)`. */
function calls(script: Script): SourceNode[] {
	return script.all("CallExpression").flatMap((node) => {
		const [first, second, third] = node.arguments;
		if (node.callee.type === "Identifier")
			return /defineFramework$/.test(node.callee.name) && first?.type === "ObjectExpression" ? [first] : [];
		if (node.callee.type !== "MemberExpression" || !first || script.path(first)?.length !== 0) return [];
		const name = memberName(node.callee);
		if (name === "assign" && second) return propertyOf(second, "Framework");
		if (name !== "defineProperty" || !third || script.values.text(second) !== "Framework") return [];
		const value = propertyOf(third, "value");
		return value.length > 0 ? value : [third];
	});
}

function propertyOf(node: SourceNode, name: string): SourceNode[] {
	if (node.type !== "ObjectExpression") return [];
	return node.properties.flatMap((each) =>
		each.type === "Property" && keyName(each.key) === name ? [each.value] : [],
	);
}

/** `var framework = (window.Framework = {})`: what is added by that other name. */
function withName(script: Script, right: SourceNode, value: Value): Value {
	let at: SourceNode | undefined = right;
	while (at && script.parents.get(at)?.type === "AssignmentExpression") at = script.parents.get(at);
	const declarator = at && script.parents.get(at);
	if (value.kind !== "object" || declarator?.type !== "VariableDeclarator") return value;
	const variable = script.scopes.variableOf(declarator.id);
	return variable && variable.name !== "Framework" ? script.values.withWrites(value, variable) : value;
}

/** `window.Framework || {}` begins with the object on the right. */
function ownDefault(script: Script, node: SourceNode): SourceNode {
	return node.type === "LogicalExpression" && isFramework(script, node.left) ? node.right : node;
}

/** The value at a path such as `config`, `settings`; undefined where there is none that can be seen. */
export function valueAt(from: ObjectValue | undefined, ...path: string[]): Value | undefined {
	let current: Value | undefined = from;
	for (const key of path) current = current?.kind === "object" ? current.entries.get(key)?.value : undefined;
	return current;
}
