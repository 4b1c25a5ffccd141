import type { CallFailure } from "@inlay/contract";
import type { DisconnectType } from "../communication.ts";
import { disconnectTypeOf, failureOfRinging, noteFailure } from "../failures.ts";
import {
	type Conversation,
	communicationOf,
	isConnected,
	isLive,
	isOutside,
	isStaff,
	type Participant,
	placeOf,
	waitingAcd,
} from "../model.ts";
import { beginAfterCallWork } from "./after-call-work.ts";
import { type Life, stamp } from "./context.ts";
import { hold, noteSilencing, silence, silencedBy } from "./controls.ts";
import { enterQueue, placeIn } from "./queueing.ts";
import { bringBack, isSomebodyAlone } from "./return-call.ts";

/**
 * One party leaves; then whoever has nobody left to talk to is let go as well. A customer whose agent did not answer,
 * refused or was cut off by a broken connection stays and waits for another; one whose transfer reached nobody comes back.
 * @param failure why somebody who was called was not reached, where that is known better than by `why`
 */
export function leave(
	draft: Conversation,
	participant: Participant,
	why: DisconnectType,
	context: Life,
	failure?: CallFailure,
): void {
	if (!isLive(participant)) return;
	const wasAlerting = isRung(participant);
	const wasConnected = isConnected(participant);
	const unreached = wasCalled(participant) ? (failure ?? failureOf(why, wasAlerting)) : undefined;
	close(draft, participant, failure && unreached ? disconnectTypeOf(failure) : why, context);
	if (unreached && isOutside(participant)) noteFailure(communicationOf(participant), unreached);
	const isLost = wasConnected && goneForGood.has(why);
	const isSeenTo = context.mediumOf(draft).left?.(draft, participant, { unreached, isLost }, context);
	if (!isSeenTo && !wasConnected) unanswered(draft, participant, wasAlerting, context);
	if (!isSeenTo && isLost) requeueAfterFailure(draft, participant, context);
	settle(draft, context, unreached);
}

/** The agent did not hang up: their connection broke, or their session ended while they talked. */
const goneForGood: ReadonlySet<DisconnectType> = new Set(["transport.failure", "session.expired"]);

/** Somebody called this party, who has not answered yet. */
function wasCalled(participant: Participant): boolean {
	return (isOutside(participant) && communicationOf(participant).state === "dialing") || isRung(participant);
}

function isRung(participant: Participant): boolean {
	const isOurs = isStaff(participant) || participant.purpose === "group";
	return isOurs && communicationOf(participant).state === "alerting";
}

/** A far end that is let go by us (`client`, `peer`, …) did not fail. */
function failureOf(why: DisconnectType, wasAlerting: boolean): CallFailure | undefined {
	if (wasAlerting) return failureOfRinging(why);
	if (why === "transfer.noanswer") return "noAnswer";
	return why === "error" || why === "transport.failure" ? "unreachable" : undefined;
}

/** Everybody is let go. */
export function endAll(draft: Conversation, why: DisconnectType, context: Life): void {
	for (const one of draft.participants) if (isLive(one)) close(draft, one, why, context);
	settle(draft, context);
}

/** Ends one party's call, and begins their after-call work where the queue asks for it. */
export function close(draft: Conversation, participant: Participant, why: DisconnectType, context: Life): void {
	const call = communicationOf(participant);
	const hasTalked = call.connectedTime !== undefined;
	context.mediumOf(draft).closing?.(draft, participant, context);
	call.state = "disconnected";
	call.disconnectType = why;
	call.disconnectedTime = stamp(context);
	call.held = false;
	call.startHoldTime = undefined;
	participant.endTime = stamp(context);
	participant.internal.alertingDeadline = undefined;
	if (participant.purpose === "agent") beginAfterCallWork(participant, hasTalked, context);
	releaseHoldOf(draft, participant, context);
}

/**
 * Whom somebody has put on hold is off hold once they have left: who stays may not know why, or how to end it (agent-features 2,
 * "nobody may remain held when the last one who could release him left").
 */
function releaseHoldOf(draft: Conversation, leaver: Participant, context: Life): void {
	for (const one of silencedBy(draft, leaver, "heldBy")) {
		if (isStaff(one)) silence(one, false);
		else hold(one, false, context);
	}
}

/** Called in vain: an agent whom the queue had chosen becomes NOT_RESPONDING, and who was transferred goes on waiting. */
function unanswered(draft: Conversation, participant: Participant, wasAlerting: boolean, context: Life): void {
	if (wasAlerting && waitingAcd(draft) && participant.internal.acd) participant.internal.missed = true;
	failTransfers(draft, participant);
	const queue = participant.internal.fallbackQueue;
	if (participant.purpose === "acd" || !isSomebodyAlone(draft)) return;
	if (queue) enterQueue(draft, queue, context, placeIn(draft, queue));
	else bringBack(draft, participant, context);
}

function failTransfers(draft: Conversation, { userId, address }: Participant): void {
	for (const transfer of draft.recentTransfers) {
		const { destination } = transfer;
		const isOurs = destination.userId ? destination.userId === userId : destination.address === address;
		if (isOurs && transfer.state === "Active") transfer.state = "Failed";
	}
}

/** The agent has gone and no other agent is there: the customer gets another one, ahead of who came later. */
function requeueAfterFailure(draft: Conversation, lost: Participant, context: Life): void {
	const acd = draft.participants.findLast((one) => one.purpose === "acd" && one.queueId === lost.queueId);
	const queue = acd?.internal.fallbackQueue;
	const isAnyoneThere = draft.participants.some((one) => isStaff(one) && isLive(one));
	const isCustomerThere = draft.participants.some((one) => isOutside(one) && isConnected(one));
	if (!queue || waitingAcd(draft) || isAnyoneThere || !isCustomerThere) return;
	releaseHold(draft);
	enterQueue(draft, queue, context, placeOf(draft));
}

/** Those outside are off hold. Users hold their own part, and may have another call on the line. */
export function releaseHold(draft: Conversation): void {
	for (const one of draft.participants) {
		const call = communicationOf(one);
		if (!isLive(one) || !isOutside(one) || !call.held) continue;
		call.held = false;
		call.startHoldTime = undefined;
		noteSilencing(one, "heldBy", undefined);
	}
}

/** Somebody who talks, waits or calls: not one who is only being called. */
function isThere(participant: Participant): boolean {
	const { state } = communicationOf(participant);
	if (!isLive(participant) || participant.purpose === "acd") return false;
	return isOutside(participant) ? state !== "dialing" : state !== "alerting";
}

/**
 * Lets go who has nobody to talk to, and ends the conversation when nobody is left.
 * @param failure why whom they wanted was not reached
 */
export function settle(draft: Conversation, context: Life, failure?: CallFailure): void {
	const isAlone = !waitingAcd(draft) && draft.participants.filter(isLive).length < 2;
	if (isAlone || !draft.participants.some(isThere)) closeRest(draft, context, failure);
	if (draft.endTime || draft.participants.some(isLive)) return;
	draft.endTime = stamp(context);
	draft.internal.next = undefined;
	context.mediumOf(draft).ended?.(draft);
}

function closeRest(draft: Conversation, context: Life, failure?: CallFailure): void {
	for (const one of draft.participants) {
		if (!isLive(one)) continue;
		const hasTalked = communicationOf(one).connectedTime !== undefined;
		close(draft, one, failure && hasTalked && isOutside(one) ? disconnectTypeOf(failure) : "peer", context);
		if (failure && !hasTalked) noteFailure(communicationOf(one), failure);
	}
}
