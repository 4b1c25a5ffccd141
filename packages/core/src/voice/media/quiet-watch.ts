import { FRAME_MS } from "./audio.ts";

/** Louder than the noise of a line, and softer than a voice far from its microphone: of 32,767. */
export const quietPeak = 400;

/** Tells, once, that nothing has been heard for so long. */
export class QuietWatch {
	#left: number;
	readonly #frames: number;

	constructor(silenceMs: number) {
		this.#frames = Math.ceil(silenceMs / FRAME_MS);
		this.#left = this.#frames;
	}

	/** @returns whether it has just become so long */
	add(frame: Int16Array): boolean {
		if (isLoud(frame)) this.#left = this.#frames;
		else if (this.#left > 0) return --this.#left === 0;
		return false;
	}
}

/** Somebody, or something, is heard in it. */
export function isLoud(samples: Int16Array): boolean {
	for (const sample of samples) if (sample > quietPeak || sample < -quietPeak) return true;
	return false;
}
