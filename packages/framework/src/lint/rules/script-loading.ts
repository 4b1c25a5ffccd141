/** Other scripts that this one brings in (framework-contract 11). */
import type { CallExpression } from "acorn";
import type { Rule, RuleHit } from "../rule.ts";
import { keyName, memberName } from "../source/node-names.ts";
import type { Script } from "../source/script.ts";
import { holds, type SourceNode } from "../source/walk.ts";

/** A script of another server, that may change from one day to the next. */
export const withoutIntegrity: Rule = {
	code: "script.without.integrity",
	severity: "warning",
	check: ({ script, options }) =>
		options.review
			? []
			: loads(script).flatMap(({ at, isPinned, isOwn }): RuleHit[] => {
					const message =
						"Set integrity and crossOrigin on the element, or bring the code in this file: whoever changes that script acts with the agent's rights.";
					return isPinned || isOwn ? [] : [{ at, message }];
				}),
};

/** What is reviewed is this file alone. */
export const loadsScript: Rule = {
	code: "script.loads.script",
	severity: "error",
	review: "only",
	check: ({ script }) =>
		loads(script).map(({ at }) => ({
			at,
			message: "Bring the code in this file: a script loaded from elsewhere runs with the agent's rights.",
		})),
};

/** Whether anything else may set what this script does not. */
export function loadsScripts(script: Script): boolean {
	return (
		loads(script).length > 0 ||
		script.all("ImportExpression").length > 0 ||
		["eval", "Function", "require", "importScripts"].some((name) => script.scopes.free.has(name))
	);
}

interface Load {
	at: SourceNode;
	isPinned: boolean;
	/** From the server that the panel comes from. */
	isOwn: boolean;
}

function loads(script: Script): Load[] {
	return [
		...script.all("CallExpression").flatMap((call) => elementLoad(script, call) ?? libraryLoad(script, call) ?? []),
		...script.all("ImportExpression").flatMap((node): Load[] => {
			const address = script.values.text(node.source);
			return isForeign(address) ? [{ at: node, isPinned: false, isOwn: false }] : [];
		}),
	];
}

function elementLoad(script: Script, call: CallExpression): Load | undefined {
	if (call.callee.type !== "MemberExpression" || memberName(call.callee) !== "createElement") return undefined;
	if (script.values.text(call.arguments[0] as SourceNode)?.toLowerCase() !== "script") return undefined;
	const address = settings(script, call).find(({ name }) => name === "src");
	const text = address?.value && script.values.text(address.value);
	const isInline = !address && settings(script, call).some(({ name }) => /^(?:text|textContent|innerHTML)$/.test(name));
	return {
		at: call,
		isPinned: settings(script, call).some(({ name }) => name === "integrity"),
		isOwn: isInline || (text !== undefined && !isForeign(text)),
	};
}

/** What is set on the element that a call makes, by assignment, attribute or `Object.assign`. */
function settings(script: Script, call: CallExpression): { name: string; value?: SourceNode }[] {
	const declarator = script.parents.get(call);
	const name =
		declarator?.type === "VariableDeclarator" && declarator.id.type === "Identifier"
			? declarator.id
			: declarator?.type === "AssignmentExpression" && declarator.left.type === "Identifier"
				? declarator.left
				: undefined;
	const variable = name && script.scopes.variableOf(name);
	if (declarator?.type === "CallExpression") return assigned(declarator.arguments as SourceNode[]);
	return (variable?.references ?? []).flatMap((use) => {
		const member = script.parents.get(use);
		if (member?.type === "CallExpression") return assigned(member.arguments as SourceNode[]);
		if (member?.type !== "MemberExpression" || member.object !== use) return [];
		const outer = script.parents.get(member);
		if (outer?.type === "AssignmentExpression" && outer.left === member)
			return [{ name: memberName(member) ?? "", value: outer.right }];
		if (outer?.type !== "CallExpression" || memberName(member) !== "setAttribute") return [];
		const [key, value] = outer.arguments as SourceNode[];
		return [{ name: script.values.text(key) ?? "", ...(value ? { value } : {}) }];
	});
}

function assigned(given: readonly SourceNode[]): { name: string; value?: SourceNode }[] {
	return given.flatMap((each) =>
		each.type !== "ObjectExpression"
			? []
			: each.properties.flatMap((property) =>
					property.type === "Property"
						? [{ name: keyName(property.key) ?? "", value: property.value as SourceNode }]
						: [],
				),
	);
}

/** `$.getScript(…)`, `document.write("<script …")`, `$("head").append("<script …")`. */
function libraryLoad(script: Script, call: CallExpression): Load | undefined {
	const name = call.callee.type === "MemberExpression" ? memberName(call.callee) : undefined;
	const [first] = call.arguments as SourceNode[];
	if (name === "getScript" || (call.callee.type === "Identifier" && call.callee.name === "importScripts"))
		return { at: call, isPinned: false, isOwn: !isForeign(script.values.text(first) ?? "//") };
	if (name === undefined || !/^(?:write(?:ln)?|append|prepend|insertAdjacentHTML)$/.test(name)) return undefined;
	const isTag = call.arguments.some((each) => holds(each as SourceNode, isScriptTag));
	const isPinned = call.arguments.some((each) =>
		holds(each as SourceNode, (node) => textOf(node).includes("integrity=")),
	);
	return isTag ? { at: call, isPinned, isOwn: false } : undefined;
}

function isScriptTag(node: SourceNode): boolean {
	return /<script[^>]*\ssrc=/i.test(textOf(node));
}

function textOf(node: SourceNode): string {
	if (node.type === "TemplateElement") return node.value.raw;
	return node.type === "Literal" && typeof node.value === "string" ? node.value : "";
}

function isForeign(address: string | undefined): boolean {
	return address === undefined || /^(?:https?:)?\/\//i.test(address.trim());
}
