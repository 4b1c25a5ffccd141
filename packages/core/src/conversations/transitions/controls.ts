import { type Conversation, communicationOf, isConnected, isLive, isOutside, type Participant } from "../model.ts";
import { illegalState } from "../refusals.ts";
import { stamp, type TransitionContext } from "./context.ts";

/** Puts a party on hold or takes it back. What the server set aside while it was dialled can be taken back as well. */
export function setHeld(participant: Participant, held: boolean, context: TransitionContext): void {
	const call = communicationOf(participant);
	if (held || !call.held) requireConnected(participant, "put on hold");
	hold(participant, held, context);
}

/** The party hears nothing but music, or is back. */
export function hold(participant: Participant, held: boolean, context: TransitionContext): void {
	const call = communicationOf(participant);
	if (call.held === held) return;
	call.held = held;
	call.startHoldTime = held ? stamp(context) : undefined;
	// Who said so is noted by whoever knows it: what a consult or another call does is nobody's of the two.
	if (isOutside(participant)) noteSilencing(participant, "heldBy", undefined);
}

/**
 * Lets a colleague hear music, or takes that back. Their own hold stays theirs, as they may have another call on the line.
 * @param by who says so; a consult does for its own sake, and lets who is held so be (`call/consult/model.ts`)
 */
export function silence(participant: Participant, silent: boolean, by?: string): void {
	participant.internal.unheard = silent || undefined;
	noteSilencing(participant, "heldBy", silent ? by : undefined);
}

/** Who has put a party on hold, or muted it: it ends when they leave. */
export function noteSilencing(participant: Participant, what: "heldBy" | "mutedBy", by: string | undefined): void {
	if (by === undefined) delete participant.internal[what];
	else participant.internal[what] = by;
}

/** Whom the leaving user has put on hold, or muted, and who could not take that back. A user's own part is theirs to take back. */
export function silencedBy(
	draft: Conversation,
	leaver: Participant,
	what: "heldBy" | "mutedBy",
): readonly Participant[] {
	const { userId } = leaver;
	const isThere = draft.participants.some((one) => one !== leaver && one.userId === userId && isLive(one));
	if (userId === undefined || isThere) return [];
	return draft.participants.filter(
		(one) => isLive(one) && (isOutside(one) || what === "heldBy") && one.internal[what] === userId,
	);
}

/** @throws ApiError 400 `conversation.error.invalid.state` for a queue's part */
export function requireControls(participant: Participant): void {
	if (participant.purpose === "acd") throw illegalState("A queue's part has no controls.");
}

/** @throws ApiError 400 `conversation.error.invalid.state` */
export function requireConnected(participant: Participant, what: string): void {
	if (isConnected(participant)) return;
	throw illegalState("The party cannot be {what}: its call is {state}.", {
		what,
		state: communicationOf(participant).state,
	});
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
