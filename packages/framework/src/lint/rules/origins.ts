/** Whose messages a listener acts on (framework-contract 9 and 11). */
import type { Identifier } from "acorn";
import type { Rule, RuleHit } from "../rule.ts";
import { keyName, memberName } from "../source/node-names.ts";
import { namesIn } from "../source/scopes.ts";
import type { Script } from "../source/script.ts";
import { type FunctionNode, holds, type SourceNode, visit } from "../source/walk.ts";
import { listeners } from "./messages.ts";

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
			originUses(fn)
				.flatMap((use) => aliases(script, use))
				.flatMap((use): RuleHit[] => {
					const call = weakCall(script, use);
					return call ? [{ at: call, message: weakMessage }] : [];
				}),
		),
};

/** `if (event.origin === "https://crm.example") return;`: everybody else is obeyed. */
export const invertedOrigin: Rule = {
	code: "message.origin.inverted",
	severity: "warning",
	review: "error",
	check: ({ script }) =>
		listeners(script).flatMap(({ fn }): RuleHit[] => {
			const [use, ...others] = originUses(fn);
			const test = use && script.parents.get(use);
			if (!use || others.length > 0 || test?.type !== "BinaryExpression" || test.left.type === "PrivateIdentifier")
				return [];
			const page = script.values.text(test.left === use ? test.right : test.left);
			const branch = script.parents.get(test);
			if (!/^https?:/.test(page ?? "") || branch?.type !== "IfStatement" || branch.test !== test || branch.alternate)
				return [];
			const isRefused = !isActing(branch.consequent);
			const isInverted = /^===?$/.test(test.operator) ? isRefused && leaves(branch.consequent) : !isRefused;
			if (!isInverted || (!isRefused && leaves(branch.consequent))) return [];
			return [{ at: test, message: `This is the wrong way round: messages of all pages but ${page} are acted on.` }];
		}),
};

const weakMessage = "Compare the whole origin with ===: a part of it also stands in the origins of others.";

/** The call that compares a part of an origin. */
function weakCall(script: Script, use: SourceNode): SourceNode | undefined {
	const home = script.parents.get(use);
	if (home?.type === "CallExpression" && home.callee !== use) {
		const { callee } = home;
		const isTest = callee.type === "MemberExpression" && ["test", "exec"].includes(memberName(callee) ?? "");
		return isTest && isLoosePattern(script, callee.object as SourceNode) ? home : undefined;
	}
	if (home?.type !== "MemberExpression" || home.object !== use) return undefined;
	const call = script.parents.get(home);
	if (call?.type !== "CallExpression" || call.callee !== home) return undefined;
	const name = memberName(home);
	const isPart = ["indexOf", "includes", "startsWith"].includes(name ?? "");
	const isMatch = name === "search" || name === "match";
	const isLoose = isPart || (isMatch && isLoosePattern(script, call.arguments[0] as SourceNode));
	return isLoose || isSuffixOfHost(script, name, call) ? call : undefined;
}

/** A regular expression that more than whole origins fit. What only running would tell is none. */
function isLoosePattern(script: Script, node: SourceNode | undefined): boolean {
	const variable = node && script.scopes.variableOf(node);
	const given = variable ? script.values.only(variable) : node;
	if (given?.type === "Literal" && given.regex) return !isWhole(given.regex.pattern);
	const isMade =
		given?.type === "NewExpression" && given.callee.type === "Identifier" && given.callee.name === "RegExp";
	const text = script.values.text(isMade ? (given.arguments[0] as SourceNode) : given);
	return text !== undefined && !isWhole(text);
}

/** From the scheme, or a dot before the host, to the end; each alternative. */
function isWhole(pattern: string): boolean {
	const outside = pattern.replace(/\\.|\[[^\]]*\]/g, (part) => part.replaceAll("|", "-"));
	let depth = 0;
	const alternatives = [...outside].reduce<string[]>(
		(parts, letter) => {
			if (letter === "(") depth += 1;
			if (letter === ")") depth -= 1;
			if (letter === "|" && depth === 0) parts.push("");
			else parts[parts.length - 1] += letter;
			return parts;
		},
		[""],
	);
	const isBegun = /^(?:\((?:\?:)?)*(?:\^|https?|\\\.|\\\/\\\/)/;
	const isEnded = /(?:^|[^\\])\$\)*$/;
	return alternatives.every((each) => isBegun.test(each) && isEnded.test(each));
}

/** `const from = event.origin`: every place that reads that name, too. */
function aliases(script: Script, use: SourceNode): SourceNode[] {
	const home = script.parents.get(use);
	const named = home?.type === "VariableDeclarator" && home.init === use ? namesIn(home.id) : [];
	const taken = use.type === "ObjectPattern" ? namesIn(use) : [];
	const names = [...named, ...taken.filter(({ name }) => name === "origin")];
	return [use, ...names.flatMap((name) => script.scopes.variableOf(name)?.references ?? [])];
}

/** Whether a branch does more than write to the console. */
function isActing(branch: SourceNode): boolean {
	return holds(branch, (node) => {
		if (node.type === "AssignmentExpression") return true;
		if (node.type !== "CallExpression") return false;
		const { callee } = node;
		const object = callee.type === "MemberExpression" ? callee.object : undefined;
		return !(object?.type === "Identifier" && object.name === "console");
	});
}

/** Whether a branch leaves the function at its end. */
function leaves(branch: SourceNode): boolean {
	const last = branch.type === "BlockStatement" ? branch.body.at(-1) : branch;
	return last?.type === "ReturnStatement" || last?.type === "ThrowStatement";
}

/** `endsWith("crm.example")` without a dot before it: `evilcrm.example`. */
function isSuffixOfHost(script: Script, name: string | undefined, call: SourceNode | undefined): boolean {
	if (name !== "endsWith" || call?.type !== "CallExpression") return false;
	const text = script.values.text(call.arguments[0] as SourceNode);
	return text !== undefined && !/^[./]|^https?:/.test(text);
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
