import type { Conversation, Participant } from "../model.ts";
import { isConnected, isOutside } from "../model.ts";
import { defaultRecordingRules, policyFor } from "../recording-rules.ts";
import { spokenMs } from "../spoken.ts";
import type { Life } from "../transitions/context.ts";

/**
 * Whether the customer has agreed to be recorded, where a policy asks for it (agent-features 6, "Consent refused"). `asked`: the
 * question is being put, and who talks to them waits for the end of it; nothing is recorded before.
 */
export interface Consent {
	state: "asked" | "given" | "refused";
	/** Who is asked. */
	partyId: string;
	/** What they hear. */
	text: string;
	/** Whoever has pressed nothing until then has agreed. */
	until: string;
}

/** Whoever presses it is not recorded. */
export const refusingDigit = "2";

const standardText = "This call may be recorded. If you do not want that, press 2.";
/** To reach for the key when all is said, ms. */
const afterwardsMs = 2_000;

/** They hear the question, and nobody hears them. */
export function isAskedForConsent({ internal }: Conversation, { id }: Participant): boolean {
	return internal.consent?.state === "asked" && internal.consent.partyId === id;
}

/** Nothing may be recorded by a policy: the question is not answered yet, or with no. */
export function isConsentLacking({ internal }: Conversation): boolean {
	return internal.consent !== undefined && internal.consent.state !== "given";
}

/** The first customer of a call that a policy would record is asked, as soon as they are there, once. */
export function followConsent(draft: Conversation, life: Life): void {
	const { consent } = draft.internal;
	const isThere = draft.participants.some((one) => one.id === consent?.partyId && isConnected(one));
	// Who has gone is asked nothing any more; nobody else is recorded by their silence.
	if (consent?.state === "asked" && !isThere) draft.internal.consent = { ...consent, state: "refused" };
	if (consent || draft.internal.policyRecording) return;
	const customer = draft.participants.find((one) => isOutside(one) && isConnected(one));
	const { policies } = life.recordingRules ?? defaultRecordingRules;
	const policy = customer && policyFor(policies, factsOf(draft));
	if (!policy?.requireConsent) return;
	const text = policy.consentMessage || standardText;
	const until = new Date(life.now.getTime() + spokenMs(text) + afterwardsMs);
	draft.internal.consent = { state: "asked", partyId: customer?.id ?? "", text, until: until.toISOString() };
}

/** What a policy looks at. */
export function factsOf({ id, internal, participants }: Conversation) {
	return {
		conversationId: id,
		direction: internal.direction,
		queueIds: participants.flatMap((one) => one.queueId ?? []),
	};
}

export type ConsentCommand =
	| { type: "consent.pressed"; participantId: string; digit: string }
	/** The time is over. */
	| { type: "consent.over" };

/** A key that is none of the question's, or comes when it is over, says nothing. */
export function consentPressed(draft: Conversation, participant: Participant, digit: string): void {
	const { consent } = draft.internal;
	if (consent && isAskedForConsent(draft, participant) && digit === refusingDigit)
		draft.internal.consent = { ...consent, state: "refused" };
}

export function consentOver(draft: Conversation, { now }: Life): void {
	const { consent } = draft.internal;
	if (consent?.state === "asked" && Date.parse(consent.until) <= now.getTime())
		draft.internal.consent = { ...consent, state: "given" };
}
