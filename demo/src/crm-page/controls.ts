import type { Interaction } from "@inlay/contract";
import { isUncalled, mediumOf } from "./caller.ts";

/** What the bar offers of an interaction. */
export type Control = "pickup" | "decline" | "hold" | "mute" | "open" | "disconnect";

/**
 * What can be done with an interaction as it is. A message has no sound: nothing of it is held or muted. Whether a contact may be
 * passed over, and how a callback ends, is for the panel's card; so is what work there is after an end.
 */
export function controlsOf(interaction: Interaction): readonly Control[] {
	const { state, isConsult } = interaction;
	if (state === "ALERTING") return ["pickup", "decline"];
	if (isUncalled(interaction)) return [];
	if (mediumOf(interaction) === "message") return ["open", "disconnect"];
	if (!hasSound(interaction)) return ["disconnect"];
	// Who hears whom in a consult is chosen in the panel.
	const holds = !isConsult || state === "HELD";
	return [...(holds ? (["hold"] as const) : []), "mute", "disconnect"];
}

/** Somebody is talked to, or hears music. */
export function hasSound(interaction: Interaction): boolean {
	const { state } = interaction;
	return mediumOf(interaction) !== "message" && !isUncalled(interaction) && (state === "CONNECTED" || state === "HELD");
}
