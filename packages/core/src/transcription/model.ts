import type { HeardWord, SpeechEngine } from "./transcriber.ts";

/** What the organization says of transcription; off where it has said nothing. */
export interface TranscriptionSettings {
	enabled: boolean;
	/** What understands whom; the first where nothing says which language is spoken. */
	engines: readonly SpeechEngine[];
	/** Messages that are left to mailboxes are transcribed, too. */
	voicemail: boolean;
}

export const defaultSettings: TranscriptionSettings = { enabled: false, engines: [], voicemail: false };

/** Engines that an organization may have: the languages of its customers. */
export const mostEngines = 20;

/** Who is heard: those outside, or the organization's people. */
export type Side = "EXTERNAL" | "INTERNAL";

/** Something that was said in a call, or is being said. */
export interface Spoken {
	/** The same from the first word of it to the last. */
	utteranceId: string;
	side: Side;
	isFinal: boolean;
	text: string;
	/** Since the transcription began. */
	offsetMs: number;
	durationMs: number;
	confidence?: number;
	words: HeardWord[];
	/** As it was understood (BCP 47). */
	language: string;
}

/** A call of which the words are wanted. */
export interface TranscribedCall {
	conversationId: string;
	/** The outside party's communication. */
	communicationId: string;
	/** Which is spoken; empty where nobody said. */
	language: string;
	/** When the outside party's call was connected, epoch ms. */
	connectedMs: number;
}

/** The engine that understands it: of that language, or of its kin (`en` for `en-US`); undefined where there is none. */
export function engineFor(engines: readonly SpeechEngine[], language: string): SpeechEngine | undefined {
	if (!language) return engines[0];
	const folded = language.toLowerCase();
	const [kin] = folded.split("-");
	return (
		engines.find((one) => one.language.toLowerCase() === folded) ??
		engines.find((one) => one.language.toLowerCase().split("-")[0] === kin)
	);
}
