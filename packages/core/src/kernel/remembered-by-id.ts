import type { EventFeed } from "./event-feed.ts";
import type { LoggedEvent } from "./event-log.ts";

/** Entities kept at once by default; beyond it the ones read longest ago go. */
const mostKept = 20_000;

/**
 * Entities that nearly every request reads and hardly any changes, kept in memory by id until an event says that one may
 * have changed: this process forgets it with its own commit, the others when the event reaches them (see `Remembered`).
 * Nobody may alter what comes from here. What does not exist is not remembered.
 */
export class RememberedById<T> {
	readonly #read: (id: string) => Promise<T | undefined>;
	readonly #capacity: number;
	readonly #known = new Map<string, Promise<T | undefined>>();

	/**
	 * @param read reads one from the database, outside of transactions
	 * @param changedBy the id of the entity that an event is about, undefined for events that change none
	 */
	constructor(
		read: (id: string) => Promise<T | undefined>,
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
		const known = this.#known.get(id);
		if (known) return known;
		const reading = this.#read(id);
		this.#makeRoom();
		this.#known.set(id, reading);
		const drop = () => {
			// What was forgotten while it was read is gone already; in its place may be a newer reading.
			if (this.#known.get(id) === reading) this.#known.delete(id);
		};
		reading.then((found) => found === undefined && drop(), drop);
		return reading;
	}

	/** Call it after the commit of a change. */
	forget(id: string): void {
		this.#known.delete(id);
	}

	#makeRoom(): void {
		if (this.#known.size < this.#capacity) return;
		const oldest = this.#known.keys().next();
		if (!oldest.done) this.#known.delete(oldest.value);
	}
}
