/** What is read of an interaction that no interaction carries (framework-contract 7). */
import { INTERACTION_KEYS, readBoolean } from "@inlay/contract";
import type { LintContext, Rule, RuleHit } from "../rule.ts";
import { memberName } from "../source/node-names.ts";
import type { Variable } from "../source/scopes.ts";
import type { Script } from "../source/script.ts";
import type { Value } from "../source/value.ts";
import type { FunctionNode, SourceNode } from "../source/walk.ts";
import { subscriptionsOf } from "./actions.ts";
import { dataOf, readsOf } from "./payloads.ts";

/** `interaction.call.ani`: there is no `call`, so the line throws each time that it is told. */
export const unknownKey: Rule = {
	code: "payload.key.unknown",
	severity: "warning",
	check: (context) =>
		interactionsOf(context).flatMap(({ fn, data, isNoted }): RuleHit[] => {
			const unknown = ({ name }: { name: string | undefined }) => !isKey(name) && !(isNoted && name === "notes");
			const reads = readsOf(context.script, fn.body, data).filter(unknown);
			// Whoever asks whether it is there knows.
			const asked = new Set(reads.filter(({ at }) => !isDeep(context.script, at)).map(({ name }) => name));
			return reads.flatMap(({ at, name }): RuleHit[] => {
				if (name === undefined || asked.has(name)) return [];
				const message = `No interaction has ${name}: this line throws. Its keys stand flat, such as ${data.name}.ani.`;
				return [{ at, message }];
			});
		}),
};

interface Told {
	fn: FunctionNode;
	data: Variable;
	/** It may be handed `{ id, notes }` as well: `settings.unconfirmedEvents` tells every subscription what agents note. */
	isNoted: boolean;
}

/** Functions that are handed an interaction, as far as they can be seen: of subscriptions to nothing else, and the callbacks. */
function interactionsOf(context: LintContext): Told[] {
	const { script, framework } = context;
	const subscribed = script
		.actionCalls()
		.filter(({ action }) => action === "subscribe")
		.flatMap(({ call }) => subscriptionsOf(script, call.arguments[0] as SourceNode))
		.filter(({ object, type }) => type === "Interaction" && !object.entries.has("categories"))
		.map(({ object }) => object.entries.get("callback")?.value);
	const called = ["screenPop", "processCallLog", "openCallLog"].map(
		(name) => framework?.object?.entries.get(name)?.value,
	);
	const told = (isNoted: boolean) => (value: Value | undefined) => {
		if (value?.kind !== "function") return [];
		const data = dataOf(script, value.fn);
		return data ? [{ fn: value.fn, data, isNoted }] : [];
	};
	return [...subscribed.flatMap(told(mayTellNotes(context))), ...called.flatMap(told(false))];
}

/** Unless it can be seen that the setting is off. */
function mayTellNotes({ config, settings }: LintContext): boolean {
	if (!config || config.open || settings?.open) return true;
	const set = settings ?? config.entries.get("settings")?.value;
	if (set === undefined) return false;
	const value = set.kind === "object" ? set.entries.get("unconfirmedEvents")?.value : set;
	return value !== undefined && !(value.kind === "plain" && readBoolean(value.value) !== true);
}

/** `interaction.call.ani` and `interaction.call()`, which throw where it is not there; not `interaction.call?.ani`. */
function isDeep(script: Script, at: SourceNode): boolean {
	const home = script.parents.get(at);
	if (home?.type === "MemberExpression") return home.object === at && !home.optional && memberName(home) !== undefined;
	return home?.type === "CallExpression" && home.callee === at && !home.optional;
}

const keys: ReadonlySet<string> = new Set([...INTERACTION_KEYS, "old", "new"]);

/** `old` and `new` are those of a change. */
function isKey(name: string | undefined): boolean {
	return name === undefined || keys.has(name) || name in {};
}
