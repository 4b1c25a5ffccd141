import type { EventFeed } from "../events/event-feed.ts";

/**
 * Something small that is read often and changes seldom, kept in memory until an event says that it may have changed:
 * this process forgets it with its own commit, the others when the event reaches them (at most one poll of the log later).
 */
export class Remembered<T> {
	readonly #read: () => Promise<T>;
	#reading: Promise<T> | undefined;
	#value: { known: T } | undefined;

	/**
	 * @param read reads it from the database, outside of transactions
	 * @param changedBy event types after which it has to be read again
	 */
	constructor(read: () => Promise<T>, feed: Pick<EventFeed, "subscribe">, changedBy: readonly string[]) {
		this.#read = read;
		feed.subscribe((event) => {
			if (changedBy.includes(event.type)) this.forget();
		});
	}

	/** Not within a transaction: it may need a connection of its own while others wait for theirs. Use `peek` there. */
	get(): Promise<T> {
		if (this.#reading) return this.#reading;
		const reading = this.#read();
		this.#reading = reading;
		reading.then(
			(known) => {
				// What was forgotten while it was read is not kept.
				if (this.#reading === reading) this.#value = { known };
			},
			() => {
				if (this.#reading === reading) this.forget();
			},
		);
		return reading;
	}

	/** What is known just now, without reading. */
	peek(): T | undefined {
		return this.#value?.known;
	}

	/** Call it after the commit of a change. */
	forget(): void {
		this.#reading = undefined;
		this.#value = undefined;
	}
}
