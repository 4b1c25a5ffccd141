import type { Clock } from "../kernel/clock.ts";
import type { Database } from "../kernel/database.ts";
import { failureStore } from "./sign-in-store.ts";

/** Failures that cost nothing but the attempt. */
const freeFailures = 5;
const firstBlockMs = 5_000;
const longestBlockMs = 5 * 60_000;
/** After this long without another failure the count starts anew. */
const forgivenAfterMs = 30 * 60_000;

/**
 * Slows down guessing at one user name: after five failures each further one blocks the name for twice as long.
 * An attempt is counted before its password is looked at, so attempts in parallel get no free tries.
 */
export class SignInBrake {
	readonly #database: Database;
	readonly #clock: Clock;

	constructor(database: Database, clock: Clock) {
		this.#database = database;
		this.#clock = clock;
	}

	/** @returns 0 when the attempt may go on, else the seconds to wait */
	async beginAttempt(username: string): Promise<number> {
		const now = this.#clock.now();
		const attempt = { username: username.toLowerCase(), now, forgetBefore: later(now, -forgivenAfterMs) };
		const before = await failureStore.change(this.#database, attempt, ({ failures, blockedUntil }) => {
			if (blockedUntil > now) return { failures, blockedUntil };
			return { failures: failures + 1, blockedUntil: later(now, blockMs(failures + 1)) };
		});
		return Math.max(0, Math.ceil((before.blockedUntil.getTime() - now.getTime()) / 1000));
	}

	async succeeded(username: string): Promise<void> {
		await failureStore.forget(this.#database, username.toLowerCase());
	}
}

function blockMs(failures: number): number {
	if (failures < freeFailures) return 0;
	return Math.min(longestBlockMs, firstBlockMs * 2 ** (failures - freeFailures));
}

function later(at: Date, ms: number): Date {
	return new Date(at.getTime() + ms);
}
