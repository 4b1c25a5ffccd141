import { isAskedForConsent } from "../conversations/call/consent.ts";
import { isPrivate, openConsult } from "../conversations/call/consult/model.ts";
import { isAskedToTake } from "../conversations/call/forwarding/model.ts";
import { callOf } from "../conversations/call/model.ts";
import { isOnHold, recordingsIn } from "../conversations/call/transitions/recording.ts";
import { isAnsweredAtOnce } from "../conversations/campaign/model.ts";
import {
	type Conversation,
	isConnected,
	isLive,
	isOutside,
	isStaff,
	isUnheard,
	type Participant,
	waitingAcd,
} from "../conversations/model.ts";
import type { LegMode, Mark } from "./media-engine.ts";

/** What a party's phone should be doing. */
export type PartyWish = "none" | "ring" | "media";

export interface PartyPlan {
	participantId: string;
	wish: PartyWish;
	/** Is heard though they have not answered. */
	early: boolean;
	/** How the leg takes part once it is there. */
	mode: LegMode;
}

export interface MediaPlan {
	parties: Map<string, PartyPlan>;
	recording: RecordingPlan;
	/** What is said is turned into text just now. */
	isTranscribed: boolean;
}

export interface RecordingPlan {
	/** What is being recorded, each into files of its own. */
	running: ReadonlyArray<{ id: string; message?: boolean; paused?: boolean; mark?: Mark; beepMs?: number }>;
	/** Silence is written, but for a message to a mailbox. */
	paused: boolean;
	/** How the stretch that begins is marked. */
	mark: Mark;
}

/** Ids of participants whose sound is interrupted. */
export type Interrupted = ReadonlySet<string>;

const nobody: Interrupted = new Set();

/**
 * What the media of a conversation should be like, read off its document.
 * @param interrupted who talks by the document and is not there: whoever has nobody else to talk to hears music
 * @param early who has not answered and is heard all the same: whoever has called them needs no ringing of ours
 * @param told what whoever waits in a queue hears in between, as far as this process knows it (`QueuePlaces`)
 */
export function planMedia(
	conversation: Conversation,
	interrupted = nobody,
	told?: string,
	early: ReadonlySet<string> = nobody,
): MediaPlan {
	const parties = conversation.participants.filter((one) => one.purpose !== "acd");
	return {
		parties: new Map(parties.map((one) => [one.id, planParty(conversation, one, { interrupted, told, early })])),
		recording: planRecording(conversation),
		isTranscribed: conversation.internal.transcription?.state === "active",
	};
}

/** The document waits to be told that this party's media is up (`Conversations.mediaConnected`). */
export function awaitsMedia(participant: Participant): boolean {
	if (isAskedToTake(participant)) return false;
	const { state } = callOf(participant);
	if (state === "alerting") return isStaff(participant) || isOutside(participant);
	return isStaff(participant) ? state === "contacting" : isOutside(participant) && state === "dialing";
}

function planParty(
	conversation: Conversation,
	participant: Participant,
	{ interrupted, told, early }: { interrupted: Interrupted; told: string | undefined; early: ReadonlySet<string> },
): PartyPlan {
	const call = callOf(participant);
	return {
		participantId: participant.id,
		wish: wishOf(conversation, participant),
		early: early.has(participant.id),
		mode: {
			muted: call.muted,
			held: isApart(conversation, participant) || (isStaff(participant) && interrupted.has(participant.id)),
			filler: isOutside(participant)
				? early.has(participant.id)
					? "none"
					: outsideFiller(conversation, participant, interrupted, told)
				: staffFiller(conversation, participant, interrupted, early),
			channel: isOutside(participant) ? "left" : "right",
		},
	};
}

/**
 * A customer that calls in is `alerting` until the media is up, so it needs its leg before; staff ring first, unless somebody
 * whom a campaign has called is on the line already: then their phones take it by themselves.
 */
function wishOf(conversation: Conversation, participant: Participant): PartyWish {
	if (!isLive(participant)) return "none";
	if (callOf(participant).state !== "alerting" || isAnsweredAtOnce(conversation)) return "media";
	return isStaff(participant) ? "ring" : "media";
}

