import type { Clock } from "./clock.ts";

/** Between the wall clock and the timeline, more than this is a step and not the clock's own adjusting, in ms. */
const stepMs = 400;

/**
 * The time by which timers run: wall-clock time, so that a timer in the database still means something to the next start,
 * but without the steps that somebody's setting of the clock makes. Who keeps timers takes a step over with `follow`, once
 * they have moved what they keep by as much.
 */
export class Timeline {
	readonly #clock: Clock;
	/** Between steady time and the timeline, in ms. */
	#offset: number;

	constructor(clock: Clock) {
		this.#clock = clock;
		this.#offset = clock.now().getTime() - clock.steadyMs();
	}

	now(): Date {
		return new Date(this.#clock.steadyMs() + this.#offset);
	}

	/** A moment that somebody has worked out from the wall clock just now. */
	fromWall(at: Date): Date {
		return new Date(this.now().getTime() + at.getTime() - this.#clock.now().getTime());
	}

	/** By how many ms the wall clock was set, forwards or back; 0 when it was not. */
	get step(): number {
		const ahead = this.#clock.now().getTime() - this.now().getTime();
		return Math.abs(ahead) < stepMs ? 0 : ahead;
	}

	/** Moves the timeline. */
	follow(step: number): void {
		this.#offset += step;
	}
}
