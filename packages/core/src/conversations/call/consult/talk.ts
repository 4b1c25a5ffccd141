import { type Conversation, findParticipant, isConnected, isLive, type Participant } from "../../model.ts";
import { illegalState, notInvolved } from "../../refusals.ts";
import type { Life } from "../../transitions/context.ts";
import { close } from "../../transitions/leave.ts";
import {
	type Consult,
	closeConsult,
	consultOf,
	isOfDestination,
	joinAll,
	returnToTalk,
	type SpeakTo,
	separate,
} from "./model.ts";
import { noConsult } from "./refusals.ts";

/** The agent says whom they talk to. @param userId who says so; undefined for the server itself */
export function speakTo(
	draft: Conversation,
	object: Participant,
	{ speakTo, userId }: { speakTo: SpeakTo; userId?: string | undefined },
	life: Life,
): void {
	const consult = requireConsult(draft, object, userId);
	returnToTalk(findParticipant(draft, consult.initiatorId), life);
	if (consult.stage === "failed") {
		if (speakTo !== "OBJECT") throw noConsult(object.id);
		takeBack(draft, consult, life);
		return;
	}
	if (speakTo === "CONFERENCE") {
		makeConference(draft, consult, life);
		return;
	}
	consult.speakTo = speakTo;
	separate(draft, consult, life);
}

/** The agent is with the customer again, and the one who was consulted is let go. */
export function cancelConsult(draft: Conversation, object: Participant, userId: string | undefined, life: Life): void {
	const consult = requireConsult(draft, object, userId);
	returnToTalk(findParticipant(draft, consult.initiatorId), life);
	if (consult.stage !== "failed") dismiss(draft, consult, life);
	takeBack(draft, consult, life);
}

/** Lets go whoever was consulted, or was being called for it. */
export function dismiss(draft: Conversation, consult: Consult, life: Life): void {
	const called = draft.participants.filter((one) => isLive(one) && isOfDestination(draft, consult, one));
	// Whom it still rings for has missed nobody: the customer has not hung up.
	for (const one of called) close(draft, one, isConnected(one) ? "peer" : "transfer.consult", life);
}

function takeBack(draft: Conversation, consult: Consult, life: Life): void {
	joinAll(draft, life);
	closeConsult(draft, consult, consult.stage === "failed" ? undefined : "Canceled");
}

/** All stay in the call, and nobody is to be handed over (`CONFERENCE`, platform-api 5.4). */
function makeConference(draft: Conversation, consult: Consult, life: Life): void {
	const destination = findParticipant(draft, consult.destinationId);
	if (!destination || !isConnected(destination))
		throw illegalState("It can become a conference once the other one has answered.");
	destination.consultParticipantId = undefined;
	joinAll(draft, life);
	closeConsult(draft, consult, "Canceled");
}

/** @throws ApiError 404 where nobody is consulted about the party, 403 for whoever did not begin it */
function requireConsult(draft: Conversation, object: Participant, userId: string | undefined): Consult {
	const consult = consultOf(draft);
	if (!consult || consult.objectId !== object.id) throw noConsult(object.id);
	const initiator = findParticipant(draft, consult.initiatorId);
	if (userId !== undefined && initiator?.userId !== userId) throw notInvolved(draft.id);
	return consult;
}
