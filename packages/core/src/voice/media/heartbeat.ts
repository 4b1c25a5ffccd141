/** Notices that the media process hangs: it is there, and says nothing. */

/** Between two questions, in ms. */
const EVERY_MS = 500;
/** Silence after which the process counts as hung. Its work is done in steps of 20 ms, so this is an age. */
const SILENCE_MS = 2000;

export interface HeartbeatTiming {
	everyMs: number;
	silenceMs: number;
	/** A sign of life that it gives without saying anything. */
	isAtWork?: () => boolean;
}

export class Heartbeat {
	readonly #ask: () => void;
	readonly #hung: () => void;
	readonly #timing: HeartbeatTiming;
	#timer: NodeJS.Timeout | undefined;
	#heardAt = 0;
	#lookedAt = 0;

	/**
	 * @param ask sends something that has to be answered
	 * @param hung called once, when nothing has been heard for too long
	 */
	constructor(ask: () => void, hung: () => void, timing: Partial<HeartbeatTiming> = {}) {
		this.#ask = ask;
		this.#hung = hung;
		this.#timing = { everyMs: EVERY_MS, silenceMs: SILENCE_MS, ...timing };
	}

	start(): void {
		this.#heardAt = this.#lookedAt = performance.now();
		this.#timer = setInterval(() => this.#look(), this.#timing.everyMs);
		this.#timer.unref();
	}

	stop(): void {
		clearInterval(this.#timer);
	}

	/** How long nothing has been heard, in ms; more than the time between two questions says little yet. */
	get silentMs(): number {
		return performance.now() - this.#heardAt;
	}

	/** The process has said something, whatever it is. */
	heard(): void {
		this.#heardAt = performance.now();
	}

	#look(): void {
		const now = performance.now();
		// This process was held up itself, or the machine slept: what the other one said meanwhile has not been read yet.
		if (now - this.#lookedAt > 2 * this.#timing.everyMs) this.#heardAt = now;
		if (this.#timing.isAtWork?.()) this.#heardAt = now;
		this.#lookedAt = now;
		if (now - this.#heardAt < this.#timing.silenceMs) {
			this.#ask();
			return;
		}
		this.stop();
		this.#hung();
	}
}
