import type { EventFeed } from "../events/event-feed.ts";
import type { LoggedEvent } from "../events/event-log.ts";

/** Entities kept at once by default; beyond it the ones read longest ago go. */
const mostKept = 20_000;

/**
 * Entities that nearly every request reads and hardly any changes, kept in memory by id until an event says that one may
 * have changed: this process forgets it with its own commit, the others when the event reaches them (see `Remembered`).
 * Nobody may alter what comes from here. What does not exist is not remembered.
 */
export class RememberedById<T> {
	readonly #read: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>;
	readonly #capacity: number;
	readonly #known = new Map<string, Promise<T | undefined>>();

	/**
	 * @param read reads some from the database, outside of transactions
	 * @param changedBy the id of the entity that an event is about, undefined for events that change none
	 */
	constructor(
		read: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>,
		feed: Pick<EventFeed, "subscribe">,
		changedBy: (event: LoggedEvent) => string | undefined,
		capacity = mostKept,
	) {
		this.#read = read;
		this.#capacity = capacity;
		feed.subscribe((event) => {
			const id = changedBy(event);
			if (id !== undefined) this.forget(id);
		});
	}

	/** Not within a transaction: it may need a connection of its own while others wait for theirs. */
	get(id: string): Promise<T | undefined> {
		return this.#known.get(id) ?? this.#ask([id])[0] ?? Promise.resolve(undefined);
	}

	/** As `get` for several; those that are not known are read at once. Left out are those that do not exist. */
	async all(ids: readonly string[]): Promise<Map<string, T>> {
		const asked = [...new Set(ids)];
		this.#ask(asked.filter((id) => !this.#known.has(id)));
		const found = await Promise.all(asked.map(async (id) => [id, await this.get(id)] as const));
		return new Map(found.flatMap(([id, one]) => (one === undefined ? [] : [[id, one] as const])));
	}

	/** Call it after the commit of a change. */
	forget(id: string): void {
		this.#known.delete(id);
	}

	/** Of all of them. */
	forgetAll(): void {
		this.#known.clear();
	}

	#ask(ids: readonly string[]): Array<Promise<T | undefined>> {
		if (ids.length === 0) return [];
		const reading = this.#read(ids);
		return ids.map((id) => {
			const one = reading.then((found) => found.get(id));
			this.#makeRoom();
			this.#known.set(id, one);
			const drop = () => {
				// What was forgotten while it was read is gone already; in its place may be a newer reading.
				if (this.#known.get(id) === one) this.#known.delete(id);
			};
			one.then((found) => found === undefined && drop(), drop);
			return one;
		});
	}

	#makeRoom(): void {
		if (this.#known.size < this.#capacity) return;
		const oldest = this.#known.keys().next();
		if (!oldest.done) this.#known.delete(oldest.value);
	}
}
