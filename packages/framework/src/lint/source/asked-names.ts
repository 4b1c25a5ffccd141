/** Whether a script asks if something is there, before it uses what older panels do not have. */

import { memberName } from "./node-names.ts";
import type { Script } from "./script.ts";
import type { SourceNode } from "./walk.ts";

/**
 * Named without being called, by `?.`, by `"name" in …`, `hasOwn`, or where names are looked up as the script runs.
 *
 * @param path from the window, such as `PureCloud.User.updateStatus`
 * @param callee of the call that is asked about; what it leads through is not asked for by that
 */
export function namedIn(script: Script, path: string, callee: SourceNode): boolean {
	return isOptional(script, path, callee) || isNamed(script, path) || isLookedUp(script, path);
}

/** `PureCloud.more?.start()` and `PureCloud.start?.()`. */
function isOptional(script: Script, path: string, callee: SourceNode): boolean {
	const calls = script.all("CallExpression");
	if (calls.some((each) => each.optional && pathOf(script, each.callee) === path)) return true;
	for (let at = callee; at.type === "MemberExpression"; at = at.object)
		if (at.optional && pathOf(script, at.object) === path) return true;
	return false;
}

/** As a value of its own: neither called nor a step to something else. */
function isNamed(script: Script, path: string): boolean {
	return script.all("MemberExpression").some((node) => {
		if (pathOf(script, node) !== path) return false;
		const parent = script.parents.get(node);
		const isStep = parent?.type === "MemberExpression" && parent.object === node;
		const isCalled = parent?.type === "CallExpression" && parent.callee === node;
		return !isStep && !isCalled;
	});
}

/** `"start" in PureCloud`, `Object.hasOwn(PureCloud, "start")`, and `PureCloud[name]` where the script has the name as a text. */
function isLookedUp(script: Script, path: string): boolean {
	const dot = path.lastIndexOf(".");
	const [home, name] = [dot < 0 ? "" : path.slice(0, dot), path.slice(dot + 1)];
	const isHome = (node: SourceNode) => pathOf(script, node) === home;
	if (
		script
			.all("BinaryExpression")
			.some(({ operator, left, right }) => operator === "in" && isHome(right) && script.values.text(left) === name)
	)
		return true;
	if (
		script
			.all("CallExpression")
			.some(
				({ callee, arguments: given }) =>
					isOwnCheck(script, callee) && given.some((each) => script.values.text(each) === name),
			)
	)
		return true;
	const isText = script.all("Literal").some(({ value }) => value === name);
	return isText && script.all("MemberExpression").some((node) => memberName(node) === undefined && isHome(node.object));
}

function isOwnCheck(script: Script, callee: SourceNode): boolean {
	if (callee.type !== "MemberExpression") return false;
	const name = memberName(callee);
	return name === "hasOwn" || name === "hasOwnProperty" || (name === "call" && isOwnCheck(script, callee.object));
}

function pathOf(script: Script, node: SourceNode): string | undefined {
	return script.path(node)?.join(".");
}
