import { type Conversation, isConnected, isLive, type Participant } from "../../model.ts";
import { illegalState } from "../../refusals.ts";
import type { TransitionContext } from "../../transitions/context.ts";
import { callOf } from "../model.ts";

/** An agent records, or stops recording, on their own account (platform-api 5.6). */
export function setRecording(
	draft: Conversation,
	participant: Participant,
	recording: boolean,
	context: TransitionContext,
): void {
	if (!isConnected(participant)) throw illegalState("Recording can be switched while the call is connected.");
	const call = callOf(participant);
	if (call.recording === recording) return;
	if (!recording) {
		stopRecordingOf(draft, participant);
		return;
	}
	draft.internal.recordingId ??= context.newId();
	if (draft.recordingState === "NONE") draft.recordingState = "ACTIVE";
	call.recording = true;
	call.recordingId = draft.internal.recordingId;
	call.recordingState = draft.recordingState === "PAUSED" ? "paused" : "active";
	call.securePause = draft.securePause;
}

/** Takes one party's recording away; the conversation's ends with the last. */
export function stopRecordingOf(draft: Conversation, participant: Participant): void {
	const call = callOf(participant);
	if (!call.recording) return;
	call.recording = false;
	call.recordingState = "none";
	call.securePause = false;
	if (draft.participants.some((one) => callOf(one).recording)) return;
	draft.recordingState = "NONE";
	draft.securePause = false;
	draft.internal.recordingId = undefined;
}

/** Pauses, resumes or ends the conversation's recording (`SetRecordingState`, platform-api 5.6). */
export function setRecordingState(draft: Conversation, state: "ACTIVE" | "PAUSED" | "NONE"): void {
	if (draft.recordingState === state) return;
	if (draft.recordingState === "NONE") throw illegalState("Nothing of this conversation is being recorded.");
	const recorded = draft.participants.filter((one) => isLive(one) && callOf(one).recording);
	if (state === "NONE") {
		for (const one of recorded) stopRecordingOf(draft, one);
		return;
	}
	draft.recordingState = state;
	draft.securePause = state === "PAUSED";
	for (const one of recorded) {
		callOf(one).recordingState = state === "PAUSED" ? "paused" : "active";
		callOf(one).securePause = draft.securePause;
	}
}
