/** A simulated party: follows a script of ringing, answering, speaking, and hanging up in step with the mixer. */

import type { CallFailure } from "@inlay/contract";
import type { FarEndNews, FarEndStep } from "../media-engine.ts";
import { type AudioSource, FRAME_MS } from "./audio.ts";
import { filedSound } from "./filed-sound.ts";
import { isLoud, QuietWatch } from "./quiet-watch.ts";
import { Speech } from "./speech.ts";
import { Tone } from "./tones.ts";

export type FarEndReport = (step: FarEndNews, cause?: CallFailure) => void;

/** The far end has pressed a key. */
export type KeyReport = (digit: string) => void;

export class FarEnd {
	readonly #steps: FarEndStep[];
	readonly #report: FarEndReport;
	readonly #pressed: KeyReport | undefined;
	#source: AudioSource | undefined;
	#framesLeft = 0;
	#answered = false;
	#over = false;
	#quiet: QuietWatch | undefined;
	#awaited: { watch: QuietWatch; hasHeard: boolean } | undefined;

	constructor(steps: FarEndStep[], report: FarEndReport, pressed?: KeyReport) {
		this.#steps = [...steps];
		this.#report = report;
		this.#pressed = pressed;
	}

	/** True between answering and hanging up. */
	get present(): boolean {
		return this.#answered && !this.#over;
	}

	/** True once the script said hang up. */
	get over(): boolean {
		return this.#over;
	}

	/** What the far end hears, 20 ms of it. */
	hear(frame: Int16Array): void {
		if (!this.#over && this.#quiet?.add(frame)) this.#report("silent");
		const { watch, hasHeard = false } = this.#awaited ?? {};
		if (!this.#awaited || !watch) return;
		this.#awaited.hasHeard = hasHeard || isLoud(frame);
		if (!watch.add(frame) || !hasHeard) return;
		this.#awaited = undefined;
		this.#framesLeft = 0;
	}

	/** The next 20 ms of the script. Call exactly once per mixer tick, whether the leg is heard or not. */
	read(out: Int16Array): void {
		while (this.#framesLeft <= 0 && !this.#over) {
			const step = this.#steps.shift();
			if (!step) break;
			this.#begin(step);
		}
		this.#framesLeft--;
		if (!this.#source) out.fill(0);
		else if (!this.#source.read(out)) this.#framesLeft = 0;
		if (this.#framesLeft <= 0) this.#source = undefined;
	}

	#begin(step: FarEndStep): void {
		switch (step.kind) {
			case "ring":
				this.#play(undefined, step.ms);
				this.#report("ringing");
				break;
			case "answer":
				this.#answered = true;
				this.#report(step.isMachine ? "machine" : "answered");
				break;
			case "speak":
				this.#play(new Speech(step.text), Number.POSITIVE_INFINITY);
				break;
			case "tone":
				this.#play(new Tone(step.hz), step.ms);
				break;
			case "silence":
				this.#play(undefined, step.ms);
				break;
			case "press":
				this.#pressed?.(step.digit);
				break;
			case "play":
				this.#play(filedSound(step.file), Number.POSITIVE_INFINITY);
				break;
			case "await":
				this.#awaited = { watch: new QuietWatch(step.quietMs), hasHeard: false };
				this.#play(undefined, Number.POSITIVE_INFINITY);
				break;
			case "done":
				this.#report("done");
				break;
			case "listen":
				this.#quiet = new QuietWatch(step.silenceMs);
				this.#play(undefined, Number.POSITIVE_INFINITY);
				break;
			case "hangup":
				this.#over = true;
				this.#report("hungup", this.#answered ? undefined : step.cause);
		}
	}

	#play(source: AudioSource | undefined, ms: number): void {
		this.#source = source;
		this.#framesLeft = Math.ceil(ms / FRAME_MS);
	}
}
