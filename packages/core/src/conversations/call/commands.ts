import type { Interruption } from "@inlay/contract";
import type { Handlers } from "../medium.ts";
import { type Conversation, isConnected, isLive, isStaff, type NextStep, type Participant } from "../model.ts";
import { illegalState } from "../refusals.ts";
import type { Life } from "../transitions/context.ts";
import { requireControls } from "../transitions/controls.ts";
import { requireElsewhere, requireFree, ring } from "../transitions/queueing.ts";
import { type ConsentCommand, consentAnswered, consentHeard, consentOver, consentPressed } from "./consent.ts";
import { type ConsultCommand, consultCommands } from "./consult/commands.ts";
import { conferenceIsFull } from "./consult/refusals.ts";
import { type ForwardingCommand, forwardingCommands } from "./forwarding/commands.ts";
import { callOf } from "./model.ts";
import { dialOutside, mediaConnected } from "./transitions/connect.ts";
import { requireHearing, setAside, setConfined, setMuted } from "./transitions/controls.ts";
import { setInterrupted } from "./transitions/interruption.ts";
import { recordingFailed, resumeInTime, setRecording, setRecordingState } from "./transitions/recording.ts";
import { type VoicemailCommand, voicemailCommands } from "./voicemail/commands.ts";

/** What can happen to a call only. */
export type CallCommand =
	| ConsultCommand
	| ForwardingCommand
	| VoicemailCommand
	| { type: "media.connected"; participantId: string }
	/** Nothing comes from the party, who talks by the document; absent: they are back. */
	| { type: "interrupted"; participantId: string; why?: Interruption }
	/** Another call of the user takes the line. */
	| { type: "set.aside"; userId: string }
	/** The time is over, but a phone has been picked up and its sound is on the way. */
	| { type: "alerting.answered"; participantId: string }
	| {
			type: "control";
			participantId: string;
			muted?: boolean;
			confined?: boolean;
			recording?: boolean;
			by?: string | undefined;
	  }
	/** `userId`: who asks, whose pause it is. */
	| { type: "recording.state"; state: "ACTIVE" | "PAUSED" | "NONE"; userId?: string }
	/** The time of a pause is over. */
	| { type: "recording.resume" }
	| { type: "recording.failed" }
	| ConsentCommand
	| { type: "digits"; participantId: string }
	/** `by`: the user who asks them in. */
	| { type: "add"; target: Added; by?: string };

export const callCommands: Handlers<CallCommand> = {
	"media.connected": (draft, { participant, life }) => mediaConnected(draft, participant, life),
	interrupted: (_draft, { participant, why }) => setInterrupted(participant, why),
	"set.aside": (draft, { userId, life }) => setAside(draft, userId, life),
	"alerting.answered": (_draft, { participant, life }) => waitForSound(participant, life),
	control,
	"recording.state": setRecordingState,
	"recording.resume": (draft, { life }) => resumeInTime(draft, life),
	"recording.failed": recordingFailed,
	"consent.pressed": (draft, { participant, digit, life }) => consentPressed(draft, participant, { digit, life }),
	"consent.answered": (draft, { participant, answer, life }) => consentAnswered(draft, participant, { answer, life }),
	"consent.heard": (draft, { participant, isHeard, life }) => consentHeard(draft, participant, { isHeard, life }),
	"consent.over": (draft, { life }) => consentOver(draft, life),
	digits: (draft, { participant }) => requireHearing(draft, participant),
	add: (draft, { target, by, life }) => add(draft, target, by, life),
	...consultCommands,
	...forwardingCommands,
	...voicemailCommands,
};

/** How long whoever has answered may wait for their sound, in ms. */
const soundSetupMs = 10_000;

/** Whoever has answered is not called somebody who has not; voice gives up earlier than this (softphone.ts). */
function waitForSound(participant: Participant, { now }: Life): void {
	if (callOf(participant).state !== "alerting") return;
	participant.internal.alertingDeadline = new Date(now.getTime() + soundSetupMs).toISOString();
}

function control(
	draft: Conversation,
	{ participant, muted, confined, recording, by, life }: Parameters<Handlers<CallCommand>["control"]>[1],
): void {
	requireControls(participant);
	if (muted === false) requireTheirs(participant, by);
	if (muted !== undefined) setMuted(participant, muted, by);
	if (confined !== undefined) setConfined(participant, confined);
	if (recording !== undefined) setRecording(draft, participant, recording, life);
}

/** A colleague who has muted themselves speaks again when they want to. */
function requireTheirs(participant: Participant, by: string | undefined): void {
	const { mutedBy = participant.userId } = participant.internal;
	if (!isStaff(participant) || by === undefined || by === participant.userId || mutedBy !== participant.userId) return;
	if (callOf(participant).muted) throw illegalState("They have muted themselves: only they can end that.");
}

type Added = Exclude<NextStep, { kind: "queue" | "voicemail" | "group" }>;

function add(draft: Conversation, target: Added, by: string | undefined, context: Life): void {
	const live = draft.participants.filter(isLive);
	if (live.some((one) => isBeingCalled(one, target))) return;
	if (!live.some((one) => callOf(one).state === "connected" && one.purpose !== "acd")) {
		throw illegalState("Nobody is connected to whom a party could be added.");
	}
	if (live.filter((one) => one.purpose !== "acd").length >= draft.maxParticipants)
		throw conferenceIsFull(draft.maxParticipants);
	if (target.kind === "outside") {
		requireElsewhere(draft, target);
		dialOutside(draft, target, context);
		return;
	}
	requireFree(draft, target, context);
	const added = ring(
		draft,
		{
			purpose: "user",
			userId: target.userId,
			name: target.name,
			divisionId: target.divisionId,
			timeoutMs: target.alertingTimeoutMs,
			...(target.forwarding ? { forwarding: target.forwarding } : {}),
		},
		context,
	);
	const asker = live.find((one) => by !== undefined && one.userId === by);
	if (asker) callOf(added).inlayAddedBy = asker.id;
}

/** As by a second click: who is called already is not called once more. */
function isBeingCalled(participant: Participant, target: Added): boolean {
	const { state } = callOf(participant);
	if (target.kind === "user")
		return participant.internal.forwardLeg?.userId === target.userId
			? !isConnected(participant)
			: state === "alerting" && participant.userId === target.userId;
	return state === "dialing" && !isStaff(participant) && participant.address === target.address;
}
