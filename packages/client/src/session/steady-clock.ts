import { browserClock, type Clock } from "./clock.ts";

/** Counts on when the computer's clock is set: milliseconds since the page began. */
export const steadyClock: Clock = {
	now: () => performance.now(),
	after: browserClock.after,
};
