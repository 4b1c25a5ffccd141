import { type Conversation, callOf, isConnected, isLive, isOnLine, type Participant } from "../model.ts";
import { illegalState } from "../refusals.ts";
import { stamp, type TransitionContext } from "./context.ts";

/** Puts a party on hold or takes it back. What the server set aside while it was dialled can be taken back as well. */
export function setHeld(participant: Participant, held: boolean, context: TransitionContext): void {
	const call = callOf(participant);
	if (held || !call.held) requireConnected(participant, "put on hold");
	hold(participant, held, context);
}

/** Holds the user's part because another call of theirs takes the line: also one that is still being dialled. */
export function setAside(draft: Conversation, userId: string, context: TransitionContext): void {
	for (const one of draft.participants) if (one.userId === userId && isOnLine(one)) hold(one, true, context);
}

function hold(participant: Participant, held: boolean, context: TransitionContext): void {
	const call = callOf(participant);
	if (call.held === held) return;
	call.held = held;
	call.startHoldTime = held ? stamp(context) : undefined;
}

/** Others no longer hear the party, or hear it again. Possible as soon as the party's own phone is there. */
export function setMuted(participant: Participant, muted: boolean): void {
	const { state } = callOf(participant);
	if (state !== "connected" && state !== "dialing" && state !== "contacting") {
		throw illegalState("The party cannot be muted: its call is {state}.", { state });
	}
	callOf(participant).muted = muted;
}

/** A confined party hears nothing of the others (platform-api 5.3, `confined`). */
export function setConfined(participant: Participant, confined: boolean): void {
	requireConnected(participant, "confined");
	callOf(participant).confined = confined;
}

function requireConnected(participant: Participant, what: string): void {
	if (isConnected(participant)) return;
	throw illegalState("The party cannot be {what}: its call is {state}.", { what, state: callOf(participant).state });
}

/** Adds or replaces attributes; an empty text removes one. */
export function setAttributes(participant: Participant, attributes: Record<string, string>): void {
	for (const [name, value] of Object.entries(attributes)) {
		if (value === "") delete participant.attributes[name];
		else participant.attributes[name] = value;
	}
}

/** Marks a party so that supervisors find the conversation. */
export function setFlagged(participant: Participant, flagged: boolean): void {
	participant.flaggedReason = flagged ? "general" : undefined;
}

/** Refuses DTMF towards a party who cannot hear it. */
export function requireHearing(conversation: Conversation, participant: Participant): void {
	requireConnected(participant, "sent digits");
	if (!conversation.participants.some((one) => one !== participant && isLive(one))) {
		throw illegalState("Nobody is there to hear the digits.");
	}
}
