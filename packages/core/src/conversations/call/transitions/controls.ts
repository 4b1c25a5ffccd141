import { type Conversation, isLive, isStaff, type Participant } from "../../model.ts";
import { illegalState } from "../../refusals.ts";
import type { TransitionContext } from "../../transitions/context.ts";
import { hold, noteSilencing, requireConnected, silencedBy } from "../../transitions/controls.ts";
import { callOf, isOnLine } from "../model.ts";

/** Holds the user's part because another call of theirs takes the line: also one that is still being dialled. */
export function setAside(draft: Conversation, userId: string, context: TransitionContext): void {
	for (const one of draft.participants) if (one.userId === userId && isOnLine(one)) hold(one, true, context);
}

/** Others no longer hear the party, or hear it again. Possible as soon as the party's own phone is there. */
export function setMuted(participant: Participant, muted: boolean, by?: string): void {
	const { state } = callOf(participant);
	if (state !== "connected" && state !== "dialing" && state !== "contacting") {
		throw illegalState("The party cannot be muted: its call is {state}.", { state });
	}
	// A colleague who has muted themselves speaks again when they want to, also once somebody else has muted them.
	const isOthersAgain = callOf(participant).muted && muted && isStaff(participant) && by !== participant.userId;
	callOf(participant).muted = muted;
	if (!isOthersAgain) noteSilencing(participant, "mutedBy", muted ? by : undefined);
}

/** Whom the leaving user has muted is heard again: who stays may not know of it (`releaseHoldOf`). */
export function unmuteOf(draft: Conversation, leaver: Participant): void {
	for (const one of silencedBy(draft, leaver, "mutedBy")) setMuted(one, false);
}

/** A confined party hears nothing of the others (platform-api 5.3, `confined`). */
export function setConfined(participant: Participant, confined: boolean): void {
	requireConnected(participant, "confined");
	callOf(participant).confined = confined;
}

/** Refuses DTMF towards a party who cannot hear it. */
export function requireHearing(conversation: Conversation, participant: Participant): void {
	requireConnected(participant, "sent digits");
	if (!conversation.participants.some((one) => one !== participant && isLive(one))) {
		throw illegalState("Nobody is there to hear the digits.");
	}
}
