import { StandingConnection } from "./standing-connection.ts";

/** Whether the database can be reached, known at any moment without asking it. */
export interface DatabaseHealth {
	readonly isAvailable: boolean;
	/** Something failed as it does when the database is away: look now. */
	doubt(): void;
	/** @returns a function that ends the subscription */
	onChange(listener: (isAvailable: boolean, error?: unknown) => void): () => void;
}

/** How long what was begun may go on waiting for a database that has fallen silent, in ms. */
const dropAfterMs = 1000;

/**
 * Asks the database twice a second over a connection of its own. When it falls silent or cannot be reached, new work is
 * refused at once instead of queueing up behind it, and soon the connections on which work still waits are given up.
 */
export class WatchedHealth implements DatabaseHealth {
	readonly #connection: StandingConnection;
	readonly #giveUp: () => void;
	readonly #listeners = new Set<(isAvailable: boolean, error?: unknown) => void>();
	#isAvailable = true;
	#dropping: NodeJS.Timeout | undefined;

	/** @param giveUp ends every connection that work may be waiting on */
	constructor(url: string, giveUp: () => void) {
		this.#giveUp = giveUp;
		this.#connection = new StandingConnection({
			url,
			name: "inlay-health",
			changed: (up, error) => this.#turn(up, error),
		});
	}

	get isAvailable(): boolean {
		return this.#isAvailable;
	}

	start(): Promise<void> {
		return this.#connection.start();
	}

	async stop(): Promise<void> {
		clearTimeout(this.#dropping);
		this.#listeners.clear();
		await this.#connection.stop();
	}

	doubt(): void {
		this.#connection.prove();
	}

	onChange(listener: (isAvailable: boolean, error?: unknown) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	#turn(isAvailable: boolean, error: unknown): void {
		clearTimeout(this.#dropping);
		if (!isAvailable) this.#dropping = setTimeout(this.#giveUp, dropAfterMs);
		if (this.#isAvailable === isAvailable) return;
		this.#isAvailable = isAvailable;
		for (const listener of this.#listeners) listener(isAvailable, error);
	}
}

/** For what has no database to watch: it is always there. */
export const unwatched: DatabaseHealth = { isAvailable: true, doubt: () => {}, onChange: () => () => {} };