/** Music while nobody can be heard: waiting in the queue, on hold, or while the agent's connection is interrupted. */
function outsideFiller(
	conversation: Conversation,
	participant: Participant,
	interrupted: Interrupted,
	told: string | undefined,
): LegMode["filler"] {
	if (isAskedToTake(participant)) return "take";
	const apology = conversation.internal.campaign?.apology;
	if (apology) return `say:${apology}`;
	const { consent } = conversation.internal;
	// It is said anew from its beginning to whoever comes back, also by the leg that had gone silent.
	if (consent && isAskedForConsent(conversation, participant))
		return consent.until === undefined ? "none" : `say:${consent.text}`;
	const { held, confined } = callOf(participant);
	if (!held && !confined && hearsSomebody(conversation, participant, interrupted)) return "none";
	const isOnTheirOwn = !conversation.participants.some((one) => isStaff(one) && isConnected(one));
	const text = isOnTheirOwn && !held && isConnected(participant) ? told : undefined;
	return text === undefined ? "music" : `say:${text}`;
}

/**
 * Who dials hears the far end's ringing, unless another call of theirs has the line; who has called a queue hears music
 * like any caller.
 */
function staffFiller(
	conversation: Conversation,
	participant: Participant,
	interrupted: Interrupted,
	early: ReadonlySet<string>,
): LegMode["filler"] {
	const { state, held } = callOf(participant);
	if (state === "dialing") return held || early.size > 0 ? "none" : "ringback";
	// Whoever is consulted and not spoken to hears music; whoever has put the call on hold may be talking in another one.
	if (participant.internal.unheard) return held ? "none" : "music";
	if (callsForConsult(conversation, participant)) return held ? "none" : "ringback";
	// Nobody hears the one who is asked, so it would be as silent as a dead line.
	if (state === "connected" && !held && waitsForConsent(conversation, participant)) return "asking";
	const isLeftAlone = waitingAcd(conversation) || openConsult(conversation);
	const waits = state === "connected" && !held && isLeftAlone && !hearsSomebody(conversation, participant, interrupted);
	return waits ? "music" : "none";
}

/** Everybody whom the agent could talk to is being asked whether they may be recorded. */
function waitsForConsent(conversation: Conversation, participant: Participant): boolean {
	const others = conversation.participants.filter(
		(one) => one !== participant && one.purpose !== "acd" && isConnected(one) && !isUnheard(one),
	);
	return others.length > 0 && others.every((one) => isAskedForConsent(conversation, one));
}

/** The consulting agent waits for the one who is called, and has nobody else to listen to. */
function callsForConsult(conversation: Conversation, participant: Participant): boolean {
	const consult = openConsult(conversation);
	return (
		consult?.stage === "ringing" && consult.initiatorId === participant.id && !hearsSomebody(conversation, participant)
	);
}

function hearsSomebody(conversation: Conversation, participant: Participant, interrupted = nobody): boolean {
	return conversation.participants.some(
		(one) =>
			one !== participant &&
			one.purpose !== "acd" &&
			isConnected(one) &&
			!isApart(conversation, one) &&
			!interrupted.has(one.id),
	);
}

/** Takes no part in the talk, whoever is in it; who is confined hears nothing of the others either (platform-api 5.3). */
function isApart(conversation: Conversation, participant: Participant): boolean {
	const isAsked = isAskedToTake(participant) || isAskedForConsent(conversation, participant);
	return isUnheard(participant) || callOf(participant).confined || isAsked;
}

function planRecording(conversation: Conversation): RecordingPlan {
	const isTalk = conversation.participants.some((one) => isStaff(one) && isConnected(one));
	const isApart = isPrivate(conversation);
	const isPaused = conversation.recordingState === "PAUSED";
	const { beepMs } = conversation.internal;
	const beep = beepMs === undefined ? {} : { beepMs };
	return {
		running: recordingsIn(conversation).flatMap(({ id, kind }): RecordingPlan["running"] => {
			if (kind === "voicemail") return [{ id, message: true }];
			if (!isTalk) return [];
			// It has a customer on hold all the time: that the organization records no hold says nothing of it.
			const rests = conversation.securePause || !isApart;
			return kind === "consult"
				? [{ id, paused: rests, mark: markOf(conversation, !isApart), ...beep }]
				: [{ id, ...beep }];
		}),
		paused: isPaused || isApart,
		mark: markOf(conversation, isOnHold(conversation) || isApart),
	};
}

/** Why nothing is written just now. */
function markOf({ securePause }: Conversation, rests: boolean): Mark {
	return securePause ? "pause" : rests ? "hold" : "none";
}
