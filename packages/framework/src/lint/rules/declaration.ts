/** How the script brings `window.Framework` (framework-contract 2). */
import type { Rule } from "../rule.ts";

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

/** A function of that name is the window's, as a `var` is: the panel takes a function with a `config` for what it waits for. */
function lexical(script: Parameters<Rule["check"]>[0]["script"]) {
	const declared = declaredTop(script);
	return declared?.kind === "function" ? undefined : declared;
}

function declaredTop(script: Parameters<Rule["check"]>[0]["script"]) {
	const declared = script.scopes.topLevel(script.program).get("Framework");
	return declared && declared.kind !== "var" && declared.values.length > 0 ? declared : undefined;
}
