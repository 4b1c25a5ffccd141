import { expect } from "vitest";
import type { Clock } from "../session/clock.ts";

/** Time that moves only when a test turns it. */
export class FakeClock implements Clock {
	#now = 1_000_000;
	#timers: { at: number; task: () => void }[] = [];

	now(): number {
		return this.#now;
	}

	after(ms: number, task: () => void): () => void {
		const timer = { at: this.#now + ms, task };
		this.#timers.push(timer);
		return () => {
			this.#timers = this.#timers.filter((each) => each !== timer);
		};
	}

	/** Moves time on and runs what falls due, in order. */
	advance(ms: number): void {
		const until = this.#now + ms;
		for (;;) {
			const due = this.#timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
			if (!due) break;
			this.#timers = this.#timers.filter((timer) => timer !== due);
			this.#now = due.at;
			due.task();
		}
		this.#now = until;
	}

	/** Waits until so many timers are set: what runs in promises has come to rest. */
	async waits(count: number): Promise<void> {
		await expect.poll(() => this.#timers.length).toBe(count);
	}
}
