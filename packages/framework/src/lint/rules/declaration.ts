/** How the script brings `window.Framework` (framework-contract 2). */

import type { Rule } from "../rule.ts";
import { isBareFunction } from "../source/bare-function.ts";

/** The panel waits for it. */
export const missingFramework: Rule = {
	code: "framework.missing",
	severity: "error",
	check: ({ script, framework, loadsMore }) => {
		if (framework || loadsMore || declaredTop(script)) return [];
		const end = Math.min(script.source.length, script.program.start + 1);
		return [{ at: { start: 0, end }, message: "Assign window.Framework: the panel waits for it.", path: "Framework" }];
	},
};

/** `const Framework`, `let Framework` and `class Framework` make no property of the window, so the panel never sees them. */
export const lexicalFramework: Rule = {
	code: "framework.lexical",
	severity: "error",
	check: ({ script, framework }) => {
		const declared = framework ? undefined : lexical(script);
		if (!declared) return [];
		const statement = script
			.all("VariableDeclaration")
			.find(({ declarations }) => declarations.some(({ id }) => id === declared.declaredAt));
		const isAlone = statement?.declarations.length === 1;
		const at = declared.declaredAt;
		return [
			{
				at,
				message: `What ${declared.kind} declares is no property of the window. Write window.Framework = ….`,
				path: "Framework",
				...(statement && isAlone ? { fix: { start: statement.start, end: at.end, text: "window.Framework" } } : {}),
			},
		];
	},
};

/** A function whose `config` nobody sets (`function Framework() { return { config: … }; }`): the panel calls none. */
export const functionFramework: Rule = {
	code: "framework.function",
	severity: "error",
	check: ({ script, framework, loadsMore }) => {
		const declared = declaredTop(script);
		const at = framework ? framework.node : declared?.kind === "function" ? declared.declaredAt : undefined;
		if (!at || framework?.object || loadsMore || !isBareFunction(script)) return [];
		const message =
			"The panel reads Framework.config, and calls no function for it. Write window.Framework = { config: … }.";
		return [{ at, message, path: "Framework" }];
	},
};

/** A function of that name is the window's, as a `var` is: the panel takes a function with a `config` for what it waits for. */
function lexical(script: Parameters<Rule["check"]>[0]["script"]) {
	const declared = declaredTop(script);
	return declared?.kind === "function" ? undefined : declared;
}

function declaredTop(script: Parameters<Rule["check"]>[0]["script"]) {
	const declared = script.scopes.topLevel(script.program).get("Framework");
	return declared && declared.kind !== "var" && declared.values.length > 0 ? declared : undefined;
}
