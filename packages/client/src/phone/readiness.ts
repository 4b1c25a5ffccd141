import { isOver, type LiveInteraction } from "../session/interaction.ts";
import type { LineState } from "./line.ts";
import { couldAnswer, type MicrophoneProblem } from "./microphone.ts";

/** What a call needs before it can ring here. */
export interface ReadinessFacts {
	/** Another of the agent's panels has the phone. */
	isElsewhere: boolean;
	/** A station is chosen. */
	hasStation: boolean;
	/** It is this panel's own phone, so line and microphone count. */
	isWebRtc: boolean;
	/** The phone belongs into a window of its own, which is not open. */
	lacksWindow: boolean;
	line: LineState;
	problem: MicrophoneProblem | undefined;
	/** The browser will ask for the microphone at the first call. */
	isUnasked: boolean;
	notResponding: boolean;
	onQueue: boolean;
	/** Every queue of the agent is switched off, or they are in none: nobody's call is offered to them. */
	takesNoQueue: boolean;
	/** After-call work is owed: the server holds calls back until it is done. */
	isWrappingUp: boolean;
}

/** `ready`: the next call rings here. Everything else says what stands in the way, the most telling first. */
export type Readiness =
	| "ready"
	| "readyOffQueue"
	| "noQueue"
	| "wrappingUp"
	| "elsewhere"
	| "noStation"
	| "noWindow"
	| "lineOff"
	| "lineConnecting"
	| "lineLost"
	| "microphone"
	| "unheard"
	| "unasked"
	| "notResponding";

/** Phone, microphone, station and routing in one word: On Queue without a phone is not ready. */
export function readinessOf(facts: ReadinessFacts): Readiness {
	if (!facts.hasStation) return "noStation";
	if (facts.isElsewhere) return facts.notResponding ? "notResponding" : "elsewhere";
	if (facts.isWebRtc) {
		if (facts.lacksWindow) return "noWindow";
		if (facts.line === "lost") return "lineLost";
		if (facts.line !== "ready") return facts.line === "off" ? "lineOff" : "lineConnecting";
		if (facts.problem) return couldAnswer(facts.problem) ? "unheard" : "microphone";
	}
	if (facts.notResponding) return "notResponding";
	if (facts.onQueue && facts.takesNoQueue) return "noQueue";
	if (facts.isWebRtc && facts.isUnasked) return "unasked";
	if (facts.onQueue && facts.isWrappingUp) return "wrappingUp";
	return facts.onQueue ? "ready" : "readyOffQueue";
}

/** After-call work that may be left aside keeps nothing from ringing (agent-features 1, OPTIONAL). */
export function keepsFromRinging(
	interaction: Pick<LiveInteraction, "media" | "needsWrapup" | "state" | "wrapupPrompt">,
): boolean {
	if (!isOver(interaction) || !interaction.needsWrapup || interaction.wrapupPrompt === "optional") return false;
	// A call may come beside an email (agent-features section 1).
	return interaction.media !== "email";
}
