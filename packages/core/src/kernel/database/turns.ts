import { ApiError } from "../http/api-error.ts";

export interface TurnsOptions {
	/** So many may wait in all. */
	waiting?: number;
	/** So many of one key, e.g. of one user. */
	waitingPerKey?: number;
}

/** 503 `too.many.changes`: too many wait already, and nothing was begun. */
export class NoTurn extends ApiError {
	constructor() {
		super(503, "too.many.changes", "Too many changes of this kind are waiting. Try again in {seconds} seconds.", {
			params: { seconds: "2" },
			headers: { "retry-after": "2" },
		});
	}
}

/**
 * Lets changes that would wait for one lock of the database go one at a time, and wait here: who waits for a lock in a
 * transaction holds a connection of the pool meanwhile, and sixteen who do so keep everybody else waiting. The lock stays
 * what decides, as between two servers. Those who wait take turns by key, so nobody's crowd makes others wait for all of it.
 */
export class Turns {
	readonly #most: number;
	readonly #mostPerKey: number;
	/** By key, in the order of their next turns. */
	readonly #waiting = new Map<string, Array<() => void>>();
	#count = 0;
	#isTaken = false;

	constructor({ waiting = 512, waitingPerKey = 128 }: TurnsOptions = {}) {
		this.#most = waiting;
		this.#mostPerKey = waitingPerKey;
	}

	/** `work` must not ask for another turn. @throws NoTurn at once, without having begun it */
	async run<T>(key: string, work: () => Promise<T>): Promise<T> {
		if (this.#isTaken) await this.#turn(key);
		this.#isTaken = true;
		try {
			return await work();
		} finally {
			this.#next();
		}
	}

	#turn(key: string): Promise<void> {
		const ofKey = this.#waiting.get(key) ?? [];
		if (this.#count >= this.#most || ofKey.length >= this.#mostPerKey) throw new NoTurn();
		this.#waiting.set(key, ofKey);
		this.#count++;
		return new Promise((start) => ofKey.push(start));
	}

	/** Hands the turn on, so that nobody who comes meanwhile overtakes those who wait. */
	#next(): void {
		const [first] = this.#waiting;
		if (!first) {
			this.#isTaken = false;
			return;
		}
		const [key, [start, ...others]] = first;
		this.#waiting.delete(key);
		if (others.length > 0) this.#waiting.set(key, others);
		this.#count--;
		start?.();
	}
}
