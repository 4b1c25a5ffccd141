/** Makes a classic script one that can run again in the same window, line for line the same. */
import { scriptFailure } from "@inlay/framework";
import { type AnyNode, type CallExpression, type MemberExpression, type Program, parse } from "acorn";
import { visit } from "../build/visit.ts";
import { postTap } from "./page-names.ts";

export interface Reloadable {
	code: string;
	/** False where it can only run in a page that has not run it before. */
	mayReplace: boolean;
}

/**
 * Within a block `let`, `const` and `class` are of this run alone, while `var` and functions reach the window as ever: so the
 * same file can be run again. `x.postMessage(…)` becomes `$inlayPost(x)(…)`, as another window's method cannot be
 * listened to; what stands behind keeps its column.
 */
export function reloadable(source: string): Reloadable {
	const program = parse(source, { ecmaVersion: "latest", sourceType: "script" });
	const tapped = tapPosts(source, program);
	const strict = isStrict(program) ? '"use strict";' : "";
	const code = `${strict}{${tapped}\n}`;
	// A `var` beside a function of its name is allowed in a script and not in a block.
	return scriptFailure(code) ? { code: source, mayReplace: false } : { code, mayReplace: true };
}

function isStrict({ body: [first] }: Program): boolean {
	return first?.type === "ExpressionStatement" && first.directive === "use strict";
}

function tapPosts(source: string, program: Program): string {
	const edits = postCallees(program).flatMap(({ start, property, end }) => [
		{ from: start, to: start, text: `${postTap}(` },
		{ from: source.lastIndexOf(".", property.start), to: end, text: ")" },
	]);
	edits.sort((a, b) => a.from - b.from);
	let [tapped, at] = ["", 0];
	for (const { from, to, text } of edits) {
		// Where a line breaks before the name, it still does.
		tapped += source.slice(at, from) + text + source.slice(from, to).replace(/[^\n]/g, "");
		at = to;
	}
	return tapped + source.slice(at);
}

function postCallees(program: Program): MemberExpression[] {
	const found: MemberExpression[] = [];
	visit<AnyNode>(program, (node) => {
		const callee = node.type === "CallExpression" ? (node as CallExpression).callee : undefined;
		if (callee?.type !== "MemberExpression" || callee.computed || callee.optional) return;
		const isPost = callee.property.type === "Identifier" && callee.property.name === "postMessage";
		if (isPost && callee.object.type !== "Super") found.push(callee);
	});
	return found;
}
