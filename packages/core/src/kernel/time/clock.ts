/** The clock port. Rules never ask the operating system for the time, so tests can move it. */
export interface Clock {
	/** What time it is. Somebody may set the machine's clock: two answers do not tell how much time went by between. */
	now(): Date;
	/** Milliseconds since some moment, which no setting of the clock changes: for how long something takes, or may take. */
	steadyMs(): number;
}

export const systemClock: Clock = { now: () => new Date(), steadyMs: () => performance.now() };
