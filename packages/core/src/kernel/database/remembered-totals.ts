import type { EventFeed } from "../events/event-feed.ts";
import type { LoggedEvent } from "../events/event-log.ts";

/** Totals kept at once; beyond it the one asked for first goes. */
const mostKept = 1_000;
/** Kept at the longest, ms: what is made without an event, as stations are, is counted after a while all the same. */
const longestMs = 10_000;

/**
 * How many rows a listing has in all, which every page of it tells: counting them for each would read them all for
 * twenty-five. Kept in memory by the listing's filter until an event says that it may have changed (see `Remembered`).
 */
export class RememberedTotals {
	readonly #known = new Map<string, { counting: Promise<number>; since: number }>();

	/** @param changedBy whether an event is about what is counted */
	constructor(feed: Pick<EventFeed, "subscribe">, changedBy: (event: LoggedEvent) => boolean) {
		feed.subscribe((event) => {
			if (changedBy(event)) this.forget();
		});
	}

	/** Whether this one is remembered: `of` would not count. */
	knows(filter: unknown): boolean {
		return this.#fresh(keyOf(filter)) !== undefined;
	}

	/** @param filter what decides which rows are counted; JSON */
	of(filter: unknown, count: () => Promise<number>): Promise<number> {
		const key = keyOf(filter);
		const known = this.#fresh(key);
		if (known) return known;
		const counting = count();
		this.#makeRoom();
		this.#known.set(key, { counting, since: performance.now() });
		counting.catch(() => {
			if (this.#known.get(key)?.counting === counting) this.#known.delete(key);
		});
		return counting;
	}

	/** Call it after the commit of a change. */
	forget(): void {
		this.#known.clear();
	}

	#fresh(key: string): Promise<number> | undefined {
		const known = this.#known.get(key);
		return known && performance.now() - known.since < longestMs ? known.counting : undefined;
	}

	#makeRoom(): void {
		if (this.#known.size < mostKept) return;
		const oldest = this.#known.keys().next();
		if (!oldest.done) this.#known.delete(oldest.value);
	}
}

function keyOf(filter: unknown): string {
	return JSON.stringify(filter) ?? "";
}
