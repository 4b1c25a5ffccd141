import {
	type Conversation,
	communicationOf,
	findParticipant,
	isConnected,
	isLive,
	isOutside,
	isStaff,
	isUnheard,
	type Participant,
	type Transfer,
} from "../../model.ts";
import type { TransitionContext } from "../../transitions/context.ts";
import { hold } from "../../transitions/controls.ts";

/** Whom the consulting agent talks to: the one who is consulted, the customer, or both (`ConsultTransfer.speakTo`). */
export type Hearing = "DESTINATION" | "OBJECT" | "BOTH";

/** `CONFERENCE`: both, and nothing is left to be transferred. */
export type SpeakTo = Hearing | "CONFERENCE";

/**
 * An agent asks somebody about a customer, who may be handed over to them (agent-features 2). It lasts as long as the
 * agent's part: an agent who leaves hands over, and what is left is a call, or a blind transfer, like any other.
 */
export interface Consult {
	/** Its entry in `recentTransfers`. */
	transferId: string;
	initiatorId: string;
	/** The customer: the party that the platform's operations name. */
	objectId: string;
	/** Who is consulted; a queue's part as long as nobody of it has answered. */
	destinationId: string;
	/** `failed`: nobody was reached, or they have left, and the customer is still on hold. */
	stage: "ringing" | "talking" | "failed";
	speakTo: Hearing;
	/** How long it rings once the agent has hung up, ms. */
	unattendedMs: number;
}

/** The consult that goes on, or has failed and left somebody on hold. */
export function consultOf(conversation: Conversation): Consult | undefined {
	return conversation.internal.consult;
}

/** The consult in which somebody rings or talks. */
export function openConsult(conversation: Conversation): Consult | undefined {
	const consult = consultOf(conversation);
	return consult?.stage === "failed" ? undefined : consult;
}

export function transferOf(conversation: Conversation, { transferId }: Consult): Transfer | undefined {
	return conversation.recentTransfers.find((one) => one.id === transferId);
}

/** The queue of the one who is consulted has rung, or found, this agent. */
export function isOfDestination(conversation: Conversation, consult: Consult, participant: Participant): boolean {
	if (participant.id === consult.destinationId) return true;
	const destination = findParticipant(conversation, consult.destinationId);
	const forwardedFrom = destination?.internal.forwardLeg?.partId;
	if (forwardedFrom && participant.internal.forwardLeg?.partId === forwardedFrom) return true;
	return (
		destination?.purpose === "acd" &&
		participant.purpose === "agent" &&
		participant.queueId === destination.queueId &&
		communicationOf(participant).transferSource === consult.initiatorId
	);
}

/** Staff who are asked, or rung to be asked: the customer is not theirs until they are handed over. */
export function consultedStaff(conversation: Conversation): Participant[] {
	const consult = openConsult(conversation);
	if (!consult) return [];
	return conversation.participants.filter(
		(one) => isStaff(one) && isLive(one) && isOfDestination(conversation, consult, one),
	);
}

/** Everybody whom the agent talked with when the consult began: on the customer's side of it. */
export function objectSide(conversation: Conversation, consult: Consult): Participant[] {
	return conversation.participants.filter(
		(one) =>
			isLive(one) &&
			one.purpose !== "acd" &&
			one.id !== consult.initiatorId &&
			!isOfDestination(conversation, consult, one),
	);
}

/**
 * Takes a party's sound, or gives it back. Those outside are on hold; a user's own hold stays theirs, as they may have
 * another call on the line.
 */
export function setUnheard(participant: Participant, unheard: boolean, context: TransitionContext): void {
	if (!isConnected(participant)) return;
	if (isOutside(participant)) hold(participant, unheard, context);
	else setUnspoken(participant, unheard);
}

/** A colleague whom the moderator has put on hold stays so, whatever a consult asks for: it has not been the one who said so. */
function setUnspoken(participant: Participant, unheard: boolean): void {
	participant.internal.unheard = unheard || isSilenced(participant) || undefined;
}

/** Whom the moderator has put on hold, and nobody but them takes back. */
export function isSilenced({ internal }: Participant): boolean {
	return internal.heldBy !== undefined;
}

/** Unheard for the consult's sake: it gives them back their sound. */
export function isApart(participant: Participant): boolean {
	return isUnheard(participant) && !(isStaff(participant) && isSilenced(participant));
}

/** Whoever says whom they talk to is there: a hold that they had put on before, or another call had, is over. */
export function returnToTalk(initiator: Participant | undefined, context: TransitionContext): void {
	if (initiator && isLive(initiator)) hold(initiator, false, context);
}

/** Everybody hears everybody. */
export function joinAll(conversation: Conversation, context: TransitionContext): void {
	for (const one of conversation.participants) if (isLive(one)) setUnheard(one, false, context);
}

/** Who hears whom by what the agent chose. Whoever answers meanwhile is put where they belong. */
export function separate(conversation: Conversation, consult: Consult, context: TransitionContext): void {
	const { speakTo, stage } = consult;
	const isAway = speakTo === "DESTINATION" || (speakTo === "BOTH" && stage === "ringing");
	for (const one of objectSide(conversation, consult)) setUnheard(one, isAway, context);
	const destination = findParticipant(conversation, consult.destinationId);
	if (destination && isLive(destination) && destination.purpose !== "acd")
		setUnheard(destination, speakTo === "OBJECT", context);
}

/** The consult is over, whatever came of it. */
export function closeConsult(
	conversation: Conversation,
	consult: Consult,
	state: "Complete" | "Canceled" | undefined,
): void {
	const transfer = transferOf(conversation, consult);
	if (transfer && state) transfer.state = state;
	for (const one of conversation.participants) if (isStaff(one)) setUnspoken(one, false);
	const initiator = findParticipant(conversation, consult.initiatorId);
	if (initiator && state !== "Complete") initiator.consultParticipantId = undefined;
	conversation.internal.consult = undefined;
}

/** Without the customer: what is said then is no part of the recorded call (agent-features 2, `recordConsult`). */
export function isPrivate(conversation: Conversation): boolean {
	const consult = openConsult(conversation);
	return consult !== undefined && objectSide(conversation, consult).every(isUnheard);
}
