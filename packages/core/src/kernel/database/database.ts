import { AsyncLocalStorage } from "node:async_hooks";
import { Kysely, sql, type Transaction } from "kysely";
import pg from "pg";
import { writerMark } from "../events/writer-horizon.ts";
import { pipelinedDialect } from "../sql/dialect.ts";
import type { ConnectionPool } from "../sql/pipeline.ts";
import { writerTransaction } from "../sql/transaction.ts";
import { beforeWitness } from "./change-witness.ts";
import { connections } from "./connections.ts";
import { OutcomeUnknown } from "./database-errors.ts";
import { type DatabaseHealth, WatchedHealth } from "./database-health.ts";
import { asFirstChange } from "./first-change.ts";
import { GuardedPool, type PoolOptions } from "./guarded-pool.ts";
import { OneConnection } from "./one-connection.ts";

/**
 * All tables, each added by the domain that owns it through declaration merging
 * (`declare module "./database.ts" { interface Tables { … } }`), so the kernel depends on no domain.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface Tables {}

export type Db = Kysely<Tables>;
export type Trx = Transaction<Tables>;

// bigint columns (versions, sequence numbers) stay far below 2^53: read them as numbers.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export interface Database {
	/** For reads. */
	readonly db: Db;
	/** Whether the database is there. While it is not, `db` and `change` fail at once with `DatabaseAway`. */
	readonly health: DatabaseHealth;
	/**
	 * The unit of work: everything in `work` commits together or not at all. It may run again from the start, where a later
	 * change was told first (`writerTransaction`).
	 * After the commit those who follow the event log and the timers are woken.
	 * @throws OutcomeUnknown when the connection went while it committed; errors for which `isAway` is true when it went
	 * before, and nothing was saved
	 */
	change<T>(work: (trx: Trx) => Promise<T>): Promise<T>;
	/** Registers what to wake after each commit, and when the database has come back. */
	onCommit(listener: () => void): void;
	/** Starts to watch whether the database is there; resolves when that is known. Until then it counts as there. */
	watch(): Promise<void>;
	/** The server's start is over: from here on nothing waits for a database that is away. */
	started(): void;
	ping(): Promise<void>;
	close(): Promise<void>;
}

export interface DatabaseOptions extends Pick<PoolOptions, "isPatient" | "isStarting" | "greeting"> {
	poolSize?: number;
	/** Refuses whatever asks for a second connection inside `change`; for tests, as it costs a little of every change. */
	isStrict?: boolean;
}

export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
	const { poolSize, isStrict, ...rest } = options;
	const pool = new GuardedPool({ url, size: poolSize ?? connections, ...rest });
	const strict = isStrict ? new OneConnection() : undefined;
	const db = new Kysely<Tables>({ dialect: pipelinedDialect(guarded(pool, strict), writerMark) });
	const listeners: Array<() => void> = [];
	// Whom a commit wakes works on their own account: nobody's request is theirs, nor what goes with it.
	const outside = AsyncLocalStorage.snapshot();
	const wake = () =>
		outside(() => {
			for (const listener of listeners) listener();
		});
	const health = new WatchedHealth(url, () => pool.giveUp());
	pool.isOpen = () => health.isAvailable;
	pool.failed = () => health.doubt();
	health.onChange((isAvailable) => isAvailable && wake());
	return {
		db,
		health,
		async change(work) {
			const inside = (trx: Trx) => (strict ? strict.within(() => work(trx)) : work(trx));
			try {
				const result = await asFirstChange(inside, (whole) => writerTransaction(db, beforeWitness(whole)));
				wake();
				return result;
			} catch (error) {
				// It may be saved all the same: those who follow the log have to look.
				if (error instanceof OutcomeUnknown) wake();
				throw error;
			}
		},
		onCommit(listener) {
			listeners.push(listener);
		},
		watch: () => health.start(),
		started() {
			pool.isStarting = false;
		},
		async ping() {
			await sql`select 1`.execute(db);
		},
		async close() {
			await health.stop();
			await db.destroy();
		},
	};
}

function guarded(pool: GuardedPool, strict: OneConnection | undefined): ConnectionPool {
	if (!strict) return pool;
	return {
		async connect() {
			strict.require();
			return pool.connect();
		},
		end: () => pool.end(),
	};
}
