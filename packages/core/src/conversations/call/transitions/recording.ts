import { type Conversation, isConnected, isLive, isOutside, isStaff, type Participant } from "../../model.ts";
import { defaultRecordingRules, policyFor } from "../../recording-rules.ts";
import { illegalState } from "../../refusals.ts";
import { type Life, stamp } from "../../transitions/context.ts";
import { consentOf, factsOf, followConsent, isConsentLacking, mayTakeYesBack, requireConsent } from "../consent.ts";
import { isPrivate, openConsult } from "../consult/model.ts";
import { callOf, findCall } from "../model.ts";
import { callRulesOf } from "../rules/model.ts";

/** An agent records, or stops recording, on their own account (platform-api 5.6). */
export function setRecording(draft: Conversation, participant: Participant, recording: boolean, life: Life): void {
	if (!isConnected(participant)) throw illegalState("Recording can be switched while the call is connected.");
	const recorders = recordersOf(draft).filter((id) => id !== participant.id);
	if (recording) {
		requireConsent(draft);
		draft.internal.recordingId ??= life.newId();
		draft.internal.recordedBy ??= participant.userId;
	}
	draft.internal.recorders = recording ? [...recorders, participant.id] : recorders;
}

/** What agents record on their own account ends: it was of somebody who has left. */
export function stopOwnRecordings(draft: Conversation): void {
	draft.internal.recorders = [];
}

/** Takes one party's recording away; the conversation's ends with the last (`followRecording`). */
export function stopRecordingOf(draft: Conversation, participant: Participant): void {
	draft.internal.recorders = recordersOf(draft).filter((id) => id !== participant.id);
}

/**
 * Pauses, resumes or ends the conversation's recording (`SetRecordingState`, platform-api 5.6). Where nothing is recorded, a
 * pause is for what begins later; a recording of the organization's can only be paused.
 */
export function setRecordingState(
	draft: Conversation,
	{ state, userId, life }: { state: "ACTIVE" | "PAUSED" | "NONE"; userId?: string | undefined; life: Life },
): void {
	if (state !== "PAUSED" && draft.recordingState === "NONE" && !draft.securePause)
		throw illegalState("Nothing of this conversation is being recorded.");
	if (state === "PAUSED") pause(draft, userId, life);
	else if (state === "ACTIVE") endPause(draft);
	else stopOwn(draft);
}

function stopOwn(draft: Conversation): void {
	if (recordersOf(draft).length === 0) throw illegalState("The organization records this call: it can only be paused.");
	stopOwnRecordings(draft);
}

/** A pause is over by itself, unless it has been ended, or begun anew, meanwhile. */
export function resumeInTime(draft: Conversation, { now }: Life): void {
	const { resumesAt } = draft.internal.pause ?? {};
	if (resumesAt && Date.parse(resumesAt) <= now.getTime()) endPause(draft);
}

/** Nothing can be written: people must not believe that something is being recorded, and it is not tried again. */
export function recordingFailed(draft: Conversation): void {
	const broken = recordingsIn(draft).map(({ id }) => id);
	draft.internal.brokenRecordings = [...(draft.internal.brokenRecordings ?? []), ...broken];
	stopAll(draft);
	draft.internal.recordingFailed = true;
}

function stopAll(draft: Conversation): void {
	draft.internal.recorders = [];
	draft.internal.policyRecording = undefined;
	draft.internal.consultRecording = undefined;
}

function pause(draft: Conversation, userId: string | undefined, life: Life): void {
	if (draft.securePause) return;
	const by = draft.participants.find((one) => userId !== undefined && one.userId === userId && isConnected(one));
	const { resumeAfterSeconds } = life.recordingRules ?? defaultRecordingRules;
	const resumesAt = new Date(life.now.getTime() + resumeAfterSeconds * 1000).toISOString();
	draft.securePause = true;
	draft.internal.pause = {
		since: stamp(life),
		...(by ? { by: by.id } : {}),
		...(resumeAfterSeconds > 0 ? { resumesAt } : {}),
	};
}

function endPause(draft: Conversation): void {
	draft.securePause = false;
	draft.internal.pause = undefined;
}

/** Whatever has happened: what is recorded, and what everybody is shown of it, follows the parties and the rules. */
export function followRecording(draft: Conversation, life: Life): void {
	const isTalk = draft.participants.some((one) => isStaff(one) && isConnected(one));
	followConsent(draft, life);
	if (draft.internal.consent?.state === "refused") stopAll(draft);
	followPolicy(draft, isTalk, life);
	const recorders = recordersOf(draft).filter((id) =>
		draft.participants.some((one) => one.id === id && isConnected(one)),
	);
	if (recorders.length === 0) {
		draft.internal.recorders = undefined;
		draft.internal.recordingId = undefined;
		draft.internal.recordedBy = undefined;
	}
	followConsult(draft, life);
	const isRecorded = recorders.length > 0 || draft.internal.policyRecording !== undefined;
	const wasRecorded = draft.recordingState !== "NONE";
	if (isPauseOver(draft) || (wasRecorded && !isRecorded) || draft.endTime) endPause(draft);
	// One that goes on keeps what it began with: nobody hears a tone end in the middle of a recording.
	const beepMs = (life.recordingRules?.beepSeconds ?? 0) * 1000;
	if (!isRecorded) draft.internal.beepMs = undefined;
	else if (!wasRecorded && beepMs > 0) draft.internal.beepMs = beepMs;
	const isOpen = draft.internal.consent?.state === "asked" || mayTakeYesBack(draft, life);
	const isPaused = draft.securePause || isSilentForHold(draft, life) || isOpen;
	draft.recordingState = !isRecorded ? "NONE" : isPaused ? "PAUSED" : "ACTIVE";
	const isShownPaused = isPaused || (isPrivate(draft) && !draft.internal.consultRecording);
	for (const one of draft.participants) showRecording(draft, one, recorders, isShownPaused ? "paused" : "active");
}

