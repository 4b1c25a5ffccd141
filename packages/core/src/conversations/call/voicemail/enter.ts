import type { CallFailure } from "@inlay/contract";
import {
	type Conversation,
	findParticipant,
	isLive,
	isOutside,
	isStaff,
	type Participant,
	type QueueFacts,
} from "../../model.ts";
import { connectDialing } from "../../transitions/connect.ts";
import type { Life } from "../../transitions/context.ts";
import { close } from "../../transitions/leave.ts";
import { newParty, outsideAddress, outsideParty } from "../../transitions/parties.ts";
import { alertingAgent, enterQueue, leaveQueue, placeIn } from "../../transitions/queueing.ts";
import { callOf, callParts } from "../model.ts";
import { type Mailbox, queueBehind } from "./model.ts";

/** The mailbox answers: whoever calls is spoken to, and may leave a message after the tone. */
export function toVoicemail(draft: Conversation, mailbox: Mailbox, life: Life): Participant {
	const part = newParty(
		{
			purpose: "voicemail",
			state: "connected",
			direction: "inbound",
			acd: false,
			provider: draft.internal.provider,
			name: mailbox.name,
			other: outsideAddress(draft),
			line: outsideParty(draft),
		},
		callParts,
		life,
	);
	const leadsOn = outsideParty(draft) !== undefined && leadsToQueue(draft, mailbox);
	const stage = mailbox.full ? "full" : "greeting";
	part.internal.voicemail = { mailbox, stage, take: 0, ...(leadsOn ? { leadsOn } : {}) };
	draft.participants.push(part);
	connectDialing(draft, life);
	return part;
}

/** Nobody is sent to a queue for which nobody works. */
function leadsToQueue(draft: Conversation, { straight, exitQueueId }: Mailbox): boolean {
	return straight !== "unstaffed" && (queueBehind(draft) ?? exitQueueId) !== undefined;
}

/** The caller speaks to no mailbox any more, and what they said is no message: they wait, as long as they had before. */
export function leaveMailbox(draft: Conversation, part: Participant, queue: QueueFacts, life: Life): void {
	const { voicemail } = part.internal;
	if (voicemail) voicemail.recordingId = undefined;
	close(draft, part, "transfer", life);
	enterQueue(draft, queue, life, placeIn(draft, queue));
}

/** Whoever waits in a queue waits no longer: its mailbox answers them. Who is being rung for them is rung no more. */
export function leaveForMailbox(draft: Conversation, mailbox: Mailbox, life: Life): void {
	const alerting = alertingAgent(draft);
	if (alerting) close(draft, alerting, "system", life);
	leaveQueue(draft, life);
	toVoicemail(draft, mailbox, life);
}

/**
 * A user who was called directly has not answered, has declined or is busy: their mailbox answers. A transfer, an addition
 * or a consult that reaches nobody comes back to who made it instead.
 * @returns whether it has answered
 */
export function leftToVoicemail(
	draft: Conversation,
	participant: Participant,
	{ unreached }: { unreached: CallFailure | undefined },
	life: Life,
): boolean {
	// Those who were called for somebody have not answered for them either.
	const { forwardLeg } = participant.internal;
	const { mailbox } = (forwardLeg ? findParticipant(draft, forwardLeg.partId) : participant)?.internal ?? {};
	if (!mailbox || !unreached) return false;
	const [caller, ...others] = draft.participants.filter(isLive);
	if (!caller || others.length > 0 || !isCalling(caller)) return false;
	toVoicemail(draft, mailbox, life);
	return true;
}

function isCalling(participant: Participant): boolean {
	const { state } = callOf(participant);
	if (isOutside(participant)) return state === "connected";
	return isStaff(participant) && (state === "dialing" || state === "connected");
}
