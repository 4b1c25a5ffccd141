import { noteFailure } from "../../failures.ts";
import type { Left } from "../../medium.ts";
import { type Conversation, communicationOf, findParticipant, isLive, type Participant } from "../../model.ts";
import type { Life } from "../../transitions/context.ts";
import { workForQueue } from "../../transitions/parties.ts";
import { enterQueue, placeIn, queueWorkedFor } from "../../transitions/queueing.ts";
import { stopOwnRecordings } from "../transitions/recording.ts";
import { type Consult, closeConsult, consultOf, isOfDestination, joinAll, objectSide, transferOf } from "./model.ts";
import { dismiss } from "./talk.ts";

/** Ahead of who came later, and of who has lost nobody (agent-features 2, "agent's browser dies"). */
const lostPriority = 10;

/**
 * A party has left a call in which somebody is consulted, or was in vain.
 * @returns whether that has been seen to, so that nothing else follows from it
 */
export function leftConsult(draft: Conversation, participant: Participant, left: Left, life: Life): boolean {
	const consult = consultOf(draft);
	if (!consult) return false;
	if (participant.id === consult.initiatorId) return initiatorLeft(draft, participant, consult, left, life);
	if (isOfDestination(draft, consult, participant)) return destinationLeft(draft, participant, consult, left);
	if (objectSide(draft, consult).length === 0) customerLeft(draft, consult, life);
	return false;
}

/** Whoever hangs up while they consult hands over (agent-features 2). */
function initiatorLeft(draft: Conversation, initiator: Participant, consult: Consult, left: Left, life: Life): boolean {
	const { isLost } = left;
	if (consult.stage === "failed") {
		// Who talks on with the customer has no consult to end.
		joinAll(draft, life);
		closeConsult(draft, consult, undefined);
		return false;
	}
	const destination = findParticipant(draft, consult.destinationId);
	const queue = queueWorkedFor(draft, initiator);
	if (destination && consult.stage === "talking") complete(draft, initiator, destination, consult, life);
	else if (isLost && queue) {
		dismiss(draft, consult, life);
		joinAll(draft, life);
		closeConsult(draft, consult, "Canceled");
		draft.internal.priority += lostPriority;
		enterQueue(draft, queue, life, placeIn(draft, queue));
	} else goOnUnattended(draft, initiator, consult, life);
	return true;
}

function complete(
	draft: Conversation,
	initiator: Participant,
	destination: Participant,
	consult: Consult,
	life: Life,
): void {
	communicationOf(initiator).disconnectType = "transfer.consult";
	joinAll(draft, life);
	takeOver(draft, initiator, destination);
	closeConsult(draft, consult, "Complete");
}

/** Who takes a queue's customer over works for that queue, unless another one sent them. */
function takeOver(draft: Conversation, initiator: Participant, destination: Participant): void {
	const queue = queueWorkedFor(draft, initiator);
	if (destination.purpose === "user" && queue) workForQueue(destination, queue);
}

/** What is left is a blind transfer: the customer hears music while it rings, and comes back when nobody answers. */
function goOnUnattended(draft: Conversation, initiator: Participant, consult: Consult, life: Life): void {
	const transfer = transferOf(draft, consult);
	const destination = findParticipant(draft, consult.destinationId);
	communicationOf(initiator).disconnectType = "transfer.consult";
	joinAll(draft, life);
	closeConsult(draft, consult, undefined);
	if (!transfer || !destination) return;
	transfer.transferType = "Unattended";
	// A queue takes over at once; a person has yet to answer.
	transfer.state = destination.purpose === "acd" ? "Complete" : "Active";
	if (destination.purpose === "acd") return;
	takeOver(draft, initiator, destination);
	const queue = queueWorkedFor(draft, initiator);
	if (queue) destination.internal.fallbackQueue = queue;
	destination.internal.alertingDeadline = new Date(life.now.getTime() + consult.unattendedMs).toISOString();
}

/** The customer stays on hold: the agent may be talking to somebody in the room. */
function destinationLeft(draft: Conversation, participant: Participant, consult: Consult, left: Left): boolean {
	const queue = findParticipant(draft, consult.destinationId);
	// An agent of the queue did not answer: the next one is rung.
	if (queue?.purpose === "acd" && isLive(queue) && participant.id !== queue.id) return false;
	const transfer = transferOf(draft, consult);
	if (transfer) transfer.state = consult.stage === "talking" ? "Canceled" : "Failed";
	if (left.unreached) noteFailure(communicationOf(participant), left.unreached);
	consult.stage = "failed";
	return true;
}

/** The others go on as a call of two: what colleagues say to each other is no part of what was recorded of the customer's call. */
function customerLeft(draft: Conversation, consult: Consult, life: Life): void {
	joinAll(draft, life);
	stopOwnRecordings(draft);
	closeConsult(draft, consult, consult.stage === "failed" ? undefined : "Canceled");
}
