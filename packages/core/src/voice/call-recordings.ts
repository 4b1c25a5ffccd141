import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { RecordingFile } from "../conversations/call/service.ts";
import type { Conversation } from "../conversations/model.ts";
import type { Conversations } from "../conversations/service.ts";
import { untilSaved } from "../kernel/database/until-saved.ts";
import type { Logger } from "../kernel/log.ts";
import type { CallState, LiveCalls } from "./calls.ts";
import { salvageRecording } from "./media/salvage.ts";
import type { MediaEngine, MediaEvent } from "./media-engine.ts";
import type { MediaPlan } from "./media-plan.ts";
import { recordingFile } from "./recording-file.ts";

type Finished = Extract<MediaEvent, { type: "recording-finished" }>;
type Failed = Extract<MediaEvent, { type: "recording-failed" }>;

export interface CallRecordingOptions {
	engine: MediaEngine;
	conversations: Conversations;
	calls: LiveCalls;
	/** Where the files go. */
	dir: string;
	log: Logger;
	/** The server is not stopping. */
	isRunning(): boolean;
}

/** A recording that cannot be written is begun anew so often before it is given up. */
const maxFailures = 3;

/** Records conversations as their documents say, and hands finished files over to them. */
export class CallRecordings {
	readonly #options: CallRecordingOptions;

	constructor(options: CallRecordingOptions) {
		this.#options = options;
	}

	/** Starts, pauses or stops what the engine records of a call. */
	follow(conversation: Conversation, wanted: MediaPlan["recording"], call: CallState): void {
		const { engine } = this.#options;
		if (wanted === "none") {
			if (call.recording) engine.stopRecording(call.recording.id);
			call.recording = undefined;
			return;
		}
		if (call.failedRecordings >= maxFailures) return;
		call.recording ??= this.#begin(conversation, call);
		const paused = wanted === "paused";
		if (call.recording.paused === paused) return;
		call.recording.paused = paused;
		engine.pauseRecording(call.recording.id, paused);
	}

	/** @returns whether the call records no longer although it should: there has to be another file */
	async finished(event: Finished): Promise<boolean> {
		const isRunning = this.#endRunning(event);
		await this.#register(event.bridgeId, event);
		return isRunning;
	}

	/** What could be written is kept. @returns as `finished` */
	async failed(event: Failed): Promise<boolean> {
		const { bridgeId, recordingId, file, reason } = event;
		const { conversations, calls, log } = this.#options;
		log.error({ conversationId: bridgeId, recordingId, file, reason }, "a recording could not be written");
		const isRunning = this.#endRunning(event);
		const call = calls.find(bridgeId);
		if (call) call.failedRecordings++;
		const held = await salvageRecording(file);
		if (held && held.durationMs > 0) await this.#register(bridgeId, { recordingId, file, ...held });
		// People must not believe that something is being recorded.
		if (isRunning && call && call.failedRecordings >= maxFailures)
			await untilSaved(() => conversations.setRecordingState(bridgeId, "NONE", {}), this.#options.isRunning);
		return isRunning;
	}

	#register(conversationId: string, recording: RecordingFile): Promise<void> {
		const { conversations, isRunning } = this.#options;
		return untilSaved(() => conversations.calls.recordingFinished(conversationId, recording), isRunning);
	}

	/** The document names the recording; one that goes on after a restart or a failure needs a file of its own. */
	#begin(conversation: Conversation, call: CallState): { id: string; paused: boolean } {
		const { engine, dir } = this.#options;
		const named = conversation.internal.recordingId;
		const isFree =
			named && !call.recordingIds.has(named) && !existsSync(join(dir, recordingFile(conversation.id, named)));
		const id = isFree ? named : randomUUID();
		call.recordingIds.add(id);
		call.bridged = true;
		engine.startRecording(conversation.id, id, join(dir, recordingFile(conversation.id, id)));
		return { id, paused: false };
	}

	#endRunning({ bridgeId, recordingId }: Finished | Failed): boolean {
		const call = this.#options.calls.find(bridgeId);
		if (!call || call.recording?.id !== recordingId) return false;
		call.recording = undefined;
		return true;
	}
}
