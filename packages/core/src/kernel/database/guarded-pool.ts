import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { DatabaseAway, isAway } from "./database-errors.ts";
import { destroy } from "./standing-connection.ts";

export interface PoolOptions {
	url: string;
	size: number;
	/** No limits on statements, nor on how long a connection is held: for migrations, which may rebuild large tables. */
	isPatient?: boolean;
	/** Until `isStarting` is set to false, a connection that cannot be made is waited for and tried again. */
	isStarting?: boolean;
	/** Statements that each new connection begins with, and the look at what they answer. @throws when it must not be used */
	greeting?: { sql: string; check(rows: unknown[]): void };
}

/** In ms. */
const limits = {
	/** To make a connection. */
	connect: 2000,
	/** The same while the server starts: a busy machine is no defect, and nobody is served yet who would wait. */
	connectAtStart: 10_000,
	/** For how long a start tries, and how long it pauses between. */
	start: 60_000,
	startPause: 250,
	/** For a connection of the pool to become free. */
	turn: 10_000,
	statement: 15_000,
	lock: 5000,
	idleInTransaction: 10_000,
	/** For everything between taking and giving back a connection: its server process must be stuck. */
	use: 45_000,
};

/**
 * Every statement that takes longer than this is given up by the server; and each sees what was committed before it,
 * whatever somebody's own server or database says: a reader of the log learns how far it may read before it reads.
 */
const sessionSettings = [
	"set default_transaction_isolation = 'read committed'",
	`set statement_timeout = ${limits.statement}`,
	`set lock_timeout = ${limits.lock}`,
	`set idle_in_transaction_session_timeout = ${limits.idleInTransaction}`,
];

/**
 * The pool of connections that all work goes through, made so that nothing waits for ever and nothing that happens to a
 * connection can end the process: a connection that breaks while work holds it, between two statements, reports it by an
 * event that would do so unheard.
 */
export class GuardedPool {
	readonly #pool: pg.Pool;
	readonly #clients = new Set<pg.PoolClient>();
	/** Since when work holds a connection, by the process's own clock. */
	readonly #held = new Map<pg.PoolClient, number>();
	readonly #waiting = new Set<(reason: Error) => void>();
	readonly #sweep: NodeJS.Timeout | undefined;
	/** See `PoolOptions`. */
	isStarting: boolean;
	/** Refuses before anything waits, while the database is known to be away. */
	isOpen: () => boolean = () => true;
	/** Told of each connection that cannot be made, or that breaks. */
	failed: () => void = () => {};

	constructor({ url, size, isPatient, isStarting = false, greeting }: PoolOptions) {
		this.isStarting = isStarting;
		const limit = () => (this.isStarting ? limits.connectAtStart : limits.connect);
		this.#pool = new pg.Pool({
			connectionString: url,
			max: size,
			application_name: "inlay",
			keepAlive: true,
			connectionTimeoutMillis: limits.turn,
			Client: connectingWithin(limit),
			onConnect: (client) => greet(client, isPatient ? [] : sessionSettings, { greeting, limitMs: limit() }),
		});
		this.#pool.on("error", () => {});
		this.#pool.on("connect", (client) => {
			this.#clients.add(client);
			client.on("error", () => this.failed());
		});
		this.#pool.on("remove", (client) => {
			this.#clients.delete(client);
			this.#held.delete(client);
		});
		this.#pool.on("acquire", (client) => this.#held.set(client, performance.now()));
		this.#pool.on("release", (_error, client) => this.#held.delete(client));
		if (isPatient) return;
		this.#sweep = setInterval(() => this.#endStuck(), limits.use / 4);
		this.#sweep.unref();
	}

	/** A connection for one piece of work. @throws DatabaseAway, or why there is none */
	async connect(): Promise<pg.PoolClient> {
		const until = performance.now() + limits.start;
		for (;;) {
			try {
				return await this.#connectOnce();
			} catch (error) {
				// Nothing was sent on a connection that was never made.
				if (!this.isStarting || !isAway(error) || performance.now() > until) throw error;
				await pause(limits.startPause);
			}
		}
	}

	async #connectOnce(): Promise<pg.PoolClient> {
		if (!this.isOpen()) throw new DatabaseAway();
		const turn = this.#pool.connect();
		const givenUp = Promise.withResolvers<never>();
		this.#waiting.add(givenUp.reject);
		try {
			return await Promise.race([turn, givenUp.promise]);
		} catch (error) {
			// One that comes after all goes back.
			turn.then(
				(client) => client.release(),
				() => {},
			);
			if (!isLateTurn(error)) this.failed();
			throw error;
		} finally {
			this.#waiting.delete(givenUp.reject);
		}
	}

	/** Ends all connections and all waiting for one: work that was under way fails instead of hanging. */
	giveUp(): void {
		for (const reject of [...this.#waiting]) reject(new DatabaseAway());
		for (const client of [...this.#clients]) destroy(client);
	}

	async end(): Promise<void> {
		clearInterval(this.#sweep);
		await this.#pool.end();
	}

	#endStuck(): void {
		const oldest = performance.now() - limits.use;
		for (const [client, since] of this.#held) if (since < oldest) destroy(client);
	}
}

/** All connections are in use: this says nothing about the database. */
function isLateTurn(error: unknown): boolean {
	return error instanceof Error && error.message.startsWith("timeout exceeded");
}

/** The pool's own limit is for the queue and for new connections alike; a connection is made soon or never. */
function connectingWithin(limitMs: () => number): typeof pg.Client {
	return class extends pg.Client {
		constructor(config?: pg.ClientConfig) {
			super({ ...config, connectionTimeoutMillis: limitMs() });
		}
	};
}

/** All in one message, as a new connection costs a round trip for each. */
async function greet(
	client: pg.ClientBase,
	settings: readonly string[],
	{ greeting, limitMs }: Pick<PoolOptions, "greeting"> & { limitMs: number },
): Promise<void> {
	const statements = [...settings, ...(greeting ? [greeting.sql] : [])];
	if (statements.length === 0) return;
	// The pool does not know of the connection yet, so nobody else would end one that hangs.
	const limit = setTimeout(() => destroy(client), limitMs);
	try {
		const results: unknown = await client.query(statements.join("; "));
		const last = Array.isArray(results) ? results.at(-1) : results;
		greeting?.check((last as pg.QueryResult).rows);
	} finally {
		clearTimeout(limit);
	}
}
