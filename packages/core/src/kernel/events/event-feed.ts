import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "../database/database.ts";
import { isAway, isPassing } from "../database/database-errors.ts";
import type { Logger } from "../log.ts";
import type { EventLog, LoggedEvent } from "./event-log.ts";
import type { Position } from "./position.ts";

export type EventListener = (event: LoggedEvent) => void | Promise<void>;

/** How often a process looks for entries that another process wrote, in ms. Its own commits wake it at once. */
const pollMs = 250;
const batch = 500;

/**
 * Follows the event log and hands each entry, in order, to the listeners of this process.
 * Listeners that need to survive a restart keep a position of their own and catch up with `EventLog.readAfter`.
 */
export class EventFeed {
	readonly #log: EventLog;
	readonly #logger: Logger;
	readonly #listeners = new Set<EventListener>();
	#position: Position = "0.0";
	#running = false;
	#again = false;
	#reading: Promise<void> = Promise.resolve();
	#timer: NodeJS.Timeout | undefined;

	constructor(database: Database, log: EventLog, logger: Logger) {
		this.#log = log;
		this.#logger = logger;
		database.onCommit(() => this.wake());
	}

	/** The newest position that was handed out. */
	get position(): Position {
		return this.#position;
	}

	/** @returns a function that ends the subscription */
	subscribe(listener: EventListener): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	async start(): Promise<void> {
		this.#position = await this.#log.latest();
		this.#running = true;
		this.#timer = setInterval(() => this.wake(), pollMs);
	}

	async stop(): Promise<void> {
		this.#running = false;
		clearInterval(this.#timer);
		await this.#reading;
	}

	/** Reads on now. Calls during a reading make it read once more, so nothing waits for the next poll. */
	wake(): void {
		if (!this.#running) return;
		if (this.#again) return;
		this.#again = true;
		this.#reading = this.#reading.then(() => this.#drain());
	}

	async #drain(): Promise<void> {
		this.#again = false;
		try {
			while (this.#running) {
				const events = await this.#log.readAfter(this.#position, batch);
				for (const event of events) await this.#deliver(event);
				if (events.length < batch) return;
			}
		} catch (error) {
			// Of a database that is away the log tells once, not four times a second.
			if (!isAway(error))
				this.#logger.error({ err: error }, "event log could not be read; trying again at the next poll");
		}
	}

	async #deliver(event: LoggedEvent): Promise<void> {
		for (const listener of this.#listeners) {
			// Most of a hundred listeners want none of it and say so at once: to wait for each would cost more than the event.
			const telling = this.#tell(listener, event);
			if (telling) await telling;
		}
		this.#position = event.position;
	}

	/** @returns nothing where the listener was done at once */
	#tell(listener: EventListener, event: LoggedEvent): Promise<void> | undefined {
		try {
			const telling = listener(event);
			if (!telling) return undefined;
			return telling.catch((error: unknown) => this.#tellAgain(error, listener, event));
		} catch (error) {
			return this.#tellAgain(error, listener, event);
		}
	}

	/** What a listener could not do because the database was away is done when it is back: no event is told to nobody. */
	async #tellAgain(failure: unknown, listener: EventListener, event: LoggedEvent): Promise<void> {
		for (let error = failure; ; ) {
			const isOver = !isPassing(error) || !this.#running;
			if (isOver) return this.#logger.error({ err: error, event: event.type }, "a listener of the event log failed");
			await pause(pollMs);
			try {
				return await listener(event);
			} catch (again) {
				error = again;
			}
		}
	}
}
