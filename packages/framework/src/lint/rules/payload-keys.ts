/** What is read of an interaction that no interaction carries (framework-contract 7). */
import { INTERACTION_KEYS } from "@inlay/contract";
import type { LintContext, Rule, RuleHit } from "../rule.ts";
import { memberName } from "../source/node-names.ts";
import type { Variable } from "../source/scopes.ts";
import type { Script } from "../source/script.ts";
import type { FunctionNode, SourceNode } from "../source/walk.ts";
import { subscriptionsOf } from "./actions.ts";
import { parameterOf } from "./messages.ts";
import { readsOf } from "./payloads.ts";

/** `interaction.call.ani`: there is no `call`, so the line throws each time that it is told. */
export const unknownKey: Rule = {
	code: "payload.key.unknown",
	severity: "warning",
	check: (context) =>
		interactionsOf(context).flatMap(({ fn, data }): RuleHit[] => {
			const reads = readsOf(context.script, fn.body, data).filter(({ name }) => !isKey(name));
			return reads.flatMap(({ at, name }): RuleHit[] => {
				// Whoever asks whether it is there knows.
				const isAsked = reads.some((each) => each.name === name && !isDeep(context.script, each.at));
				if (name === undefined || isAsked) return [];
				const message = `No interaction has ${name}: this line throws. Its keys stand flat, such as ${data.name}.ani.`;
				return [{ at, message }];
			});
		}),
};

interface Told {
	fn: FunctionNode;
	data: Variable;
}

/** Functions that are handed an interaction, as far as they can be seen: of subscriptions to nothing else, and the callbacks. */
function interactionsOf({ script, framework }: LintContext): Told[] {
	const subscribed = script
		.actionCalls()
		.filter(({ action }) => action === "subscribe")
		.flatMap(({ call }) => subscriptionsOf(script, call.arguments[0] as SourceNode))
		.filter(({ object, type }) => type === "Interaction" && !object.entries.has("categories"))
		.map(({ object }) => object.entries.get("callback")?.value);
	const called = ["screenPop", "processCallLog", "openCallLog"].map(
		(name) => framework?.object?.entries.get(name)?.value,
	);
	return [...subscribed, ...called].flatMap((value): Told[] => {
		if (value?.kind !== "function") return [];
		const data = parameterOf(script, value.fn, 1);
		return data ? [{ fn: value.fn, data }] : [];
	});
}

/** `interaction.call.ani` and `interaction.call()`, which throw where it is not there; not `interaction.call?.ani`. */
function isDeep(script: Script, at: SourceNode): boolean {
	const home = script.parents.get(at);
	if (home?.type === "MemberExpression") return home.object === at && !home.optional && memberName(home) !== undefined;
	return home?.type === "CallExpression" && home.callee === at && !home.optional;
}

/** `old` and `new` are those of a change. */
function isKey(name: string | undefined): boolean {
	return name === undefined || [...INTERACTION_KEYS, "old", "new"].some((key) => key === name) || name in {};
}
