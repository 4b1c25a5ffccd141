import type { Clock } from "../kernel/time/clock.ts";

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
	#now: number;
	#steadyMs = 0;

	constructor(start = "2026-01-05T09:00:00.000Z") {
		this.#now = Date.parse(start);
	}

	now(): Date {
		return new Date(this.#now);
	}

	steadyMs(): number {
		return this.#steadyMs;
	}

	/** Time goes by. */
	advance(ms: number): void {
		this.#now += ms;
		this.#steadyMs += ms;
	}

	/** Somebody sets the clock: no time goes by. */
	step(ms: number): void {
		this.#now += ms;
	}
}
