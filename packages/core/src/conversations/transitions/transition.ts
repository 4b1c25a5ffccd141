import type { CallFailure } from "@inlay/contract";
import {
	type Conversation,
	callOf,
	type DisconnectType,
	findParticipant,
	isLive,
	isStaff,
	maxParticipants,
	type NextStep,
	type Participant,
	type Wrapup,
} from "../model.ts";
import { illegalState, participantNotFound } from "../refusals.ts";
import { afterCallWorkTimedOut, applyWrapup, requestAfterCallWork, skipWrapup } from "./after-call-work.ts";
import { answer, dialOutside, mediaConnected } from "./connect.ts";
import type { TransitionContext } from "./context.ts";
import { requireHearing, setAside, setAttributes, setConfined, setFlagged, setHeld, setMuted } from "./controls.ts";
import { endAll, leave } from "./leave.ts";
import { type Offer, offerAgent, requireFree, ring } from "./queueing.ts";
import { setRecording, setRecordingState } from "./recording.ts";
import { keepTimeLines } from "./segments.ts";
import { replace, type TransferTarget } from "./transfer.ts";
import { endUser } from "./user-ended.ts";

/** Everything that can happen to a conversation once it exists. */
export type Command =
	| { type: "media.connected"; participantId: string }
	| { type: "answer"; participantId: string }
	| { type: "leave"; participantId: string; why: DisconnectType; failure?: CallFailure }
	| { type: "end"; why: DisconnectType }
	| { type: "offer"; offer: Offer }
	/** The user was deactivated or deleted. */
	| { type: "user.ended"; userId: string }
	/** Another call of the user takes the line. */
	| { type: "set.aside"; userId: string }
	| { type: "alerting.over"; participantId: string }
	/** The time is over, but a phone has been picked up and its sound is on the way. */
	| { type: "alerting.answered"; participantId: string }
	| { type: "control"; participantId: string; held?: boolean; muted?: boolean; confined?: boolean; recording?: boolean }
	| { type: "recording.state"; state: "ACTIVE" | "PAUSED" | "NONE" }
	| { type: "digits"; participantId: string }
	| { type: "attributes"; participantId: string; attributes: Record<string, string> }
	| { type: "flag"; participantId: string; flagged: boolean }
	| { type: "acw.request"; participantId: string; wanted: boolean }
	| { type: "wrapup"; participantId: string; wrapup: Wrapup }
	| { type: "wrapup.skip"; participantId: string }
	| { type: "acw.over"; participantId: string }
	| { type: "add"; target: Exclude<NextStep, { kind: "queue" }> }
	| { type: "replace"; participantId: string; target: TransferTarget };

/**
 * The conversation after a command; the one given stays as it is.
 * @throws ApiError 404 `conversation.error.participant.not.found`, 400 `conversation.error.invalid.state`
 */
export function transition(conversation: Conversation, command: Command, context: TransitionContext): Conversation {
	const draft = structuredClone(conversation);
	if ("participantId" in command) ofParticipant(draft, command, context);
	else ofConversation(draft, command, context);
	keepTimeLines(draft, context);
	return draft;
}

type ParticipantCommand = Extract<Command, { participantId: string }>;

function ofConversation(
	draft: Conversation,
	command: Exclude<Command, ParticipantCommand>,
	context: TransitionContext,
): void {
	switch (command.type) {
		case "end":
			endAll(draft, command.why, context);
			break;
		case "offer":
			offerAgent(draft, command.offer, context);
			break;
		case "user.ended":
			endUser(draft, command.userId, context);
			break;
		case "set.aside":
			setAside(draft, command.userId, context);
			break;
		case "recording.state":
			setRecordingState(draft, command.state);
			break;
		case "add":
			add(draft, command.target, context);
			break;
	}
}

