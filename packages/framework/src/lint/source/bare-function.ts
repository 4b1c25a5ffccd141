/** Whether `Framework` is a function that certainly gets no `config`, which is what the panel reads of it (framework-contract 2). */

import { memberName } from "./node-names.ts";
import { isFunction } from "./scopes.ts";
import type { Script } from "./script.ts";
import type { SourceNode } from "./walk.ts";

/** Through these a function may be handed its own self. */
const handing = new Set<string | undefined>([undefined, "config", "call", "apply", "bind"]);

/** Asked where the script declares or assigns one. What may give it a `config` gets the benefit of the doubt. */
export function isBareFunction(script: Script): boolean {
	const isByText = script.all("Literal").some(({ value }) => value === "Framework");
	return !isByText && mentions(script).every((node) => isHarmless(script, node));
}

/** Every place that names it: `Framework`, `window.Framework`. */
function mentions(script: Script): SourceNode[] {
	const declared = script.scopes.topLevel(script.program).get("Framework");
	const members = script.all("MemberExpression").filter((node) => memberName(node) === "Framework");
	return [...(declared?.references ?? []), ...(script.scopes.free.get("Framework") ?? []), ...members];
}

function isHarmless(script: Script, node: SourceNode): boolean {
	const parent = script.parents.get(node);
	if (parent?.type === "CallExpression" || parent?.type === "NewExpression") return parent.callee === node;
	if (parent?.type === "MemberExpression") return parent.object === node && !handing.has(memberName(parent));
	if (parent?.type !== "AssignmentExpression" || script.parents.get(parent)?.type !== "ExpressionStatement")
		return false;
	return parent.right === node || isFunction(parent.right) || isOwnFunction(script, parent.right);
}

/** `window.Framework = Framework` changes nothing. */
function isOwnFunction(script: Script, node: SourceNode): boolean {
	const variable = script.scopes.variableOf(node);
	return variable?.name === "Framework" && variable.kind === "function" && variable.values.length === 1;
}
