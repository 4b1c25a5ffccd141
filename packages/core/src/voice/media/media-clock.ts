/** The mixer's beat: every 20 ms of real time exactly one tick, on average for ever, however late single timers are. */

import { FRAME_MS } from "./audio.ts";

/** Further behind than this (the machine slept) missed ticks are given up instead of being caught up. */
const MAX_BEHIND_MS = 200;
const LATENESS_SAMPLES = 8192;

export class MediaClock {
	readonly #tick: () => void;
	readonly #lateness = new Float64Array(LATENESS_SAMPLES);
	#latenessCount = 0;
	#due = 0;
	#timer: NodeJS.Timeout | undefined;
	#immediate: NodeJS.Immediate | undefined;

	constructor(tick: () => void) {
		this.#tick = tick;
	}

	start(): void {
		this.#due = performance.now() + FRAME_MS;
		this.#schedule();
	}

	stop(): void {
		clearTimeout(this.#timer);
		clearImmediate(this.#immediate);
	}

	/** 99th percentile of how late ticks were, in ms, since the previous call (of the most recent ticks, if very many). */
	takeLatenessP99(): number {
		const count = Math.min(this.#latenessCount, LATENESS_SAMPLES);
		this.#latenessCount = 0;
		if (count === 0) return 0;
		const sorted = this.#lateness.slice(0, count).sort();
		return sorted[Math.min(count - 1, Math.floor(count * 0.99))] as number;
	}

	#schedule(): void {
		const wait = this.#due - performance.now();
		// Behind: let packets that arrived meanwhile in (they wait in the event loop) before the tick that wants them.
		if (wait <= 0) this.#immediate = setImmediate(this.#beat);
		else this.#timer = setTimeout(this.#beat, wait);
	}

	readonly #beat = (): void => {
		const late = performance.now() - this.#due;
		if (late < 0) {
			this.#schedule();
			return;
		}
		this.#lateness[this.#latenessCount++ % LATENESS_SAMPLES] = late;
		this.#due += FRAME_MS;
		if (late > MAX_BEHIND_MS) this.#due = performance.now() + FRAME_MS;
		this.#tick();
		this.#schedule();
	};
}
