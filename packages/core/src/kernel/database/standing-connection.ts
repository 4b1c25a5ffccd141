import pg from "pg";
import { isAway } from "./database-errors.ts";

export interface StandingOptions {
	url: string;
	/** PostgreSQL's `application_name`. */
	name: string;
	/** Between two questions, in ms. */
	everyMs?: number;
	/** Without an answer for this long, the database counts as away, in ms. */
	patienceMs?: number;
	/** Makes a new connection fit for its purpose; one that it refuses is closed, and another is tried. */
	prepare?(client: pg.Client): Promise<void>;
	/** The database has come back, or has gone with this error. */
	changed(up: boolean, error?: unknown): void;
}

const retryMs = { first: 50, longest: 500 };
/** An event loop that was held up reads the answers that have come meanwhile before it takes the database for dead. */
const secondLookMs = 50;

/**
 * One connection that is kept for as long as the server runs: it is asked at short intervals whether it still answers, and
 * is made again whenever it goes. A server that hangs looks to TCP as if it lived, so silence counts as death.
 */
export class StandingConnection {
	readonly #options: Required<Omit<StandingOptions, "prepare">> & Pick<StandingOptions, "prepare">;
	#client: pg.Client | undefined;
	#up: boolean | undefined;
	#stopped = false;
	#isDoubted = false;
	#work: Promise<void> = Promise.resolve();
	#wake = () => {};

	constructor(options: StandingOptions) {
		this.#options = { everyMs: 500, patienceMs: 1200, ...options };
	}

	/** Resolves with the first connection, or with the knowledge that there is none now. */
	start(): Promise<void> {
		const known = Promise.withResolvers<void>();
		this.#work = this.#live(known.resolve);
		return known.promise;
	}

	async stop(): Promise<void> {
		this.#stopped = true;
		this.#wake();
		const client = this.#client;
		// One that hangs would not say goodbye.
		if (client) destroy(client);
		await this.#work;
	}

	/** Another connection could not be made, or broke: proves that a new one can be had, now. */
	prove(): void {
		this.#isDoubted = true;
		this.#wake();
	}

	async #live(known: () => void): Promise<void> {
		let failures = 0;
		while (!this.#stopped) {
			try {
				const client = await this.#open();
				failures = 0;
				this.#isDoubted = false;
				this.#turn(true);
				known();
				await this.#watch(client);
			} catch (error) {
				// One connection may be ended while the database lives: whether another can be made tells.
				if (!(error instanceof Closed)) this.#turn(false, error);
				failures++;
				known();
			} finally {
				if (this.#client) destroy(this.#client);
				this.#client = undefined;
			}
			if (!this.#stopped) await this.#pause(Math.min(retryMs.longest, retryMs.first * 2 ** failures));
		}
	}

	async #open(): Promise<pg.Client> {
		const { url, name, patienceMs, prepare } = this.#options;
		const client = new pg.Client({
			connectionString: url,
			application_name: name,
			connectionTimeoutMillis: patienceMs,
			keepAlive: true,
		});
		client.on("error", () => {});
		this.#client = client;
		await client.connect();
		if (prepare) await answered(prepare(client), patienceMs);
		return client;
	}

	/** Asks until the connection is lost. @throws Closed, Silence */
	async #watch(client: pg.Client): Promise<void> {
		let closed = false;
		client.on("end", () => {
			closed = true;
			this.#wake();
		});
		while (!this.#stopped) {
			await this.#pause(this.#options.everyMs);
			if (this.#stopped) return;
			if (closed || this.#isDoubted) throw new Closed();
			await answered(
				client.query("select 1").catch((error: unknown) => {
					throw closed || isAway(error) ? new Closed() : error;
				}),
				this.#options.patienceMs,
			);
		}
	}

	#turn(up: boolean, error?: unknown): void {
		if (this.#up === up || this.#stopped) return;
		this.#up = up;
		this.#options.changed(up, error);
	}

	#pause(ms: number): Promise<void> {
		return new Promise((resolve) => {
			const timer = setTimeout(resolve, ms);
			this.#wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}
}

/** The connection has gone; the database may be there. */
class Closed extends Error {}

/** The database is connected and says nothing. */
class Silence extends Error {}

/** @throws Silence when it takes longer */
async function answered<T>(answer: Promise<T>, ms: number): Promise<T> {
	const late = Promise.withResolvers<never>();
	let timer = setTimeout(() => {
		timer = setTimeout(() => late.reject(new Silence("The database does not answer.")), secondLookMs);
	}, ms);
	try {
		return await Promise.race([answer, late.promise]);
	} finally {
		clearTimeout(timer);
		answer.catch(() => {});
		late.promise.catch(() => {});
	}
}

/** Ends a connection of pg without a word: one that hangs would never answer to it. */
export function destroy(client: object): void {
	(client as { connection?: { stream?: { destroy(): void } } }).connection?.stream?.destroy();
}
