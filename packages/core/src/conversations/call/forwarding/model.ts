import { type Conversation, findParticipant, isLive, type Participant } from "../../model.ts";

/** Who is called for somebody who has their calls forwarded. */
export type ForwardTarget =
	| { kind: "user"; userId: string; name: string; divisionId?: string }
	| { kind: "number"; address: string; digitsAfter?: string };

/** Where a user's direct calls go instead of their phone (agent-features 4). */
export interface Forwarding {
	/** One after the other; the targets of a step ring together. */
	steps: ReadonlyArray<{ targets: readonly ForwardTarget[] }>;
	/** How long a step rings. */
	ringMs: number;
	/** Whoever answers at a number is asked to press 1, so that no mailbox takes the call. */
	confirm: boolean;
	/** What comes when nobody has taken it. `LASTCALL`: the last target's own mailbox, so nobody has to confirm there. */
	voicemail: "PURECLOUD" | "LASTCALL" | "NONE";
}

/** On the part of whom the call is for, as long as somebody is being called for them. */
export interface ForwardRun {
	forwarding: Forwarding;
	/** The step that rings; -1 before the first. */
	step: number;
}

/** On the part of who is called for somebody else. */
export interface ForwardLeg {
	/** The part of whom the call is for. */
	partId: string;
	userId: string;
	/** `asked`: has answered, and is asked to press {@link takingDigit}. */
	confirm?: "needed" | "asked";
}

/** Whoever presses it takes the call. */
export const takingDigit = "1";

/** Is there, has answered, and has yet to say that they take the call: they hear the question, and nobody hears them. */
export function isAskedToTake(participant: Participant): boolean {
	return isLive(participant) && participant.internal.forwardLeg?.confirm === "asked";
}

/** Who is called as part of the same forwarding. */
export function legsOf(conversation: Conversation, partId: string): Participant[] {
	return conversation.participants.filter((one) => isLive(one) && one.internal.forwardLeg?.partId === partId);
}

/** Users whose phones a later step may ring: their lines are held before it does. */
export function usersToRing({ participants }: Conversation): string[] {
	const steps = participants.flatMap(({ internal }) => internal.forwardRun?.forwarding.steps ?? []);
	return steps.flatMap(({ targets }) => targets.flatMap((target) => (target.kind === "user" ? [target.userId] : [])));
}

/** For whom the party is being called. */
export function partForwarded(conversation: Conversation, participant: Participant): Participant | undefined {
	const { forwardLeg } = participant.internal;
	const part = forwardLeg && findParticipant(conversation, forwardLeg.partId);
	return part?.internal.forwardRun ? part : undefined;
}
