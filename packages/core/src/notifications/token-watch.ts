import type { Clock } from "../kernel/time/clock.ts";
import type { SubscriptionPorts } from "./ports.ts";
import type { ChannelSession } from "./session.ts";

/** Sessions end with their tokens: no sooner, and without anybody having to ask for something first. */
export class TokenWatch {
	readonly #tokens: SubscriptionPorts["tokens"];
	readonly #clock: Clock;
	readonly #asking = new Set<ChannelSession>();

	constructor(tokens: SubscriptionPorts["tokens"], clock: Clock) {
		this.#tokens = tokens;
		this.#clock = clock;
	}

	/** @returns whether the session's token is good; then it is watched from now on */
	async check(session: ChannelSession): Promise<boolean> {
		const { tokenHash } = session;
		const goodUntil = await this.#tokens.goodUntil(tokenHash);
		// It lives with another token meanwhile, which was checked by whoever gave it.
		if (session.tokenHash !== tokenHash) return true;
		session.goodUntil = goodUntil;
		return goodUntil !== undefined && goodUntil > this.#clock.now();
	}

	/** What is known of these tokens may be wrong: they are looked at with the next `overdue`. */
	checkSoon(sessions: readonly ChannelSession[]): void {
		for (const session of sessions) if (session.goodUntil) session.goodUntil = new Date(0);
	}

	/** Those whose tokens are over; one that was only not used for long may have been used since. */
	async overdue(sessions: readonly ChannelSession[]): Promise<ChannelSession[]> {
		const now = this.#clock.now();
		const due = sessions.filter(({ goodUntil, ended }) => !ended && goodUntil !== undefined && goodUntil <= now);
		const over = await Promise.all(due.map((session) => this.#isOver(session)));
		return due.filter((_session, index) => over[index]);
	}

	async #isOver(session: ChannelSession): Promise<boolean> {
		if (this.#asking.has(session)) return false;
		this.#asking.add(session);
		try {
			return !(await this.check(session));
		} finally {
			this.#asking.delete(session);
		}
	}
}
