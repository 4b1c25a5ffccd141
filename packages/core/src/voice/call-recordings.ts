import { basename, join } from "node:path";
import type { Conversation } from "../conversations/model.ts";
import type { Conversations } from "../conversations/service.ts";
import { untilSaved } from "../kernel/database/until-saved.ts";
import type { Logger } from "../kernel/log.ts";
import type { Clock } from "../kernel/time/clock.ts";
import type { RecordingParts } from "../recordings/parts.ts";
import type { CallState, LiveCalls } from "./calls.ts";
import { salvageRecording } from "./media/salvage.ts";
import type { MediaEngine, MediaEvent } from "./media-engine.ts";
import type { RecordingPlan } from "./media-plan.ts";
import { readRecordingFile, recordingFile } from "./recording-file.ts";

type Finished = Extract<MediaEvent, { type: "recording-finished" }>;
type Failed = Extract<MediaEvent, { type: "recording-failed" }>;
type Marked = Extract<MediaEvent, { type: "recording-marked" }>;

export interface CallRecordingOptions {
	engine: MediaEngine;
	conversations: Conversations;
	/** Where what was recorded is noted. */
	parts: RecordingParts;
	calls: LiveCalls;
	/** Where the files go while they are written. */
	dir: string;
	clock: Clock;
	log: Logger;
	/** The server is not stopping. */
	isRunning(): boolean;
}

/** A recording that cannot be written is begun anew so often before it is given up. */
const maxFailures = 3;

/** Records conversations as their documents say, and hands what was written over to the recordings domain. */
export class CallRecordings {
	readonly #options: CallRecordingOptions;
	/** What is being noted of each recording, one after the other: marks before the end of the file that they are in. */
	readonly #noting = new Map<string, Promise<void>>();

	constructor(options: CallRecordingOptions) {
		this.#options = options;
	}

	/** Starts, pauses or stops what the engine records of a call. */
	follow(conversation: Conversation, plan: RecordingPlan, call: CallState): void {
		const { engine } = this.#options;
		const { running } = plan;
		for (const id of [...call.recordings.keys()]) {
			if (running.some((one) => one.id === id)) continue;
			engine.stopRecording(id);
			call.recordings.delete(id);
		}
		if (call.failedRecordings >= maxFailures) return;
		for (const { id, message, paused = plan.paused, mark = plan.mark, beepMs = 0 } of running) {
			const rest = message ? { paused: false, mark: "none" as const } : { paused, mark };
			const recording = call.recordings.get(id) ?? this.#begin(conversation, id, call, { ...rest, beepMs });
			if (message || (recording.paused === paused && recording.mark === mark)) continue;
			Object.assign(recording, { paused, mark });
			engine.pauseRecording(id, paused, mark);
		}
	}

	/** @returns whether the call records no longer although it should: there has to be another file */
	async finished(event: Finished): Promise<boolean> {
		const isRunning = this.#endRunning(event);
		await this.#finishPart(event.bridgeId, event);
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
		if (held && held.durationMs > 0) await this.#finishPart(bridgeId, { recordingId, file, ...held });
		// People must not believe that something is being recorded.
		if (isRunning && call && call.failedRecordings >= maxFailures)
			await untilSaved(() => conversations.calls.recordingFailed(bridgeId), this.#options.isRunning);
		return isRunning;
	}

	async marked({ recordingId, file, mark, offsetMs }: Marked): Promise<boolean> {
		const { parts, isRunning } = this.#options;
		const note = () => parts.marked(recordingId, { file: basename(file), mark, offsetMs });
		await this.#note(recordingId, () => untilSaved(note, isRunning));
		return false;
	}

	#finishPart(
		conversationId: string,
		{ recordingId, file, durationMs, bytes }: Pick<Finished, "recordingId" | "file" | "durationMs" | "bytes">,
	): Promise<void> {
		const { parts, clock, isRunning } = this.#options;
		const startedMs = readRecordingFile(basename(file))?.startedMs ?? clock.now().getTime() - durationMs;
		const part = { conversationId, recordingId, file: basename(file), startedMs, durationMs, bytes };
		return this.#note(recordingId, () => untilSaved(() => parts.finished(part), isRunning));
	}

	#note(recordingId: string, note: () => Promise<void>): Promise<void> {
		const noted = (this.#noting.get(recordingId) ?? Promise.resolve()).catch(() => {}).then(note);
		this.#noting.set(recordingId, noted);
		const forget = () => {
			if (this.#noting.get(recordingId) === noted) this.#noting.delete(recordingId);
		};
		noted.then(forget, forget);
		return noted;
	}

	/** One that goes on after a restart or a failure needs another file; which they are parts of says their name. */
	#begin(
		conversation: Conversation,
		id: string,
		call: CallState,
		{ paused, mark, beepMs }: Pick<RunningFile, "paused" | "mark"> & { beepMs: number },
	): RunningFile {
		const { engine, dir, clock } = this.#options;
		const last = call.recordingFiles.get(id) ?? 0;
		// Two parts within one millisecond, as of a disk that refuses them, are two files all the same.
		const startedMs = Math.max(clock.now().getTime(), last + 1);
		call.recordingFiles.set(id, startedMs);
		const file = join(dir, recordingFile(conversation.id, id, startedMs));
		call.bridged = true;
		engine.startRecording(conversation.id, id, file, paused, mark, beepMs);
		const recording: RunningFile = { file, paused, mark };
		call.recordings.set(id, recording);
		return recording;
	}

	#endRunning({ bridgeId, recordingId, file }: Finished | Failed): boolean {
		const call = this.#options.calls.find(bridgeId);
		if (call?.recordings.get(recordingId)?.file !== file) return false;
		call.recordings.delete(recordingId);
		return true;
	}
}

type RunningFile = NonNullable<ReturnType<CallState["recordings"]["get"]>>;
