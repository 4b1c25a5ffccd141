import { Kysely, type Transaction } from "kysely";
import pg from "pg";
import { pipelinedDialect } from "./sql/dialect.ts";
import { writerTransaction } from "./sql/transaction.ts";
import { writerMark } from "./writer-horizon.ts";

/**
 * All tables, each added by the domain that owns it through declaration merging
 * (`declare module "../kernel/database.ts" { interface Tables { … } }`), so the kernel depends on no domain.
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
	/**
	 * The unit of work: everything in `work` commits together or not at all.
	 * After the commit those who follow the event log and the timers are woken.
	 */
	change<T>(work: (trx: Trx) => Promise<T>): Promise<T>;
	/** Registers what to wake after each commit. */
	onCommit(listener: () => void): void;
	ping(): Promise<void>;
	close(): Promise<void>;
}

export function openDatabase(url: string, options: { poolSize?: number } = {}): Database {
	const pool = new pg.Pool({ connectionString: url, max: options.poolSize ?? 16, application_name: "inlay" });
	// An idle connection that the server drops must not take the process down; the next query opens another.
	pool.on("error", () => {});
	const db = new Kysely<Tables>({ dialect: pipelinedDialect(pool, writerMark) });
	const listeners: Array<() => void> = [];
	return {
		db,
		async change(work) {
			const result = await writerTransaction(db, work);
			for (const listener of listeners) listener();
			return result;
		},
		onCommit(listener) {
			listeners.push(listener);
		},
		async ping() {
			await pool.query("select 1");
		},
		async close() {
			await db.destroy();
		},
	};
}
