/** Keys whose times are kept at once; beyond it, those that came first are forgotten. */
const mostKeys = 20_000;

/** So many of something within a time, by key: the newest count, whenever the time began. */
export class Bursts {
	readonly #allowed: number;
	readonly #windowMs: number;
	readonly #times = new Map<string, number[]>();

	constructor(allowed: number, windowMs: number) {
		this.#allowed = allowed;
		this.#windowMs = windowMs;
	}

	/** How many there have been within the time. @param nowMs of a clock that nobody sets */
	countOf(key: string, nowMs = performance.now()): number {
		return this.#within(key, nowMs).length;
	}

	/** @returns false, and counts nothing, where there are as many already as may be */
	take(key: string, nowMs = performance.now()): boolean {
		const times = this.#within(key, nowMs);
		if (times.length >= this.#allowed) return false;
		this.#times.delete(key);
		this.#times.set(key, [...times, nowMs]);
		const [oldest] = this.#times.size > mostKeys ? this.#times.keys() : [];
		if (oldest !== undefined) this.#times.delete(oldest);
		return true;
	}

	/** What was taken last counts no more: nothing came of it. */
	giveBack(key: string): void {
		const times = this.#times.get(key)?.slice(0, -1) ?? [];
		if (times.length > 0) this.#times.set(key, times);
		else this.#times.delete(key);
	}

	#within(key: string, nowMs: number): number[] {
		return (this.#times.get(key) ?? []).filter((at) => nowMs - at < this.#windowMs);
	}
}
