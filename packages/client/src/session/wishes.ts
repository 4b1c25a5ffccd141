/** A toggle's last wish and how far it has come. */
interface Wish {
	value: boolean;
	/** What the server was asked for last. */
	sent: boolean;
	sending: Promise<void> | undefined;
	answeredAt: number;
}

/** The event that follows an answer comes in this time, or never; milliseconds. */
const eventWithinMs = 3000;

/**
 * Once means once: the same action while it is under way is that action, whoever asks for it, page, script or panel; and
 * toggles count from the last wish, because the event that tells of it comes later than the next click.
 */
export class Wishes {
	readonly #underWay = new Map<string, Promise<unknown>>();
	readonly #turns = new Map<string, { what: string; done: Promise<void> }>();
	readonly #toggles = new Map<string, Wish>();
	readonly #now: () => number;

	/** @param now milliseconds */
	constructor(now: () => number) {
		this.#now = now;
	}

	/** Runs `work`, unless the same is under way: then both end alike. */
	once<T>(key: string, work: () => Promise<T>): Promise<T> {
		const running = this.#underWay.get(key) as Promise<T> | undefined;
		if (running) return running;
		const started = work().finally(() => this.#underWay.delete(key));
		this.#underWay.set(key, started);
		return started;
	}

	/**
	 * Runs `work` after what was asked for by this key before, so that the last wish counts; the same again, while it is the
	 * last, is that one.
	 * @param what tells wishes of one key apart
	 */
	inTurn(key: string, what: string, work: () => Promise<void>): Promise<void> {
		const last = this.#turns.get(key);
		if (last?.what === what) return last.done;
		const done = (last ? last.done.then(work, work) : work()).finally(() => {
			if (this.#turns.get(key)?.done === done) this.#turns.delete(key);
		});
		this.#turns.set(key, { what, done });
		return done;
	}

	/**
	 * Turns a toggle over. Changes go out one after the other, and only the last wish that differs is sent.
	 *
	 * @param seen what the last event said
	 * @param send asks the server
	 */
	toggle(key: string, seen: boolean, send: (value: boolean) => Promise<void>): Promise<void> {
		return this.set(key, !this.wished(key, seen), send);
	}

	/** Sets what a toggle shall be. */
	set(key: string, value: boolean, send: (value: boolean) => Promise<void>): Promise<void> {
		const before = this.#toggles.get(key);
		if (before?.sending) {
			before.value = value;
			return before.sending;
		}
		const wish: Wish = { value, sent: value, sending: undefined, answeredAt: 0 };
		this.#toggles.set(key, wish);
		wish.sending = this.#pursue(key, wish, send);
		return wish.sending;
	}

	/** What a toggle will be when all that was asked for is done. */
	wished(key: string, seen: boolean): boolean {
		const wish = this.#toggles.get(key);
		if (!wish) return seen;
		if (wish.sending) return wish.value;
		if (wish.value === seen || this.#now() - wish.answeredAt > eventWithinMs) {
			this.#toggles.delete(key);
			return seen;
		}
		return wish.value;
	}

	/** An event has told what a toggle is now; later ones count from there. */
	told(key: string, value: boolean): void {
		const wish = this.#toggles.get(key);
		if (wish && !wish.sending && wish.value === value) this.#toggles.delete(key);
	}

	async #pursue(key: string, wish: Wish, send: (value: boolean) => Promise<void>): Promise<void> {
		try {
			await send(wish.value);
			while (wish.value !== wish.sent) {
				wish.sent = wish.value;
				await send(wish.value);
			}
			wish.answeredAt = this.#now();
			wish.sending = undefined;
		} catch (error) {
			this.#toggles.delete(key);
			throw error;
		}
	}
}
