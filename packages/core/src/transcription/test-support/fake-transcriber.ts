import type { Hearing, HearingEvents, SpeechEngine, Transcriber } from "../transcriber.ts";
import { type Utterance, WordsOfSound } from "./words-of-sound.ts";

/** A transcriber without an engine: it understands what tests say, at once, in the same process. */
export class FakeTranscriber implements Transcriber {
	/** Engines that are away, by their address, and why. */
	readonly away = new Map<string, string>();

	begin({ url }: SpeechEngine, events: HearingEvents): Hearing {
		const words = new WordsOfSound();
		let isOver = false;
		const end = (trouble?: Error) => {
			if (isOver) return;
			isOver = true;
			events.ended(trouble);
		};
		const why = this.away.get(url);
		if (why !== undefined) queueMicrotask(() => end(new Error(why)));
		return {
			async take(samples) {
				if (isOver || why !== undefined) return;
				const said = words.hear(new Int16Array(new Uint8Array(samples).buffer));
				for (const one of said) events.heard(heardOf(one));
				if (said.length === 0 && words.partial) events.heard({ text: words.partial, isFinal: false, words: [] });
			},
			finish() {
				queueMicrotask(() => {
					const left = words.end();
					if (left.text && !isOver) events.heard(heardOf(left));
					end();
				});
			},
			close() {
				isOver = true;
			},
		};
	}
}

function heardOf({ text, words }: Utterance) {
	const each = words.map(({ word, start, end, conf }) => ({
		...{ word, offsetMs: Math.round(start * 1000), durationMs: Math.round((end - start) * 1000) },
		confidence: conf,
	}));
	const [first, last] = [each[0], each.at(-1)];
	const offsetMs = first?.offsetMs ?? 0;
	const durationMs = (last?.offsetMs ?? 0) + (last?.durationMs ?? 0) - offsetMs;
	return { text, isFinal: true, offsetMs, durationMs, confidence: 0.9, words: each };
}
