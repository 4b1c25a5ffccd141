/** What happened between two snapshots of the interaction list, in the order scripts expect (framework-contract 8.1). */
import type { Interaction, InteractionChange } from "@inlay/contract";

/** An event of the `Interaction` subscription; only `change` carries a pair. */
export type InteractionEvent =
	| { category: "change"; data: InteractionChange }
	| { category: "add" | "connect" | "disconnect" | "acw" | "deallocate"; data: Interaction };

export interface DiffOptions {
	/**
	 * The first snapshot after a start or reload: what is in it has been there already, so it is added but not announced
	 * as connected or disconnected again.
	 */
	settled?: boolean;
	/** Leaves out changes in which old and new are equal; scripts of today expect them (framework-contract 17). */
	quiet?: boolean;
}

/**
 * Events that lead from `before` to `after`. An interaction that is the same object in both was not updated; one that was
 * updated is a change even when it looks the same (framework-contract 8.1).
 */
export function diffInteractions(
	before: readonly Interaction[],
	after: readonly Interaction[],
	options: DiffOptions = {},
): InteractionEvent[] {
	const known = new Map(before.map((interaction) => [interaction.id, interaction]));
	const present = new Set(after.map((interaction) => interaction.id));
	const changes = after.flatMap((now) => {
		const old = known.get(now.id);
		if (old === undefined) return arrival(now, options.settled === true);
		return old === now || (options.quiet === true && looksSame(old, now)) ? [] : update(old, now);
	});
	const gone = before.filter((interaction) => !present.has(interaction.id));
	return [...changes, ...gone.map((data): InteractionEvent => ({ category: "deallocate", data }))];
}

/** `add` without a start time, then a change that brings it, as captured; then what has happened to it already. */
function arrival(now: Interaction, settled: boolean): InteractionEvent[] {
	const { startTime, ...first } = now;
	const events: InteractionEvent[] = [{ category: "add", data: first }];
	if (startTime !== undefined) events.push({ category: "change", data: { old: first, new: now } });
	return settled ? events : [...events, ...milestones(undefined, now)];
}

function looksSame(old: Interaction, now: Interaction): boolean {
	return JSON.stringify(old) === JSON.stringify(now);
}

function update(old: Interaction, now: Interaction): InteractionEvent[] {
	return [{ category: "change", data: { old, new: now } }, ...milestones(old, now)];
}

function milestones(old: Interaction | undefined, now: Interaction): InteractionEvent[] {
	const events: InteractionEvent[] = [];
	if (now.isConnected && old?.isConnected !== true) events.push({ category: "connect", data: now });
	if (now.isDisconnected && old?.isDisconnected !== true) events.push({ category: "disconnect", data: now });
	if (isWorkFinished(old, now)) events.push({ category: "acw", data: now });
	return events;
}

/** After-call work is finished when there was some: a wrap-up code has been given, or the leg ended earlier. */
function isWorkFinished(old: Interaction | undefined, now: Interaction): boolean {
	if (!now.isDone || old?.isDone === true) return false;
	return now.disposition !== undefined || old?.isDisconnected === true;
}
