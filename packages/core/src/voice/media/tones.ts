import { type AudioSource, SAMPLE_RATE } from "./audio.ts";

const TONE_LEVEL = 8000;
const RINGBACK_LEVEL = 3500;
const RINGBACK_HZ = [440, 480] as const;
const RINGBACK_ON_SECONDS = 2;
const RINGBACK_CYCLE_SECONDS = 6;
const ASKING_LEVEL = 2500;
const ASKING_HZ = [660, 550] as const;
const ASKING_NOTE_SECONDS = 0.15;
const ASKING_CYCLE_SECONDS = 2;

/** A steady sine. */
export class Tone implements AudioSource {
	readonly #step: number;
	#phase = 0;

	constructor(hz: number) {
		this.#step = (2 * Math.PI * hz) / SAMPLE_RATE;
	}

	read(out: Int16Array): boolean {
		for (let i = 0; i < out.length; i++) {
			out[i] = Math.sin(this.#phase) * TONE_LEVEL;
			this.#phase += this.#step;
		}
		this.#phase %= 2 * Math.PI;
		return true;
	}
}

/** What a caller hears while the far end rings: 440 + 480 Hz, two seconds on, four off (the North American cadence). */
export class Ringback implements AudioSource {
	#at = 0;

	read(out: Int16Array): boolean {
		for (let i = 0; i < out.length; i++) {
			out[i] = this.#at < RINGBACK_ON_SECONDS * SAMPLE_RATE ? ringbackSample(this.#at) : 0;
			this.#at = (this.#at + 1) % (RINGBACK_CYCLE_SECONDS * SAMPLE_RATE);
		}
		return true;
	}
}

/** What an agent hears while somebody else is asked something: two soft notes every two seconds, so that no silence sounds like a dead line. */
export class Asking implements AudioSource {
	#at = 0;

	read(out: Int16Array): boolean {
		for (let i = 0; i < out.length; i++) {
			const seconds = this.#at / SAMPLE_RATE;
			const hz = ASKING_HZ[Math.floor(seconds / ASKING_NOTE_SECONDS)];
			const level = ASKING_LEVEL * Math.sin((Math.PI * (seconds % ASKING_NOTE_SECONDS)) / ASKING_NOTE_SECONDS);
			out[i] = hz === undefined ? 0 : Math.sin(2 * Math.PI * hz * seconds) * level;
			this.#at = (this.#at + 1) % (ASKING_CYCLE_SECONDS * SAMPLE_RATE);
		}
		return true;
	}
}

function ringbackSample(at: number): number {
	let sum = 0;
	for (const hz of RINGBACK_HZ) sum += Math.sin((2 * Math.PI * hz * at) / SAMPLE_RATE);
	return sum * RINGBACK_LEVEL;
}
