import { randomUUID } from "node:crypto";
import type { Side, Spoken } from "./model.ts";
import {
	bytesPerMs,
	type HeardText,
	type HeardWord,
	type Hearing,
	type SpeechEngine,
	type Transcriber,
} from "./transcriber.ts";

/** An engine that has failed is asked again after so long, ms: a call does not wait for it, and is not lost to it. */
const againMs = 15_000;
/** What is still being said is told so often at most, ms: nobody reads faster. */
const partialMs = 250;

export interface VoiceOptions {
	transcriber: Transcriber;
	engine: SpeechEngine;
	side: Side;
	/** Something was said, or is being said. */
	spoken(said: Spoken): void;
	/** How the engine does. @param trouble why it does not */
	fared(trouble?: Error): void;
	/** Nothing comes any more of what was said until now. */
	ended(): void;
	steadyMs(): number;
}

/** One side of a call, as an engine hears it: listened to from its first sound, anew after the engine was away. */
export class VoiceOfSide {
	readonly #options: VoiceOptions;
	#hearing: { now: Hearing; fromMs: number; heardMs: number } | undefined;
	/** What is being said just now. */
	#saying: { id: string; offsetMs: number; text: string; toldAt: number } | undefined;
	#notBefore = 0;

	constructor(options: VoiceOptions) {
		this.#options = options;
	}

	/** @param samples nothing of a side that was silent @param atMs where it lies in the transcript */
	hear(samples: Uint8Array | undefined, atMs: number, durationMs: number): void {
		const { steadyMs } = this.#options;
		if (!this.#hearing && (!samples || steadyMs() < this.#notBefore)) return;
		this.#hearing ??= this.#begin(atMs);
		this.#hearing.heardMs += durationMs;
		void this.#hearing.now.take(samples ?? new Uint8Array(durationMs * bytesPerMs));
	}

	/** Hears nothing more. @returns whether something of what was said is still to be told */
	rest(): boolean {
		this.#hearing?.now.finish();
		return this.#hearing !== undefined;
	}

	/** Nothing is told any more. */
	close(): void {
		this.#hearing?.now.close();
	}

	#begin(fromMs: number) {
		const { transcriber, engine, fared, ended, steadyMs } = this.#options;
		const hearing = {
			fromMs,
			heardMs: 0,
			now: transcriber.begin(engine, {
				heard: (text) => this.#heard(text, hearing),
				ended: (trouble) => {
					this.#finishSaying();
					if (this.#hearing === hearing) this.#hearing = undefined;
					if (trouble) this.#notBefore = steadyMs() + againMs;
					fared(trouble);
					ended();
				},
			}),
		};
		return hearing;
	}

	#heard(heard: HeardText, { fromMs, heardMs }: { fromMs: number; heardMs: number }): void {
		const { steadyMs, fared } = this.#options;
		fared();
		const now = steadyMs();
		const saying = this.#saying ?? {
			id: randomUUID(),
			offsetMs: fromMs + heardMs,
			text: "",
			toldAt: Number.NEGATIVE_INFINITY,
		};
		this.#saying = heard.isFinal ? undefined : saying;
		if (!heard.isFinal && (heard.text === saying.text || now - saying.toldAt < partialMs)) return;
		saying.text = heard.text;
		saying.toldAt = now;
		const offsetMs = heard.offsetMs === undefined ? saying.offsetMs : fromMs + heard.offsetMs;
		this.#tell(saying.id, { ...heard, offsetMs, words: heard.words.map((word) => later(word, fromMs)) });
	}

	/** Nobody will say how it went on: as far as it was understood it stands. */
	#finishSaying(): void {
		const saying = this.#saying;
		this.#saying = undefined;
		if (saying?.text) this.#tell(saying.id, { text: saying.text, isFinal: true, offsetMs: saying.offsetMs, words: [] });
	}

	#tell(utteranceId: string, { text, isFinal, offsetMs = 0, durationMs = 0, confidence, words }: HeardText): void {
		const { side, engine, spoken } = this.#options;
		spoken({
			...{ utteranceId, side, isFinal, text, offsetMs, durationMs, words, language: engine.language },
			...(confidence === undefined ? {} : { confidence }),
		});
	}
}

const later = (word: HeardWord, byMs: number): HeardWord => ({ ...word, offsetMs: word.offsetMs + byMs });