/** The organization's recording lasts as long as somebody of it talks with somebody outside; what comes then is another. */
function followPolicy(draft: Conversation, isTalk: boolean, life: Life): void {
	const isOutsideThere = draft.participants.some((one) => isOutside(one) && isConnected(one));
	if (!isTalk || !isOutsideThere) draft.internal.policyRecording = undefined;
	const { policies } = life.recordingRules ?? defaultRecordingRules;
	if (!isTalk || draft.internal.policyRecording || draft.internal.recordingFailed || policies.length === 0) return;
	if (isConsentLacking(draft) || mayTakeYesBack(draft, life)) return;
	if (!isOutsideThere) return;
	const policy = policyFor(policies, factsOf(draft));
	if (!policy) return;
	const { id: policyId, retentionDays } = policy;
	draft.internal.policyRecording = {
		id: life.newId(),
		policyId,
		...(retentionDays === undefined ? {} : { retentionDays }),
	};
}

/** What is said in private is a recording of its own, where the organization wants one: the call's rests meanwhile. */
function followConsult(draft: Conversation, life: Life): void {
	const { policyRecording } = draft.internal;
	const isWanted = callRulesOf(life).recordConsult && policyRecording && openConsult(draft)?.stage === "talking";
	if (!isWanted) draft.internal.consultRecording = undefined;
	else draft.internal.consultRecording ??= { ...policyRecording, id: life.newId() };
}

/** A pause belongs to who made it: it does not travel with the customer to the next agent. */
function isPauseOver(draft: Conversation): boolean {
	const { by } = draft.internal.pause ?? {};
	return by !== undefined && !draft.participants.some((one) => one.id === by && isConnected(one));
}

/** Somebody waits on hold, and the organization does not record that. */
export function isSilentForHold(draft: Conversation, { recordingRules }: Life): boolean {
	return recordingRules?.duringHold === false && isOnHold(draft);
}

/** Nobody of the organization, or nobody outside, is spoken to. */
export function isOnHold({ participants }: Conversation): boolean {
	const isWaiting = (parties: Participant[]) => parties.length > 0 && parties.every((one) => callOf(one).held);
	const connected = participants.filter(isConnected);
	return isWaiting(connected.filter(isStaff)) || isWaiting(connected.filter(isOutside));
}

function showRecording(
	draft: Conversation,
	participant: Participant,
	recorders: readonly string[],
	state: "paused" | "active",
): void {
	const call = findCall(participant);
	if (!call) return;
	const isOwn = recorders.includes(participant.id);
	const isPolicy = draft.internal.policyRecording !== undefined && isStaff(participant) && isConnected(participant);
	call.inlayConsent = isConnected(participant) ? consentOf(draft, participant) : call.inlayConsent;
	call.recording = isOwn || isPolicy;
	call.recordingState = call.recording ? state : "none";
	call.securePause = call.recording && draft.securePause;
	call.inlayPausedTime = call.securePause ? draft.internal.pause?.since : undefined;
	// Beside a later one that is being made nobody is told that there is none.
	const isLost = draft.internal.recordingFailed && !call.recording;
	call.inlayRecordingFailed = (isLost && isStaff(participant) && isConnected(participant)) || undefined;
	call.recorders = call.recording ? { own: isOwn ? state : "none", policy: isPolicy ? state : "none" } : undefined;
	// What was recorded last stays named, as on the platform.
	if (call.recording) call.recordingId = isOwn ? draft.internal.recordingId : draft.internal.policyRecording?.id;
}

/** Who records on their own account; documents of before say it by their calls. */
function recordersOf({ internal, participants }: Conversation): readonly string[] {
	if (internal.recorders || !internal.recordingId) return internal.recorders ?? [];
	return participants.filter((one) => findCall(one)?.recording && isConnected(one)).map((one) => one.id);
}

/** A recording that a document says is being made. */
export interface RunningRecording {
	id: string;
	kind: "user" | "policy" | "consult" | "voicemail";
	/** Of an agent's own. */
	userId?: string;
	policyId?: string;
	retentionDays?: number;
}

/** What is being recorded of a call just now, paused or not. */
export function recordingsIn({ internal, participants }: Conversation): RunningRecording[] {
	const { recordingId, recordedBy, policyRecording, consultRecording } = internal;
	return [
		...(recordingId ? [{ id: recordingId, kind: "user" as const, ...(recordedBy ? { userId: recordedBy } : {}) }] : []),
		...(policyRecording ? [{ kind: "policy" as const, ...policyRecording }] : []),
		...(consultRecording ? [{ kind: "consult" as const, ...consultRecording }] : []),
		...participants.flatMap((one) => {
			const id = isLive(one) && one.internal.voicemail?.recordingId;
			return id ? [{ id, kind: "voicemail" as const }] : [];
		}),
	];
}
