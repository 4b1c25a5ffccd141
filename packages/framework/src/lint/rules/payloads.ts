/** What events and interactions carry, and what they do not (framework-contract 7 and 8). */
import { INTERACTION_KEYS } from "@inlay/contract";
import type { Rule, RuleHit } from "../rule.ts";
import type { Variable } from "../source/scopes.ts";
import type { Script } from "../source/script.ts";
import { memberName } from "../source/values.ts";
import { type SourceNode, visit } from "../source/walk.ts";
import { subscriptionsOf } from "./actions.ts";
import { parameterOf } from "./messages.ts";

/** `change` is the one category whose data is `{ old, new }`. */
export const flatChange: Rule = {
	code: "payload.change.flat",
	severity: "warning",
	check: ({ script }) =>
		script
			.actionCalls()
			.filter(({ action }) => action === "subscribe")
			.flatMap(({ call }) => subscriptionsOf(script, call.arguments[0] as SourceNode))
			.flatMap(({ object, type }): RuleHit[] => {
				const callback = object.entries.get("callback")?.value;
				if (type !== "Interaction" || callback?.kind !== "function") return [];
				const [category, data] = [parameterOf(script, callback.fn, 0), parameterOf(script, callback.fn, 1)];
				return category && data ? flatUses(script, callback.fn.body, category, data) : [];
			}),
};

/** Keys of `attributes` come in lower case, unless the deployment keeps them. */
export const attributeCase: Rule = {
	code: "attribute.case",
	severity: "warning",
	check: ({ script, config, options }) => {
		const listed = listedNames(config?.entries.get("customInteractionAttributes")?.value);
		if (options.organization?.preserveAttributeCase || listed.size === 0) return [];
		const read = attributeReads(script);
		return read.flatMap(({ at, name }): RuleHit[] => {
			const lower = name.toLowerCase();
			if (name === lower || !listed.has(lower) || read.some((each) => each.name === lower)) return [];
			if (isWritten(script, name)) return [];
			const message = `Read it as ${lower}: keys of attributes come in lower case.`;
			return [
				{
					at,
					message,
					fix: { start: at.start, end: at.end, text: at.type === "Literal" ? JSON.stringify(lower) : lower },
				},
			];
		});
	},
};

/** Only the names of `customInteractionAttributes` are handed to the script. */
export const attributeNotListed: Rule = {
	code: "attribute.not.listed",
	severity: "warning",
	check: ({ script, config }) => {
		if (!config || config.open) return [];
		const value = config.entries.get("customInteractionAttributes")?.value;
		if (value && (value.kind !== "array" || value.items.some(({ kind }) => kind !== "plain"))) return [];
		const listed = listedNames(value);
		return attributeReads(script).flatMap(({ at, name }): RuleHit[] => {
			if (listed.has(name.toLowerCase())) return [];
			return [
				{
					at,
					message: `Add ${name} to config.customInteractionAttributes: no other attributes are handed to the script.`,
				},
			];
		});
	},
};

function flatUses(script: Script, body: SourceNode, category: Variable, data: Variable): RuleHit[] {
	const hits: RuleHit[] = [];
	visit(body, (node) => {
		const branch = changeBranch(script, node, category);
		if (!branch) return true;
		const reads: SourceNode[] = [];
		for (const part of branch)
			visit(part, (inner) => {
				const isRead = inner.type === "MemberExpression" && script.scopes.variableOf(inner.object) === data;
				if (isRead) reads.push(inner);
				return true;
			});
		const names = reads.map((read) => (read.type === "MemberExpression" ? memberName(read) : undefined));
		// Whoever asks for `new` or `old` knows.
		if (names.some((name) => name === "new" || name === "old")) return false;
		reads.forEach((read, at) => {
			const name = names[at];
			if (!(INTERACTION_KEYS as readonly string[]).includes(name ?? "")) return;
			hits.push({ at: read, message: `Read ${data.name}.new.${name}: the data of change is { old, new }.` });
		});
		return false;
	});
	return hits;
}

/** What is done where the category is `change` and nothing else. */
function changeBranch(script: Script, node: SourceNode, category: Variable): SourceNode[] | undefined {
	if (node.type === "IfStatement") {
		const { test } = node;
		if (test.type !== "BinaryExpression" || !/^===?$/.test(test.operator) || test.left.type === "PrivateIdentifier")
			return undefined;
		const isCategory = [test.left, test.right].some((side) => script.scopes.variableOf(side) === category);
		const isChange = [test.left, test.right].some((side) => script.values.text(side) === "change");
		return isCategory && isChange ? [node.consequent] : undefined;
	}
	if (node.type !== "SwitchCase" || script.values.text(node.test) !== "change") return undefined;
	const home = script.parents.get(node);
	return home?.type === "SwitchStatement" && script.scopes.variableOf(home.discriminant) === category
		? node.consequent
		: undefined;
}

/** Names that are read of an interaction's `attributes`: of a callback's parameter, not of a script's own objects. */
function attributeReads(script: Script): { at: SourceNode; name: string }[] {
	return script.all("MemberExpression").flatMap((node) => {
		const name = memberName(node);
		const { object } = node;
		if (name === undefined || object.type !== "MemberExpression" || memberName(object) !== "attributes") return [];
		const parent = script.parents.get(node);
		if (parent?.type === "AssignmentExpression" && parent.left === node) return [];
		if (parent?.type === "CallExpression" && parent.callee === node) return [];
		return isInteraction(script, object.object) ? [{ at: node.property as SourceNode, name }] : [];
	});
}

/** `interaction.attributes.caseId = …`: the script has put it there itself. */
function isWritten(script: Script, name: string): boolean {
	return script.all("AssignmentExpression").some(({ left }) => {
		if (left.type !== "MemberExpression" || memberName(left) !== name) return false;
		return left.object.type === "MemberExpression" && memberName(left.object) === "attributes";
	});
}

function isInteraction(script: Script, node: SourceNode): boolean {
	if (node.type !== "Identifier" || !/^interaction$/i.test(node.name)) return false;
	return script.scopes.variableOf(node)?.kind === "param";
}

function listedNames(value: { kind: string; items?: { kind: string; value?: unknown }[] } | undefined): Set<string> {
	const names = (value?.items ?? []).flatMap(({ value: name }) => (typeof name === "string" ? [name] : []));
	return new Set(names.map((name) => name.trim().toLowerCase()));
}
