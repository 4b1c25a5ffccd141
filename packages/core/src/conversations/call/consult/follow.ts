import {
	type Conversation,
	communicationOf,
	findParticipant,
	isConnected,
	isLive,
	isOutside,
	isStaff,
	talkersOf,
} from "../../model.ts";
import type { Life } from "../../transitions/context.ts";
import { silence } from "../../transitions/controls.ts";
import { releaseHold } from "../../transitions/leave.ts";
import { setMuted } from "../transitions/controls.ts";
import {
	type Consult,
	closeConsult,
	consultOf,
	isApart,
	isOfDestination,
	objectSide,
	separate,
	transferOf,
} from "./model.ts";

/** Brings a consult up to what has happened to its parties, and lets nobody be held whom nobody could take back. */
export function followParties(draft: Conversation, life: Life): void {
	const consult = consultOf(draft);
	if (consult) followConsult(draft, consult, life);
	if (!consultOf(draft)) releaseColleagues(draft);
	if (!draft.participants.some((one) => isStaff(one) && isLive(one) && communicationOf(one).state !== "alerting"))
		releaseAll(draft);
}

/** Nobody moderates a talk of two, whoever else rings, so that nobody could take a colleague's silence back. */
function releaseColleagues(draft: Conversation): void {
	if (talkersOf(draft).length > 2) return;
	for (const one of draft.participants) if (one.internal.unheard) silence(one, false);
}

function releaseAll(draft: Conversation): void {
	releaseHold(draft);
	for (const one of draft.participants) if (isOutside(one) && isConnected(one)) setMuted(one, false);
}

function followConsult(draft: Conversation, consult: Consult, life: Life): void {
	const initiator = findParticipant(draft, consult.initiatorId);
	if (!initiator || !isLive(initiator)) {
		closeConsult(draft, consult, consult.stage === "failed" ? undefined : "Canceled");
		return;
	}
	if (consult.stage === "failed") {
		if (!objectSide(draft, consult).some(isApart)) closeConsult(draft, consult, undefined);
		return;
	}
	markRung(draft, consult);
	if (consult.stage === "ringing") beginTalk(draft, consult);
	separate(draft, consult, life);
}

/** An agent of the queue is rung for a consult: it stands with them who is asked about, and by whom. */
function markRung(draft: Conversation, consult: Consult): void {
	const queue = findParticipant(draft, consult.destinationId);
	if (queue?.purpose !== "acd") return;
	const rung = draft.participants.filter(
		(one) => one.purpose === "agent" && one.queueId === queue.queueId && communicationOf(one).state === "alerting",
	);
	for (const one of rung) {
		one.consultParticipantId = consult.objectId;
		communicationOf(one).transferSource = consult.initiatorId;
	}
}

function beginTalk(draft: Conversation, consult: Consult): void {
	const reached = draft.participants.find(
		(one) => one.purpose !== "acd" && isConnected(one) && isOfDestination(draft, consult, one),
	);
	if (!reached) return;
	consult.stage = "talking";
	consult.destinationId = reached.id;
	const transfer = transferOf(draft, consult);
	if (transfer) transfer.state = "Active";
}
