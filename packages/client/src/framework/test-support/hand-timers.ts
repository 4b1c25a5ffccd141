import type { Timers } from "../ports.ts";

/** Timers that pass only when a test says so. */
export class HandTimers implements Timers {
	#now = 0;
	#due: { at: number; task: () => void }[] = [];

	after(ms: number, task: () => void): () => void {
		const entry = { at: this.#now + ms, task };
		this.#due.push(entry);
		return () => {
			this.#due = this.#due.filter((each) => each !== entry);
		};
	}

	/** Lets `ms` milliseconds pass and runs what has become due, in order. */
	pass(ms: number): void {
		const end = this.#now + ms;
		for (;;) {
			const next = this.#due.filter((each) => each.at <= end).sort((a, b) => a.at - b.at)[0];
			if (next === undefined) break;
			this.#due = this.#due.filter((each) => each !== next);
			this.#now = next.at;
			next.task();
		}
		this.#now = end;
	}
}
