import {
	CompiledQuery,
	type DatabaseConnection,
	PostgresDialect,
	PostgresDriver,
	sql,
	type TransactionSettings,
} from "kysely";
import type { Pool } from "pg";
import type { Db } from "./database.ts";

/** Key of the advisory lock that every change holds, shared, from its first statement to its end. */
const writerLock = 0x1a1a;

/**
 * Begins a transaction and marks it as one that may write to the event log, which has to be its first statement: before
 * it has an id. One message for both, as a change waits for the answer to each.
 */
const beginAsWriter = CompiledQuery.raw(`begin; select pg_advisory_xact_lock_shared(${writerLock})`);

/** Access mode that names a transaction as a writer's; PostgreSQL's own default, so that it says nothing else. */
export const writer = "read write";

/** PostgreSQL for Kysely, whose transactions of the access mode `writer` carry the mark. */
export function writerDialect(pool: Pool): PostgresDialect {
	return new WriterDialect({ pool });
}

class WriterDialect extends PostgresDialect {
	readonly #pool: Pool;

	constructor(config: { pool: Pool }) {
		super(config);
		this.#pool = config.pool;
	}

	override createDriver(): PostgresDriver {
		return new WriterDriver({ pool: this.#pool });
	}
}

class WriterDriver extends PostgresDriver {
	override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
		if (settings.accessMode === writer && !settings.isolationLevel) await connection.executeQuery(beginAsWriter);
		else await super.beginTransaction(connection, settings);
	}
}

/**
 * The transaction id below which every change has ended: entries with smaller ids are all there are and will be.
 *
 * PostgreSQL's own `pg_snapshot_xmin` would do, but it waits for the oldest transaction of the whole server, other
 * databases' included: somebody's long transaction elsewhere would keep agents' phones from ringing. So only the
 * transactions that hold this database's writer lock count. The proof: a change that is not seen holding the lock has
 * ended, and then a later statement sees its entries; or it takes the lock after this reading, and then it gets an id
 * beyond the newest that this statement's snapshot knows. The lock table is read in one piece, as neither of the two
 * kinds of lock takes PostgreSQL's fast path.
 */
export async function writerHorizon(db: Db): Promise<string> {
	const { rows } = await sql<{ horizon: string }>`
		with snapshot as (
			select pg_snapshot_xmax(pg_current_snapshot())::text::numeric as newest
		), writers as (
			select own.transactionid::text::numeric + newest - newest % 4294967296 as near, newest
			from snapshot, pg_locks as held
			join pg_locks as own on own.pid = held.pid and own.locktype = 'transactionid'
				and own.mode = 'ExclusiveLock' and own.granted
			where held.locktype = 'advisory' and held.granted and held.objsubid = 1
				and held.classid = 0 and held.objid = ${writerLock}::int
				and held.database = (select oid from pg_database where datname = current_database())
		), exact as (
			-- Locks name the lower 32 bits of an id: the id is the one nearest to the newest.
			select case when near - newest > 2147483648 then near - 4294967296
				when newest - near > 2147483648 then near + 4294967296 else near end as id
			from writers
		)
		select least(newest, (select min(id) from exact))::text as horizon from snapshot`.execute(db);
	return rows[0]?.horizon ?? "0";
}
