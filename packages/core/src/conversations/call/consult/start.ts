import { isDeepStrictEqual } from "node:util";
import {
	type Conversation,
	communicationOf,
	isConnected,
	isLive,
	isOutside,
	isStaff,
	livePartOf,
	type Participant,
	waitingAcd,
} from "../../model.ts";
import { illegalState } from "../../refusals.ts";
import { type Life, stamp } from "../../transitions/context.ts";
import { enterQueue, requireElsewhere, ring } from "../../transitions/queueing.ts";
import { destinationOf, type TransferTarget } from "../../transitions/transfer.ts";
import { callRulesOf } from "../rules/model.ts";
import { dialOutside } from "../transitions/connect.ts";
import {
	type Consult,
	closeConsult,
	consultOf,
	isSilenced,
	objectSide,
	openConsult,
	returnToTalk,
	type SpeakTo,
	separate,
	transferOf,
} from "./model.ts";
import { conferenceIsFull, consultedIsBusy, consultGoesOn, heldByModerator, noInitiator } from "./refusals.ts";

export interface ConsultWish {
	/** Who consults. */
	userId: string;
	target: Exclude<TransferTarget, { kind: "voicemail" }>;
	speakTo: SpeakTo;
}

/** The customer goes on hold, and then the one who is consulted is called (agent-features 2, `starting`). */
export function startConsult(draft: Conversation, object: Participant, wish: ConsultWish, life: Life): void {
	if (isUnderWay(draft, object, wish)) return;
	if (openConsult(draft)) throw consultGoesOn();
	const initiator = livePartOf(draft, wish.userId);
	if (!initiator || !isConnected(initiator)) throw noInitiator();
	if (isSilenced(initiator)) throw heldByModerator();
	requireObject(draft, object, initiator);
	requireRoom(draft, wish, life);
	const failed = consultOf(draft);
	if (failed) closeConsult(draft, failed, undefined);
	// "If hold fails nothing is dialled": nobody is called before the customer hears music.
	const held = holdForConsult(draft, initiator, object, wish, life);
	separate(draft, held, life);
	keepHoldTime(draft, held, initiator);
	// Whoever has put the customer on hold first speaks to the one who is asked; the customer hears music either way.
	returnToTalk(initiator, life);
	const destination = call(draft, initiator, wish, life);
	held.destinationId = destination.id;
	for (const one of [initiator, destination]) one.consultParticipantId = object.id;
	communicationOf(destination).transferSource = initiator.id;
	draft.recentTransfers.push({
		id: held.transferId,
		state: "Pending",
		dateIssued: stamp(life),
		initiator: { userId: wish.userId },
		destination: destinationOf(wish.target),
		transferType: "Attended",
	});
}

/** As by a second click. */
function isUnderWay(draft: Conversation, object: Participant, { userId, target }: ConsultWish): boolean {
	const consult = openConsult(draft);
	const transfer = consult && transferOf(draft, consult);
	if (consult?.objectId !== object.id || transfer?.initiator.userId !== userId) return false;
	return isDeepStrictEqual(transfer.destination, destinationOf(target));
}

function holdForConsult(
	draft: Conversation,
	initiator: Participant,
	object: Participant,
	{ speakTo }: ConsultWish,
	life: Life,
) {
	draft.internal.consult = {
		transferId: life.newId(),
		initiatorId: initiator.id,
		objectId: object.id,
		destinationId: "",
		stage: "ringing",
		speakTo: speakTo === "CONFERENCE" ? "BOTH" : speakTo,
		unattendedMs: callRulesOf(life).unattendedRingSeconds * 1000,
	};
	return draft.internal.consult;
}

/** Who was on hold by the agent's own button has waited since then, and not since the consult. */
function keepHoldTime(draft: Conversation, consult: Consult, initiator: Participant): void {
	const { held, startHoldTime } = communicationOf(initiator);
	if (!held || !startHoldTime) return;
	for (const one of objectSide(draft, consult)) {
		const call = communicationOf(one);
		if (isOutside(one) && call.held && (call.startHoldTime ?? "") > startHoldTime) call.startHoldTime = startHoldTime;
	}
}

function requireObject(draft: Conversation, object: Participant, initiator: Participant): void {
	if (object === initiator || object.purpose === "acd")
		throw illegalState("Name the party that is consulted about: the customer, not one's own part.");
	if (!isConnected(object)) throw illegalState("Nobody can be consulted about a party who is not connected.");
	if (waitingAcd(draft)) throw illegalState("The conversation waits for an agent already.");
}

function requireRoom(draft: Conversation, { target }: ConsultWish, life: Life): void {
	if (draft.participants.filter((one) => isLive(one) && one.purpose !== "acd").length >= draft.maxParticipants)
		throw conferenceIsFull(draft.maxParticipants);
	if (target.kind === "outside") requireElsewhere(draft, target);
	if (target.kind !== "user") return;
	if (livePartOf(draft, target.userId))
		throw illegalState("{name} is in the conversation already.", { name: target.name || target.userId });
	if (!target.forwarding && life.isRinging?.(target.userId)) throw consultedIsBusy(target.name || target.userId);
}

function call(draft: Conversation, initiator: Participant, { target }: ConsultWish, life: Life): Participant {
	const ringMs = callRulesOf(life).consultRingSeconds * 1000;
	if (target.kind === "queue") return enterQueue(draft, target.queue, life);
	if (target.kind === "user") return ring(draft, { ...target, purpose: "user", timeoutMs: ringMs }, life);
	const party = dialOutside(draft, { ...target, purpose: "external" }, life);
	party.internal.alertingDeadline = new Date(life.now.getTime() + ringMs).toISOString();
	if (isStaff(initiator) && initiator.ani) party.ani = initiator.ani;
	return party;
}
