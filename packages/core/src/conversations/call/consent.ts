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
	/** When the question began to be heard. */
	since?: string;
	/**
	 * `asked`: whoever has heard it and pressed nothing until then has agreed. `given`: a no still counts until then, and nothing
	 * is recorded yet. Undefined while nobody hears the question, as their line is away, and once an answer stands.
	 */
	until?: string | undefined;
}

/** Whoever presses it is not recorded. */
export const refusingDigit = "2";
/** Whoever presses it says yes, and need not hear the rest. */
const agreeingDigit = "1";

const standardText = "This call may be recorded. If you do not want that, press 2. If you agree, press 1.";
/** To reach for the key when all is said, ms. */
const afterwardsMs = 2_000;
/** A yes that comes so early was pressed ahead: nothing of the question has been heard. */
const aheadMs = 1_000;
/** To take a yes back, ms: nothing is recorded before, so that nothing of somebody who says no is kept. */
const secondThoughtMs = 4_000;
/** Nobody says whether the line was there when the time ends so late: the server was away. */
const lateMs = 5_000;

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

/** Somebody has agreed a moment ago and may still say no. */
export function mayTakeYesBack({ internal: { consent } }: Conversation, { now }: Life): boolean {
	return consent?.state === "given" && now.getTime() < Date.parse(consent.until ?? "");
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
	const until = consent?.state === "given" && consent.partyId === last ? consent.until : undefined;
	draft.internal.consent =
		consent && last ? { ...consent, state: "given", partyId: last, agreed: agreed.slice(0, -1), until } : undefined;
	// Two outside who talk with nobody of the organization are not recorded, and are not asked.
	const isTalk = draft.participants.some((one) => isStaff(one) && isConnected(one));
	const next = isTalk || outside.length === 1 ? outside.find((id) => !agreed.includes(id)) : undefined;
	const policy = next === undefined ? undefined : recordingPolicy(draft, life);
	if (next === undefined || !policy?.requireConsent) return;
	const text = policy.consentMessage || standardText;
	draft.internal.consent = { state: "asked", partyId: next, agreed, text, ...timeOf(text, life) };
}

/** The question is heard from now on, from its beginning. */
function timeOf(text: string, { now }: Life): Pick<Consent, "since" | "until"> {
	const until = new Date(now.getTime() + spokenMs(text) + afterwardsMs);
	return { since: now.toISOString(), until: until.toISOString() };
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

export type ConsentAnswer = "given" | "refused";

export type ConsentCommand =
	| { type: "consent.pressed"; participantId: string; digit: string }
	/** Said at their page, where the question stands to read. */
	| { type: "consent.answered"; participantId: string; answer: ConsentAnswer }
	/** Whether they have a line by which they hear the question. */
	| { type: "consent.heard"; participantId: string; isHeard: boolean }
	/** The time is over. */
	| { type: "consent.over" };

/** A key that is none of the question's says nothing, nor does a yes before anything was heard. */
export function consentPressed(
	draft: Conversation,
	participant: Participant,
	{ digit, life }: { digit: string; life: Life },
): void {
	const isAhead = life.now.getTime() - Date.parse(draft.internal.consent?.since ?? "") < aheadMs;
	if (digit === refusingDigit) consentAnswered(draft, participant, { answer: "refused", life });
	if (digit === agreeingDigit && !isAhead) consentAnswered(draft, participant, { answer: "given", life });
}

/** An answer that comes when the question is over says nothing. A no is one for a moment after a yes, too. */
export function consentAnswered(
	draft: Conversation,
	participant: Participant,
	{ answer, life }: { answer: ConsentAnswer; life: Life },
): void {
	const { consent } = draft.internal;
	if (consent?.partyId !== participant.id) return;
	const isAsked = consent.state === "asked";
	if (!isAsked && (answer === "given" || !mayTakeYesBack(draft, life))) return;
	const until = answer === "given" ? new Date(life.now.getTime() + secondThoughtMs).toISOString() : consent.until;
	draft.internal.consent = { ...consent, state: answer, until };
}

/** The time of the question stands still while nobody hears it, and begins anew when they are back. */
export function consentHeard(
	draft: Conversation,
	participant: Participant,
	{ isHeard, life }: { isHeard: boolean; life: Life },
): void {
	const { consent } = draft.internal;
	if (!consent || !isAskedForConsent(draft, participant) || isHeard === (consent.until !== undefined)) return;
	draft.internal.consent = { ...consent, until: undefined, ...(isHeard ? timeOf(consent.text, life) : {}) };
}

/** Whoever was silent has agreed; after a server that was away nobody knows whether they were there, and they are asked anew. */
export function consentOver(draft: Conversation, life: Life): void {
	const { consent } = draft.internal;
	const lateBy = life.now.getTime() - Date.parse(consent?.until ?? "");
	if (!consent || consent.state === "refused" || !(lateBy >= 0)) return;
	const isHeard = consent.state === "given" || lateBy <= lateMs;
	draft.internal.consent = { ...consent, state: isHeard ? "given" : "asked", until: undefined };
}
