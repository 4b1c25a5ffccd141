import { FRAME_SAMPLES } from "./audio.ts";
import { ComfortNoise } from "./comfort-noise.ts";

/** How loud the repeated frame begins, per lost frame in a row; after that only comfort noise is left. */
const FADE = [1, 0.75, 0.45, 0.2, 0] as const;

/** Fills gaps: repeats the last good frame ever more quietly, then fades into comfort noise. */
export class LossConcealer {
	readonly #last = new Int16Array(FRAME_SAMPLES);
	readonly #noise = new ComfortNoise();
	#lostInRow = 0;

	/** Remembers a frame that arrived. */
	heard(frame: Int16Array): void {
		this.#last.set(frame);
		this.#lostInRow = 0;
	}

	/** Invents the next frame. */
	conceal(out: Int16Array): void {
		const from = FADE[Math.min(this.#lostInRow, FADE.length - 1)] as number;
		const to = FADE[Math.min(this.#lostInRow + 1, FADE.length - 1)] as number;
		const slope = (to - from) / FRAME_SAMPLES;
		for (let i = 0; i < FRAME_SAMPLES; i++) {
			out[i] = (this.#last[i] as number) * (from + slope * i) + this.#noise.next() * (1 - from);
		}
		this.#lostInRow++;
	}
}
