import {
	type Conversation,
	callOf,
	type DisconnectType,
	isConnected,
	isLive,
	isOutside,
	isStaff,
	type Participant,
	waitingAcd,
} from "../model.ts";
import { beginAfterCallWork } from "./after-call-work.ts";
import { stamp, type TransitionContext } from "./context.ts";
import { alertingAgent, enterQueue } from "./queueing.ts";
import { stopRecordingOf } from "./recording.ts";

/**
 * One party leaves; then whoever has nobody left to talk to is let go as well. A customer whose agent did not answer,
 * refused or was cut off by a broken connection stays and waits for another.
 */
export function leave(
	draft: Conversation,
	participant: Participant,
	why: DisconnectType,
	context: TransitionContext,
): void {
	if (!isLive(participant)) return;
	const wasAlerting = isStaff(participant) && callOf(participant).state === "alerting";
	const wasConnected = isConnected(participant);
	close(draft, participant, why, context);
	if (wasAlerting) missed(draft, participant, context);
	if (wasConnected && why === "transport.failure") requeueAfterFailure(draft, participant, context);
	settle(draft, context);
}

/** Everybody is let go. */
export function endAll(draft: Conversation, why: DisconnectType, context: TransitionContext): void {
	for (const one of draft.participants) if (isLive(one)) close(draft, one, why, context);
	settle(draft, context);
}

/** Ends one party's call, and begins their after-call work where the queue asks for it. */
export function close(
	draft: Conversation,
	participant: Participant,
	why: DisconnectType,
	context: TransitionContext,
): void {
	const call = callOf(participant);
	const hasTalked = call.connectedTime !== undefined;
	stopRecordingOf(draft, participant);
	call.state = "disconnected";
	call.disconnectType = why;
	call.disconnectedTime = stamp(context);
	call.held = false;
	call.startHoldTime = undefined;
	participant.endTime = stamp(context);
	participant.internal.alertingDeadline = undefined;
	if (participant.purpose === "agent") beginAfterCallWork(participant, hasTalked, context);
}

/** Rang in vain: an agent whom the queue had chosen becomes NOT_RESPONDING, and a transferred customer goes on waiting. */
function missed(draft: Conversation, participant: Participant, context: TransitionContext): void {
	if (waitingAcd(draft) && participant.internal.acd) participant.internal.missed = true;
	failTransfers(draft, participant);
	const queue = participant.internal.fallbackQueue;
	if (queue && !waitingAcd(draft) && hasCaller(draft)) enterQueue(draft, queue, context, draft.startTime);
}

function failTransfers(draft: Conversation, participant: Participant): void {
	for (const transfer of draft.recentTransfers) {
		const isOurs = transfer.destination.userId !== undefined && transfer.destination.userId === participant.userId;
		if (isOurs && transfer.state === "Active") transfer.state = "Failed";
	}
}

/** The agent's connection broke and no other agent is there: the customer gets another one, ahead of who came later. */
function requeueAfterFailure(draft: Conversation, lost: Participant, context: TransitionContext): void {
	const acd = draft.participants.findLast((one) => one.purpose === "acd" && one.queueId === lost.queueId);
	const queue = acd?.internal.fallbackQueue;
	const isAnyoneThere = draft.participants.some((one) => isStaff(one) && isLive(one));
	const isCustomerThere = draft.participants.some((one) => isOutside(one) && isConnected(one));
	if (!queue || waitingAcd(draft) || isAnyoneThere || !isCustomerThere) return;
	releaseHold(draft);
	enterQueue(draft, queue, context, draft.startTime);
}

export function releaseHold(draft: Conversation): void {
	for (const one of draft.participants) {
		const call = callOf(one);
		if (!isLive(one) || !call.held) continue;
		call.held = false;
		call.startHoldTime = undefined;
	}
}

/** Somebody for whom an agent is wanted. */
function hasCaller(draft: Conversation): boolean {
	const ringing = alertingAgent(draft);
	return draft.participants.some((one) => one.purpose !== "acd" && one !== ringing && isLive(one));
}

/** Lets go who has nobody to talk to, and ends the conversation when nobody is left. */
export function settle(draft: Conversation, context: TransitionContext): void {
	if (waitingAcd(draft)) {
		if (!hasCaller(draft)) closeRest(draft, context);
	} else if (draft.participants.filter(isLive).length < 2) {
		closeRest(draft, context);
	}
	if (draft.endTime || draft.participants.some(isLive)) return;
	draft.endTime = stamp(context);
	draft.internal.next = undefined;
	draft.recordingState = "NONE";
	draft.securePause = false;
	draft.internal.recordingId = undefined;
}

function closeRest(draft: Conversation, context: TransitionContext): void {
	for (const one of draft.participants) if (isLive(one)) close(draft, one, "peer", context);
}
