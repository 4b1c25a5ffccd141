import type { LoggedEvent } from "../kernel/events/event-log.ts";
import { comparePositions, type Position } from "../kernel/events/position.ts";

/**
 * The newest entries of the log that this process has handed out, without a gap. Whoever reconnects shortly after goes on
 * from here, so that a thousand sockets that come back at once do not each read the database.
 */
export class RecentEvents {
	readonly #capacity: number;
	readonly #before: () => Position;
	#events: LoggedEvent[] = [];
	#floor: Position | undefined;

	/**
	 * @param before the position of the feed before the entry that it hands out at the moment
	 * @param capacity how many entries are kept at least, once there have been so many
	 */
	constructor(before: () => Position, capacity = 2000) {
		this.#before = before;
		this.#capacity = capacity;
	}

	/** Everything after this position that has been handed out is kept here. */
	get floor(): Position {
		return this.#floor ?? this.#before();
	}

	/** The newest entry that has been handed out. */
	get newest(): Position {
		return this.#events.at(-1)?.position ?? this.floor;
	}

	/** To be called with every entry, in order, while the feed hands it out. */
	add(event: LoggedEvent): void {
		this.#floor ??= this.#before();
		this.#events.push(event);
		if (this.#events.length >= 2 * this.#capacity) this.#shorten();
	}

	/** The kept entries after a position. */
	after(position: Position): LoggedEvent[] {
		let low = 0;
		let high = this.#events.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			const event = this.#events[middle];
			if (event && comparePositions(event.position, position) <= 0) low = middle + 1;
			else high = middle;
		}
		return this.#events.slice(low);
	}

	/** In large steps, as every shortening moves what stays. */
	#shorten(): void {
		const gone = this.#events.splice(0, this.#events.length - this.#capacity);
		this.#floor = gone.at(-1)?.position ?? this.#floor;
	}
}