function ofParticipant(draft: Conversation, command: ParticipantCommand, context: TransitionContext): void {
	const participant = findParticipant(draft, command.participantId);
	if (!participant) throw participantNotFound(command.participantId);
	switch (command.type) {
		case "media.connected":
			mediaConnected(draft, participant, context);
			break;
		case "answer":
			answerAlerting(draft, participant, context);
			break;
		case "leave":
			leave(draft, participant, command.why, context, command.failure);
			break;
		case "alerting.over":
			ringsInVain(draft, participant, context);
			break;
		case "alerting.answered":
			waitForSound(participant, context);
			break;
		case "control":
			control(draft, participant, command, context);
			break;
		case "digits":
			requireHearing(draft, participant);
			break;
		case "attributes":
			setAttributes(participant, command.attributes);
			break;
		case "flag":
			setFlagged(participant, command.flagged);
			break;
		case "acw.request":
			requestAfterCallWork(participant, command.wanted);
			break;
		case "wrapup":
			applyWrapup(participant, command.wrapup, context);
			break;
		case "wrapup.skip":
			skipWrapup(participant, context);
			break;
		case "acw.over":
			afterCallWorkTimedOut(participant, context);
			break;
		case "replace":
			replace(draft, participant, command.target, context);
			break;
	}
}

function answerAlerting(draft: Conversation, participant: Participant, context: TransitionContext): void {
	const { state } = callOf(participant);
	if (state === "connected") return;
	if (state !== "alerting" || !isStaff(participant))
		throw illegalState("There is nothing to answer: the call is {state}.", { state });
	answer(draft, participant, context);
}

/** The alerting time is over. Who has answered meanwhile is left alone. */
/** How long whoever has answered may wait for their sound, in ms. */
const soundSetupMs = 10_000;

/** Whoever has answered is not called somebody who has not; voice gives up earlier than this (softphone.ts). */
function waitForSound(participant: Participant, { now }: TransitionContext): void {
	if (callOf(participant).state !== "alerting") return;
	participant.internal.alertingDeadline = new Date(now.getTime() + soundSetupMs).toISOString();
}

function ringsInVain(draft: Conversation, participant: Participant, context: TransitionContext): void {
	if (callOf(participant).state === "alerting") leave(draft, participant, "transfer.noanswer", context);
}

function control(
	draft: Conversation,
	participant: Participant,
	wanted: Extract<Command, { type: "control" }>,
	context: TransitionContext,
): void {
	if (participant.purpose === "acd") throw illegalState("A queue's part has no controls.");
	if (wanted.held !== undefined) setHeld(participant, wanted.held, context);
	if (wanted.muted !== undefined) setMuted(participant, wanted.muted);
	if (wanted.confined !== undefined) setConfined(participant, wanted.confined);
	if (wanted.recording !== undefined) setRecording(draft, participant, wanted.recording, context);
}

type Added = Exclude<NextStep, { kind: "queue" }>;

function add(draft: Conversation, target: Added, context: TransitionContext): void {
	const live = draft.participants.filter(isLive);
	if (live.some((one) => isBeingCalled(one, target))) return;
	if (!live.some((one) => callOf(one).state === "connected" && one.purpose !== "acd")) {
		throw illegalState("Nobody is connected to whom a party could be added.");
	}
	if (live.length >= maxParticipants) throw illegalState("The conversation has as many parties as it may have.");
	if (target.kind === "outside") {
		dialOutside(draft, target, context);
		return;
	}
	requireFree(draft, target, context);
	ring(
		draft,
		{
			purpose: "user",
			userId: target.userId,
			name: target.name,
			divisionId: target.divisionId,
			timeoutMs: target.alertingTimeoutMs,
		},
		context,
	);
}

/** As by a second click: who is called already is not called once more. */
function isBeingCalled(participant: Participant, target: Added): boolean {
	const { state } = callOf(participant);
	if (target.kind === "user") return state === "alerting" && participant.userId === target.userId;
	return state === "dialing" && !isStaff(participant) && participant.address === target.address;
}
