import { ApiError } from "../../kernel/http/api-error.ts";
import type { Conversation, Participant } from "../model.ts";
import { isConnected, isOutside, isStaff } from "../model.ts";
import { defaultRecordingRules, policyFor } from "../recording-rules.ts";
import { spokenMs } from "../spoken.ts";
import type { Life } from "../transitions/context.ts";

/**
 * Whether those outside have agreed to be recorded, where a policy asks for it (agent-features 6, "Consent refused"). `asked`:
 * the question is being put, and who talks to them waits for the end of it; nothing is recorded before. `given`: by everybody.
 */
export interface Consent {
	state: "asked" | "given" | "refused";
	/** Who is asked, or was last. */
	partyId: string;
	/** Who has agreed before. */
	agreed?: string[];
	/** What they hear. */
	text: string;
	/** Whoever has pressed nothing until then has agreed. */
	until: string;
}

/** Whoever presses it is not recorded. */
export const refusingDigit = "2";
/** Whoever presses it says yes, and need not hear the rest. */
const agreeingDigit = "1";

const standardText = "This call may be recorded. If you do not want that, press 2.";
/** To reach for the key when all is said, ms. */
const afterwardsMs = 2_000;

/** They hear the question, and nobody hears them. */
export function isAskedForConsent({ internal }: Conversation, { id }: Participant): boolean {
	return internal.consent?.state === "asked" && internal.consent.partyId === id;
}

/** What one party has said, or is asked just now; undefined of whom nobody asked. */
export function consentOf({ internal }: Conversation, { id }: Participant): Consent["state"] | undefined {
	const { consent } = internal;
	if (consent?.partyId === id) return consent.state;
	return consent?.agreed?.includes(id) ? "given" : undefined;
}

/** Nothing may be recorded, by a policy or by an agent: the question is not answered yet, or with no. */
export function isConsentLacking({ internal }: Conversation): boolean {
	return internal.consent !== undefined && internal.consent.state !== "given";
}

/**
 * Everybody outside whom a policy would record is asked, as soon as they are there, once, one after the other. An answer is
 * theirs alone, and goes with them: nobody is recorded by the yes, or by the silence, of another.
 */
export function followConsent(draft: Conversation, life: Life): void {
	const outside = draft.participants.filter((one) => isOutside(one) && isConnected(one)).map((one) => one.id);
	const { consent } = draft.internal;
	if (consent && consent.state !== "given" && outside.includes(consent.partyId)) return;
	const answered = [...(consent?.agreed ?? []), ...(consent?.state === "given" ? [consent.partyId] : [])];
	const agreed = outside.filter((id) => answered.includes(id));
	const last = agreed.at(-1);
	draft.internal.consent =
		consent && last ? { ...consent, state: "given", partyId: last, agreed: agreed.slice(0, -1) } : undefined;
	// Two outside who talk with nobody of the organization are not recorded, and are not asked.
	const isTalk = draft.participants.some((one) => isStaff(one) && isConnected(one));
	const next = isTalk || outside.length === 1 ? outside.find((id) => !agreed.includes(id)) : undefined;
	const policy = next === undefined ? undefined : recordingPolicy(draft, life);
	if (next === undefined || !policy?.requireConsent) return;
	const text = policy.consentMessage || standardText;
	const until = new Date(life.now.getTime() + spokenMs(text) + afterwardsMs);
	draft.internal.consent = { state: "asked", partyId: next, agreed, text, until: until.toISOString() };
}

/** By which the call is recorded, or would be. */
function recordingPolicy(draft: Conversation, life: Life) {
	const { policies } = life.recordingRules ?? defaultRecordingRules;
	const { policyId } = draft.internal.policyRecording ?? {};
	return policies.find((one) => one.id === policyId) ?? policyFor(policies, factsOf(draft));
}

/**
 * Nobody who has not agreed is recorded by an agent either.
 * @throws ApiError 400 `recording.consent.missing`
 */
export function requireConsent(draft: Conversation): void {
	if (isConsentLacking(draft))
		throw new ApiError(
			400,
			"recording.consent.missing",
			"Not everybody in this call has agreed to be recorded: nothing of it is recorded.",
		);
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
	if (!consent || !isAskedForConsent(draft, participant)) return;
	if (digit === refusingDigit) draft.internal.consent = { ...consent, state: "refused" };
	if (digit === agreeingDigit) draft.internal.consent = { ...consent, state: "given" };
}

export function consentOver(draft: Conversation, { now }: Life): void {
	const { consent } = draft.internal;
	if (consent?.state === "asked" && Date.parse(consent.until) <= now.getTime())
		draft.internal.consent = { ...consent, state: "given" };
}
