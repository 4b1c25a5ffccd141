/**
 * The transcriber port: what turns what somebody says into text. Implementations: `socket-transcriber.ts` (a speech engine that
 * the operator runs) and the fake in test-support, both proven by the same contract tests.
 */

/** Samples that a transcriber takes: mono, 16 bit, little-endian. */
export const heardRate = 8000;
export const bytesPerMs = (heardRate * 2) / 1000;

/** A speech engine that an organization uses. */
export interface SpeechEngine {
	/** Which language it understands (BCP 47). */
	language: string;
	/** Where it is: `ws:` or `wss:`. */
	url: string;
}

/** A word as it was understood. */
export interface HeardWord {
	word: string;
	/** Since the first sample. */
	offsetMs: number;
	durationMs: number;
	/** 0 to 1. */
	confidence?: number;
}

/** What was understood: of words that are still being said by and by more, and then, once they have been said, all of it. */
export interface HeardText {
	text: string;
	isFinal: boolean;
	/** Since the first sample, as far as the engine says it; of what is still being said it does not. */
	offsetMs?: number;
	durationMs?: number;
	confidence?: number;
	words: HeardWord[];
}

export interface HearingEvents {
	heard(text: HeardText): void;
	/**
	 * Nothing comes any more, once. @param trouble why, where it did not end by `finish`
	 */
	ended(trouble?: Error): void;
}

/** One voice that is being listened to. Of one that has ended nothing is taken, and nothing is said. */
export interface Hearing {
	/**
	 * What was said next. An engine that does not keep up ends the hearing, as what it has not taken would grow without end.
	 * @returns resolves when the engine's connection has taken it, or has ended
	 */
	take(samples: Uint8Array): Promise<void>;
	/** Nothing more is said: what is left comes, and then the end. @param withinMs so long the engine may take for it */
	finish(withinMs?: number): void;
	/** Ends it at once; nothing is told any more. */
	close(): void;
}

export interface Transcriber {
	/** Begins to listen to somebody. Never throws: an engine that cannot be had ends the hearing. */
	begin(engine: SpeechEngine, events: HearingEvents): Hearing;
}
