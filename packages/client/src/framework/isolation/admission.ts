/** Calls, each with fifty thousand characters, that a script may make at once, and each second from then on. */
const burst = 500;
const perSecond = 100;
/** Calls beyond that without a rest, after which its frame is taken away: to drop them costs time, too. */
const mostDropped = 5_000;

/** How many calls of an isolated script the panel takes: a script in a loop must not keep it from its agent. */
export class Admission {
	readonly #now: () => number;
	readonly #drowned: () => void;
	#left = burst;
	#at: number;
	#dropped = 0;
	#isOver = false;

	/** @param drowned it does not end */
	constructor(now: () => number, drowned: () => void) {
		this.#now = now;
		this.#drowned = drowned;
		this.#at = now();
	}

	/** @param cost one for a call, more where it is long */
	admits(cost = 1): boolean {
		const now = this.#now();
		this.#left = Math.min(burst, this.#left + ((now - this.#at) / 1000) * perSecond);
		this.#at = now;
		// It has stopped meanwhile.
		if (this.#left === burst) this.#dropped = 0;
		if (this.#left >= cost) {
			this.#left -= cost;
			return true;
		}
		this.#dropped += Math.max(1, cost);
		if (this.#dropped >= mostDropped && !this.#isOver) {
			this.#isOver = true;
			this.#drowned();
		}
		return false;
	}
}
