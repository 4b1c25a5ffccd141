import type { Clock } from "../time/clock.ts";

/** What lasts longer than a request, and no longer than the token by which it was asked for. */
export interface TokenHolder {
	tokenHash: string;
	/** Undefined while nobody has looked. */
	goodUntil?: Date | undefined;
	readonly ended: boolean;
}

export interface TokenTimes {
	/** Until when a token opens anything, if nobody uses it; undefined where it opens nothing any more. Asking is no use. */
	goodUntil(tokenHash: string): Promise<Date | undefined>;
}

/** Sessions end with their tokens: no sooner, and without anybody having to ask for something first. */
export class TokenWatch<Holder extends TokenHolder> {
	readonly #tokens: TokenTimes;
	readonly #clock: Pick<Clock, "now">;
	readonly #asking = new Set<Holder>();

	constructor(tokens: TokenTimes, clock: Pick<Clock, "now">) {
		this.#tokens = tokens;
		this.#clock = clock;
	}

	/** @returns whether the session's token is good; then it is watched from now on */
	async check(session: Holder): Promise<boolean> {
		const { tokenHash } = session;
		const goodUntil = await this.#tokens.goodUntil(tokenHash);
		// It lives with another token meanwhile, which was checked by whoever gave it.
		if (session.tokenHash !== tokenHash) return true;
		session.goodUntil = goodUntil;
		return goodUntil !== undefined && goodUntil > this.#clock.now();
	}

	/** What is known of these tokens may be wrong: they are looked at with the next `overdue`. */
	checkSoon(sessions: readonly Holder[]): void {
		for (const session of sessions) if (session.goodUntil) session.goodUntil = new Date(0);
	}

	/** Those whose tokens are over; one that was only not used for long may have been used since. */
	async overdue(sessions: readonly Holder[]): Promise<Holder[]> {
		const now = this.#clock.now();
		const due = sessions.filter(({ goodUntil, ended }) => !ended && goodUntil !== undefined && goodUntil <= now);
		const over = await Promise.all(due.map((session) => this.#isOver(session)));
		return due.filter((_session, index) => over[index]);
	}

	async #isOver(session: Holder): Promise<boolean> {
		if (this.#asking.has(session)) return false;
		this.#asking.add(session);
		try {
			return !(await this.check(session));
		} finally {
			this.#asking.delete(session);
		}
	}
}
