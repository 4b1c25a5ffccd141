/** What events and interactions carry, and what they do not (framework-contract 7 and 8). */
import { INTERACTION_KEYS, matchName } from "@inlay/contract";
import type { Rule, RuleHit } from "../rule.ts";
import { keyName, memberName } from "../source/node-names.ts";
import type { Variable } from "../source/scopes.ts";
import type { Script } from "../source/script.ts";
import type { ObjectValue } from "../source/value.ts";
import { type SourceNode, visit } from "../source/walk.ts";
import { subscriptionsOf } from "./actions.ts";
import { parameterOf } from "./messages.ts";
import { dataOf } from "./told-interactions.ts";

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
				const named = namedCategories(object);
				const [category, data] = [parameterOf(script, callback.fn, 0), dataOf(script, callback.fn)];
				if (!data) return named?.every(isChange) ? flatPattern(callback.fn.params[1]) : [];
				if (named?.length && named.every(isChange)) return flatReads(script, [callback.fn.body], data);
				if (named?.length && !named.some(isChange)) return deepReads(script, callback.fn.body, data);
				return category ? flatUses(script, callback.fn.body, category, data) : [];
			}),
};

function flatUses(script: Script, body: SourceNode, category: Variable, data: Variable): RuleHit[] {
	const hits: RuleHit[] = [];
	visit(body, (node) => {
		const branch = changeBranch(script, node, category);
		if (!branch) return true;
		hits.push(...flatReads(script, branch, data));
		return false;
	});
	return hits;
}

/** Keys of an interaction that are read of the data of a change itself. */
function flatReads(script: Script, parts: readonly SourceNode[], data: Variable): RuleHit[] {
	const reads = parts.flatMap((part) => readsOf(script, part, data));
	// Whoever asks for `new` or `old` knows.
	if (reads.some(({ name }) => name === "new" || name === "old")) return [];
	return reads
		.filter(({ name }) => isKey(name))
		.map(({ at, name }) => ({
			at,
			message: `Read ${data.name}.new.${name}: the data of change is { old, new }.`,
		}));
}

/** `function (category, { state })` */
function flatPattern(param: SourceNode | undefined): RuleHit[] {
	if (param?.type !== "ObjectPattern") return [];
	const keys = param.properties.flatMap((each) => (each.type === "Property" ? [each.key as SourceNode] : []));
	if (keys.length < param.properties.length || keys.some((key) => /^(?:new|old)$/.test(keyName(key) ?? "new")))
		return [];
	return keys
		.filter((key) => isKey(keyName(key)))
		.map((at) => ({ at, message: `Take ${keyName(at)} of new: the data of change is { old, new }.` }));
}

/** `data.new.state` where no change is told: `data.new` is undefined, and the line throws. */
function deepReads(script: Script, body: SourceNode, data: Variable): RuleHit[] {
	const reads = readsOf(script, body, data).filter(({ name }) => name === "new" || name === "old");
	const deep = reads.filter(({ at }) => {
		const home = script.parents.get(at);
		return home?.type === "MemberExpression" && home.object === at && !home.optional;
	});
	// Whoever asks whether it is there knows.
	if (deep.length < reads.length) return [];
	return deep.map(({ at }) => ({
		at,
		message: `Read it of ${data.name} itself: only the data of change is { old, new }.`,
	}));
}

export function readsOf(
	script: Script,
	part: SourceNode,
	data: Variable,
): { at: SourceNode; name: string | undefined }[] {
	const reads: { at: SourceNode; name: string | undefined }[] = [];
	visit(part, (node) => {
		const isRead = node.type === "MemberExpression" && script.scopes.variableOf(node.object) === data;
		if (isRead) reads.push({ at: node, name: memberName(node) });
		return true;
	});
	return reads.sort((a, b) => a.at.start - b.at.start);
}

function isKey(name: string | undefined): boolean {
	return (INTERACTION_KEYS as readonly string[]).includes(name ?? "");
}

/** The categories that a subscription names, where all can be seen; undefined where it names none. */
function namedCategories({ entries }: ObjectValue): string[] | undefined {
	const value = entries.get("categories")?.value;
	if (value?.kind !== "array") return undefined;
	const names = value.items.flatMap((item) => (item.kind === "plain" ? [String(item.value)] : []));
	return names.length === value.items.length ? names : undefined;
}

function isChange(category: string): boolean {
	return matchName(["change"], category) !== undefined;
}

/** What is done where the category is `change` and nothing else. */
function changeBranch(script: Script, node: SourceNode, category: Variable): SourceNode[] | undefined {
	if (node.type === "IfStatement" || node.type === "ConditionalExpression") {
		const asked = askedOfChange(script, node.test, category);
		return asked && [...asked, node.consequent];
	}
	if (node.type === "LogicalExpression") return askedOfChange(script, node, category);
	if (node.type !== "SwitchCase" || script.values.text(node.test) !== "change") return undefined;
	const home = script.parents.get(node);
	return home?.type === "SwitchStatement" && script.scopes.variableOf(home.discriminant) === category
		? node.consequent
		: undefined;
}

/** What of a test is looked at for changes alone; undefined where it holds for others, too. */
function askedOfChange(script: Script, test: SourceNode, category: Variable): SourceNode[] | undefined {
	if (test.type === "LogicalExpression" && test.operator === "&&") {
		const first = askedOfChange(script, test.left, category);
		return first ? [...first, test.right] : askedOfChange(script, test.right, category);
	}
	if (test.type !== "BinaryExpression" || !/^===?$/.test(test.operator) || test.left.type === "PrivateIdentifier")
		return undefined;
	const sides = [test.left, test.right];
	const isCategory = sides.some((side) => script.scopes.variableOf(side) === category);
	return isCategory && sides.some((side) => script.values.text(side) === "change") ? [] : undefined;
}
