/** What has to be known of a connection to keep it. */
interface Kept {
	readonly id: string;
	readonly userId: string;
}

export interface KeptConnectionEvents<C> {
	/** Nobody has called for as long as the station allows. */
	expired(connection: C): void;
	/** A call that rings has no connection waiting for it any more. */
	unready(conversationId: string): void;
}

interface Waiting<C> {
	connection: C;
	expiry: NodeJS.Timeout;
	/** Conversations that ring by their events alone. */
	readonly calls: Set<string>;
}

/**
 * Media connections that wait for their user's next call (persistent connection, platform-api 6.3): one of each user, in no
 * bridge, so that it is neither heard nor hears anything.
 */
export class KeptConnections<C extends Kept> {
	readonly #events: KeptConnectionEvents<C>;
	readonly #waiting = new Map<string, Waiting<C>>();

	constructor(events: KeptConnectionEvents<C>) {
		this.#events = events;
	}

	of(userId: string): C | undefined {
		return this.#waiting.get(userId)?.connection;
	}

	has({ id, userId }: Kept): boolean {
		return this.of(userId)?.id === id;
	}

	/** The connection waits for the next call, for as long as told. A user who has one already keeps that. */
	keep(connection: C, ms: number): void {
		if (this.#waiting.has(connection.userId)) return;
		const expiry = setTimeout(() => this.#events.expired(connection), ms);
		this.#waiting.set(connection.userId, { connection, expiry, calls: new Set() });
	}

	/** A call rings for which the user's connection waits; while it rings, the connection does not expire. */
	expect(userId: string, conversationId: string): void {
		const waiting = this.#waiting.get(userId);
		waiting?.calls.add(conversationId);
		waiting?.expiry.refresh();
	}

	/** The connection waits no longer: a call has it, or it is gone. Other calls that rang for it are told. */
	take(connection: Kept, conversationId?: string): void {
		const waiting = this.#waiting.get(connection.userId);
		if (waiting?.connection.id !== connection.id) return;
		clearTimeout(waiting.expiry);
		this.#waiting.delete(connection.userId);
		for (const call of waiting.calls) if (call !== conversationId) this.#events.unready(call);
	}

	/** All that wait now. */
	all(): C[] {
		return [...this.#waiting.values()].map(({ connection }) => connection);
	}

	/** Ends the timers; connections stay as they are. */
	stop(): void {
		for (const { expiry } of this.#waiting.values()) clearTimeout(expiry);
	}
}
