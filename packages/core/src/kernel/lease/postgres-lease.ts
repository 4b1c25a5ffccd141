import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { databaseInUse } from "../config/start-error.ts";
import { destroy, StandingConnection } from "../database/standing-connection.ts";
import { hasEnded, newHolder } from "./holder.ts";
import {
	endEarlierConnections,
	endLockHolder,
	readLease,
	tryLock,
	unlock,
	writeBeat,
	writeLease,
	writeReleased,
} from "./lease-table.ts";
import type { ServerLease } from "./server-lease.ts";

export interface LeaseOptions {
	url: string;
	/** How long a start waits for an earlier server to stop, in ms. */
	waitMs?: number;
	/** Another server holds the lease; called once, before the wait. */
	waiting(holderName: string): void;
	/** A holder that says nothing for so long, and nothing either while somebody looks, hangs; in ms. */
	hangs?: { afterMs: number; whileMs: number };
}

const lookEveryMs = 100;
/** A holder that lost its connection has this long to come back, in ms; it tries every half second at least. */
const graceMs = 1500;
/** How often a holder says that it goes on, in ms. */
const beatEveryMs = 2000;
/** Far beyond what a loaded machine or a long pause of the database makes of two seconds. */
const hanging = { afterMs: 30_000, whileMs: 3000 };
/** For the connections of an earlier holder to end, in ms. */
const endMs = 5000;
/** To make the first connection, also on a machine that is busy with a whole company's morning. */
const connectMs = 15_000;
const connectionName = "inlay-lease";

/**
 * Takes the lease of a database. It is an advisory lock on a connection of its own, which PostgreSQL gives free at the
 * moment at which the holder's process ends, and a row that says who holds it and for the how many-th time. Before it is
 * held, nothing is written.
 *
 * A new holder raises the term, then ends all connections of the earlier one, whose next connections find another term and
 * are refused: nothing that it still does can reach the database.
 *
 * @throws StartError `database.inUse` when the holder does not stop in time; errors of pg when there is no connection
 */
export async function takeLease(options: LeaseOptions): Promise<ServerLease> {
	const { url } = options;
	const client = new pg.Client({
		connectionString: url,
		application_name: connectionName,
		connectionTimeoutMillis: connectMs,
	});
	client.on("error", () => {});
	await client.connect();
	try {
		const { silentMs } = await lockInTime(client, options);
		const servedUntil = performance.now() - silentMs;
		const term = await writeLease(client, newHolder());
		await endEarlier(client);
		// From here to the standing connection's own lock the row speaks for this server: it is alive.
		await unlock(client);
		const lease = new PostgresLease(url, { term, servedUntil });
		await lease.start();
		return lease;
	} finally {
		destroy(client);
	}
}

/**
 * Waits until the lease is free: at once when its holder has stopped or was killed.
 *
 * @returns for how long there has been no server, as its last beat tells
 */
async function lockInTime(client: pg.Client, options: LeaseOptions): Promise<{ silentMs: number }> {
	const { waitMs = 15_000, waiting, hangs = hanging } = options;
	const until = performance.now() + waitMs;
	let freeSince: number | undefined;
	let silentSince: number | undefined;
	let isTold = false;
	for (;;) {
		const isLocked = await tryLock(client);
		const found = await readLease(client);
		const isSilent = found?.isHeld === true && found.silentMs > hangs.afterMs;
		silentSince = isSilent ? (silentSince ?? performance.now()) : undefined;
		const isHanging = silentSince !== undefined && performance.now() - silentSince > hangs.whileMs;
		if (isHanging && !isLocked) await endLockHolder(client);
		if (isLocked) {
			freeSince ??= performance.now();
			const isLeft = !found?.isHeld || hasEnded(found.holder) || isHanging;
			const isFree = isLeft || performance.now() - freeSince > graceMs;
			if (isFree) return { silentMs: found?.silentMs ?? 0 };
			await unlock(client);
		} else freeSince = undefined;
		const name = found?.holder.name ?? "another process";
		if (performance.now() > until) throw databaseInUse(name);
		if (!isTold && !isLocked) waiting(name);
		isTold ||= !isLocked;
		await pause(lookEveryMs);
	}
}

/** @throws StartError `database.inUse` when they do not end */
async function endEarlier(client: pg.Client): Promise<void> {
	const until = performance.now() + endMs;
	while ((await endEarlierConnections(client)) > 0) {
		if (performance.now() > until) throw databaseInUse("a server whose connections do not end");
		await pause(lookEveryMs / 10);
	}
}

/** Keeps the lock: a connection that is lost is made again, and takes the lock again while nobody else has been holder. */
class PostgresLease implements ServerLease {
	readonly term: number;
	readonly servedUntil: number;
	readonly lost: Promise<string>;
	readonly #lose: (name: string) => void;
	readonly #connection: StandingConnection;
	#client: pg.Client | undefined;
	#beats: NodeJS.Timeout | undefined;

	constructor(url: string, { term, servedUntil }: Pick<ServerLease, "term" | "servedUntil">) {
		this.term = term;
		this.servedUntil = servedUntil;
		const { promise, resolve } = Promise.withResolvers<string>();
		this.lost = promise;
		this.#lose = resolve;
		this.#connection = new StandingConnection({
			url,
			name: connectionName,
			prepare: (client) => this.#take(client),
			changed: () => {},
		});
	}

	async start(): Promise<void> {
		await this.#connection.start();
		this.#beats = setInterval(() => this.#beat(), beatEveryMs);
		this.#beats.unref();
	}

	/** A beat that cannot be written is nothing to end a server for: the connection's own watch tells whether it lives. */
	#beat(): void {
		const client = this.#client;
		if (client) writeBeat(client, this.term).catch(() => {});
	}

	async release(): Promise<void> {
		clearInterval(this.#beats);
		const client = this.#client;
		await (client && writeReleased(client, this.term))?.catch(() => {});
		await this.#connection.stop();
	}

	/** @throws when the lock is not to be had just now: somebody looks whether it is free, or holds it */
	async #take(client: pg.Client): Promise<void> {
		// A machine that vanishes leaves its connection behind: PostgreSQL asks after three seconds of silence, twice.
		await client.query(
			"set tcp_keepalives_idle = 3; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 2; set synchronous_commit = off",
		);
		const isLocked = await tryLock(client);
		const found = await readLease(client);
		if (found?.term !== this.term) this.#lose(found?.holder.name ?? "another server");
		if (!isLocked || found?.term !== this.term) throw new Error("The lease is not this server's.");
		this.#client = client;
	}
}
