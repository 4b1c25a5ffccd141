import type { AudioSource } from "./audio.ts";

/** Peak of the noise: about -60 dBov, audible as "the line is open" and nothing more. */
const PEAK = 40;

/** Quiet low-passed noise, so that a pause does not sound like a dead line. */
export class ComfortNoise implements AudioSource {
	#state: number;
	#smooth = 0;

	constructor(seed = 0x2545f491) {
		this.#state = seed >>> 0 || 1;
	}

	read(out: Int16Array): boolean {
		for (let i = 0; i < out.length; i++) out[i] = this.next();
		return true;
	}

	/** The next sample. A 32-bit xorshift is random enough for hiss and far cheaper than Math.random with scaling. */
	next(): number {
		let x = this.#state;
		x ^= x << 13;
		x ^= x >>> 17;
		x ^= x << 5;
		this.#state = x >>> 0;
		const white = ((x >> 16) * PEAK) / 32768;
		this.#smooth += (white - this.#smooth) * 0.5;
		return this.#smooth | 0;
	}
}
