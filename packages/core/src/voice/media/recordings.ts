/** All running recordings of the engine: which bridge each belongs to, and how each one ends. */

import type { Mark, MediaEvent } from "../media-engine.ts";
import type { Mixer } from "./mixer.ts";
import { Recorder } from "./recorder.ts";

interface Running {
	bridgeId: string;
	recorder: Recorder;
	mark: Mark;
}

export class Recordings {
	readonly #mixer: Mixer;
	readonly #emit: (event: MediaEvent) => void;
	readonly #running = new Map<string, Running>();
	readonly #finishing = new Set<Promise<void>>();

	constructor(mixer: Mixer, emit: (event: MediaEvent) => void) {
		this.#mixer = mixer;
		this.#emit = emit;
	}

	/** Starts a recording; a second start under the same id is ignored. */
	start(bridgeId: string, recordingId: string, file: string, paused = false, mark: Mark = "none", beepMs = 0): void {
		if (this.#running.has(recordingId)) return;
		const recorder = new Recorder(file, () => this.stop(recordingId));
		this.#running.set(recordingId, { bridgeId, recorder, mark: "none" });
		this.pause(recordingId, paused, mark);
		this.#mixer.addRecorder(bridgeId, recordingId, recorder, beepMs);
	}

	pause(recordingId: string, paused: boolean, mark: Mark = "none"): void {
		const running = this.#running.get(recordingId);
		if (!running) return;
		const { recorder, bridgeId } = running;
		recorder.paused = paused;
		if (running.mark === mark) return;
		running.mark = mark;
		const { file, writtenMs: offsetMs } = recorder;
		this.#emit({ type: "recording-marked", bridgeId, recordingId, file, mark, offsetMs });
	}

	/** Ends a recording; the outcome follows as an event. */
	stop(recordingId: string): void {
		const running = this.#running.get(recordingId);
		if (!running) return;
		this.#running.delete(recordingId);
		this.#mixer.removeRecorder(running.bridgeId, recordingId);
		const finishing = this.#finish(recordingId, running).finally(() => this.#finishing.delete(finishing));
		this.#finishing.add(finishing);
	}

	/** Ends all recordings and waits until every file is complete. */
	async stopAll(): Promise<void> {
		for (const recordingId of [...this.#running.keys()]) this.stop(recordingId);
		await Promise.all(this.#finishing);
	}

	async #finish(recordingId: string, { bridgeId, recorder }: Running): Promise<void> {
		const file = recorder.file;
		try {
			const { durationMs, bytes } = await recorder.finish();
			this.#emit({ type: "recording-finished", bridgeId, recordingId, file, durationMs, bytes });
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			this.#emit({ type: "recording-failed", bridgeId, recordingId, file, reason });
		}
	}
}
