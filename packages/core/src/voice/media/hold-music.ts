/** Music for waiting: a short piece written for Inlay and synthesised at start, so that no recording has to be shipped or licensed. */

import { type AudioSource, SAMPLE_RATE } from "./audio.ts";

const BEAT_SECONDS = 0.6;
const BEATS_PER_CHORD = 4;
/** C major 7, A minor 7, F major 7, G suspended: MIDI notes in the middle of what a telephone carries. */
const CHORDS = [
	[60, 64, 67, 71],
	[57, 60, 64, 67],
	[53, 57, 60, 64],
	[55, 60, 62, 67],
] as const;
/** The tune, one note or rest (0) per half beat, over the four chords. */
const MELODY = [
	76, 0, 74, 72, 71, 0, 67, 0, 72, 0, 71, 69, 67, 0, 64, 0, 69, 0, 72, 76, 74, 0, 72, 0, 74, 71, 67, 0, 71, 0, 74, 0,
] as const;

const CHORD_LEVEL = 1100;
const MELODY_LEVEL = 2600;

let rendered: Int16Array | undefined;

/** The piece as one seamless loop (9.6 s), rendered once per process. */
export function holdMusicLoop(): Int16Array {
	rendered ??= render();
	return rendered;
}

/** Plays the loop without end. */
export class HoldMusic implements AudioSource {
	readonly #loop = holdMusicLoop();
	#at = 0;

	read(out: Int16Array): boolean {
		for (let i = 0; i < out.length; i++) {
			out[i] = this.#loop[this.#at] as number;
			if (++this.#at === this.#loop.length) this.#at = 0;
		}
		return true;
	}
}

function render(): Int16Array {
	const chordSamples = Math.round(BEAT_SECONDS * BEATS_PER_CHORD * SAMPLE_RATE);
	const sum = new Float32Array(chordSamples * CHORDS.length);
	CHORDS.forEach((chord, index) => {
		for (const note of chord) addNote(sum, index * chordSamples, note, BEAT_SECONDS * BEATS_PER_CHORD, CHORD_LEVEL);
	});
	const step = Math.round((BEAT_SECONDS / 2) * SAMPLE_RATE);
	MELODY.forEach((note, index) => {
		if (note) addNote(sum, index * step, note, BEAT_SECONDS * 2, MELODY_LEVEL);
	});
	return Int16Array.from(sum);
}

/** Adds a struck, decaying tone with two overtones; what rings past the end wraps to the start, so the loop has no seam. */
function addNote(sum: Float32Array, at: number, midiNote: number, seconds: number, level: number): void {
	const step = (2 * Math.PI * 440 * 2 ** ((midiNote - 69) / 12)) / SAMPLE_RATE;
	const length = Math.round(seconds * SAMPLE_RATE);
	const attack = 0.012 * SAMPLE_RATE;
	const release = 0.08 * SAMPLE_RATE;
	for (let i = 0; i < length; i++) {
		const envelope = Math.min(1, i / attack, (length - i) / release) * Math.exp((-2 * i) / length);
		const tone = Math.sin(step * i) + 0.3 * Math.sin(2 * step * i) + 0.1 * Math.sin(3 * step * i);
		const where = (at + i) % sum.length;
		sum[where] = (sum[where] as number) + tone * envelope * level;
	}
}
