/** Where a script is handed an interaction (framework-contract 5 and 7). */
import type { LintContext } from "../rule.ts";
import type { Variable } from "../source/scopes.ts";
import type { Script } from "../source/script.ts";
import type { Value } from "../source/value.ts";
import type { FunctionNode, SourceNode } from "../source/walk.ts";
import { switchOf } from "../switches.ts";
import { subscriptionsOf } from "./actions.ts";
import { parameterOf } from "./messages.ts";

export interface Told {
	fn: FunctionNode;
	data: Variable;
	/** It may be handed `{ id, notes }` as well: `settings.unconfirmedEvents` tells every subscription what agents note. */
	isNoted: boolean;
}

/** Functions that are handed an interaction, as far as they can be seen: of subscriptions to nothing else, and the callbacks. */
export function interactionsOf(context: LintContext): Told[] {
	const { script } = context;
	const told = (isNoted: boolean) => (fn: FunctionNode) => {
		const data = dataOf(script, fn);
		return data ? [{ fn, data, isNoted }] : [];
	};
	return [
		...subscribersOf(context, false).flatMap(told(mayTellNotes(context))),
		...callbacksOf(context).flatMap(told(false)),
	];
}

/** Functions of subscriptions to `Interaction`. @param isAny of those, too, that name their categories, which may tell of something else */
export function subscribersOf({ script }: LintContext, isAny: boolean): FunctionNode[] {
	return script
		.actionCalls()
		.filter(({ action }) => action === "subscribe")
		.flatMap(({ call }) => subscriptionsOf(script, call.arguments[0] as SourceNode))
		.filter(({ object, type }) => type === "Interaction" && (isAny || !object.entries.has("categories")))
		.flatMap(({ object }) => functionIn(object.entries.get("callback")?.value));
}

/** The callbacks that have an interaction for their second parameter. */
export function callbacksOf({ framework }: LintContext): FunctionNode[] {
	return ["screenPop", "processCallLog", "openCallLog"].flatMap((name) =>
		functionIn(framework?.object?.entries.get(name)?.value),
	);
}

function functionIn(value: Value | undefined): FunctionNode[] {
	return value?.kind === "function" ? [value.fn] : [];
}

/** Unless it can be seen that the setting is off. */
function mayTellNotes({ config, settings }: LintContext): boolean {
	if (!config || config.open || settings?.open) return true;
	const set = settings ?? config.entries.get("settings")?.value;
	if (set === undefined) return false;
	if (set.kind !== "object") return set.kind === "unknown";
	const switched = switchOf(set, "unconfirmedEvents");
	return switched !== undefined && switched.state !== "off";
}

/** What a callback is handed beside the category; undefined where it is given something else meanwhile. */
export function dataOf(script: Script, fn: FunctionNode): Variable | undefined {
	const data = parameterOf(script, fn, 1);
	return data?.values.length === 0 ? data : undefined;
}
