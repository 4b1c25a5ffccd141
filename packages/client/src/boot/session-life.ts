import type { SessionTimes } from "@inlay/contract";
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Renewal } from "../session/api.ts";
import type { Clock } from "../session/clock.ts";

/** `over`: nothing comes of asking again, the person has to sign in. `unreachable`: no answer came. */
export type Renewed = SessionTimes | "over" | "unreachable";

/** Whether another token can be had without a word: `perhaps` is asked early, so that the person is told in time. */
export type WayOn = "sure" | "perhaps" | "none";

export interface SessionLifeParts {
	/** A clock that nobody sets. */
	clock: Clock;
	/** Gets another token without a word. */
	renew: () => Promise<Renewed>;
	/** Asks the server for the times as they are now, which is no use of the session; undefined without an answer. */
	look: () => Promise<SessionTimes | undefined>;
	/** Tells the server that somebody is here. */
	touch: () => Promise<void>;
}

/** What the person must be told: when the session ends, and why it does. */
export interface Ending {
	kind: "expiry" | "idle";
	/** On the clock of the parts, milliseconds; in the past while a call keeps the session open. */
	at: number;
}

/** Renewed this long before the end, ms, or a fifth of the token's life before it. */
const mostRenewLeadMs = 5 * 60_000;
/** Warned this long before the end, ms, or a fifth of the token's life before it. */
const mostWarnLeadMs = 10 * 60_000;
const retryMs = 15_000;
/** A token that is good for less than this part of the one before's life reaches to the session's own end. */
const wholeLife = 0.9;
/** Warned this long before an unused session ends. */
const idleLeadMs = 60_000;
/** Clicks and keys are told to the server this often. */
const touchEveryMs = 60_000;
/** The same where the agent has been asked: a click is two events. */
const answerMs = 2_000;

/**
 * When the signed-in session ends, and what is done about it: renewed in time without a word where that can be, else
 * announced. All times are spans of the server's, counted on a clock that nobody sets.
 */
export class SessionLife {
	readonly #parts: SessionLifeParts;
	readonly #ending = signal<Ending | undefined>(undefined);
	#endsAt = Number.POSITIVE_INFINITY;
	#idlesAt = Number.POSITIVE_INFINITY;
	#lifetimeMs = 0;
	#way: WayOn = "none";
	#touchedAt = Number.NEGATIVE_INFINITY;
	/** How many tokens there were: what was asked about one before says nothing of this one. */
	#tokens = 0;
	#renewing: Promise<Renewal> | undefined;
	#cancel: (() => void)[] = [];
	#stopped = false;

	constructor(parts: SessionLifeParts) {
		this.#parts = parts;
	}

	/** What is to be said now; undefined while there is nothing to say. */
	get ending(): ReadonlySignal<Ending | undefined> {
		return this.#ending;
	}

	/** A token was come by. @param way to another one for it */
	begin(times: SessionTimes, way: WayOn): void {
		this.#tokens += 1;
		this.#way = way;
		this.#lifetimeMs = times.expiresInSeconds * 1000;
		this.learn(times);
	}

	/** Takes what the server says of the token. */
	learn({ expiresInSeconds, idlesInSeconds }: SessionTimes): void {
		const now = this.#parts.clock.now();
		this.#endsAt = now + expiresInSeconds * 1000;
		this.#idlesAt = idlesInSeconds === undefined ? Number.POSITIVE_INFINITY : now + idlesInSeconds * 1000;
		this.#plan();
	}

	/** Somebody clicked or typed: an unused session is one that nobody sits at. */
	async used(): Promise<void> {
		const now = this.#parts.clock.now();
		const isAsked = this.#ending.peek()?.kind === "idle";
		if (this.#stopped || now - this.#touchedAt < (isAsked ? answerMs : touchEveryMs)) return;
		this.#touchedAt = now;
		if (this.#idlesAt === Number.POSITIVE_INFINITY) return;
		await this.#parts.touch().catch(() => undefined);
		await this.#lookAgain();
	}

	/** Renews at once, e.g. because the server refused the token. Asks once for all who ask. */
	renewNow(): Promise<Renewal> {
		this.#renewing ??= this.#renew().finally(() => {
			this.#renewing = undefined;
		});
		return this.#renewing;
	}

	stop(): void {
		this.#stopped = true;
		this.#clear();
		this.#ending.value = undefined;
	}

	#plan(): void {
		this.#clear();
		if (this.#stopped) return;
		const now = this.#parts.clock.now();
		this.#ending.value = this.#endingAt(now);
		const renewLeadMs = this.#way === "sure" ? mostRenewLeadMs : mostWarnLeadMs;
		if (this.#way !== "none") this.#later(this.#endsAt - this.#lead(renewLeadMs) - now, () => void this.renewNow());
		else this.#later(this.#endsAt - this.#lead(mostWarnLeadMs) - now, () => this.#plan());
		if (this.#idlesAt < Number.POSITIVE_INFINITY) {
			// Asked again before anybody is told: another window, or a call, may have used the session.
			const due = this.#idlesAt - idleLeadMs - now;
			this.#later(due > 0 ? due : retryMs, () => void this.#lookAgain());
		}
	}

	#endingAt(now: number): Ending | undefined {
		if (this.#idlesAt - now <= idleLeadMs) return { kind: "idle", at: this.#idlesAt };
		const isNear = this.#endsAt - now <= this.#lead(mostWarnLeadMs);
		return this.#way === "none" && isNear ? { kind: "expiry", at: this.#endsAt } : undefined;
	}

	#lead(most: number): number {
		return Math.min(most, this.#lifetimeMs / 5);
	}

	async #lookAgain(): Promise<void> {
		const tokens = this.#tokens;
		const times = await this.#parts.look();
		if (tokens !== this.#tokens) return;
		if (times && !this.#stopped) this.learn(times);
		else if (!this.#stopped) this.#plan();
	}

	async #renew(): Promise<Renewal> {
		if (this.#way === "none" || this.#stopped) return "over";
		const renewed = await this.#parts.renew();
		if (this.#stopped) return "over";
		if (renewed === "unreachable") {
			this.#clear();
			this.#later(retryMs, () => void this.renewNow());
			return "unreachable";
		}
		if (renewed === "over") {
			this.#way = "none";
			this.#plan();
			return "over";
		}
		// Not by what is gained: two who find the old one refused ask one after the other, and the second gains nothing.
		this.begin(renewed, renewed.expiresInSeconds * 1000 > this.#lifetimeMs * wholeLife ? this.#way : "none");
		return "renewed";
	}

	#later(ms: number, task: () => void): void {
		// What is due already is part of the plan, or would be planned without end.
		if (ms > 0 || this.#way !== "none") this.#cancel.push(this.#parts.clock.after(Math.max(0, ms), task));
	}

	#clear(): void {
		for (const cancel of this.#cancel.splice(0)) cancel();
	}
}
