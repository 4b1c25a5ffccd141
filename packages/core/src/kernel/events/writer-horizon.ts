import { sql } from "kysely";
import type { Db, Trx } from "../database/database.ts";
import type { Call } from "../sql/batch.ts";
import { prepared } from "../sql/prepared.ts";

/** Key of the advisory lock that every change holds, shared, from its first statement to its end. */
const writerLock = 0x1a1a;

/**
 * Marks a transaction as one that may write to the event log. It has to be its first statement: before it has an id, and
 * one of its own, so that the snapshots of those that follow are taken with the lock held.
 */
export const writerMark: Call = {
	name: "writer",
	text: `select pg_advisory_xact_lock_shared(${writerLock})`,
	values: [],
};

/**
 * Waits until every other change has ended, and keeps new ones waiting until `work` has: for what must not happen while
 * anything else does. It is not a change itself: whoever holds the lock shared and then wants it alone waits for ever for
 * another who wants the same.
 */
export function withoutWriters<T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
	return db.transaction().execute(async (trx) => {
		await sql`select pg_advisory_xact_lock(${sql.lit(writerLock)})`.execute(trx);
		return work(trx);
	});
}

/**
 * The transaction id below which every change has ended: entries with smaller ids are all there are and will be.
 *
 * PostgreSQL's own `pg_snapshot_xmin` would do, but it waits for the oldest transaction of the whole server, other
 * databases' included: somebody's long transaction elsewhere would keep agents' phones from ringing. So those
 * transactions are left out that show their id in the lock table and do not hold the writer lock of this database.
 *
 * The proof. A change with a smaller id than the answer was not open when this statement began, as ids at the snapshot's
 * end and beyond are never passed, and open ones below it are listed: it had ended, and a later statement sees its
 * entries. Or it was listed and left out: then its id was in the lock table and the writer lock, which a change takes
 * before it gets an id and keeps as long, was not; so it had ended meanwhile, with the same result. An id that is listed
 * and not (yet, or any more) in the lock table counts as a change's. The lock table is read in one piece, as neither kind
 * of lock takes PostgreSQL's fast path.
 *
 * @param known one that was true: it stays true, also where another database's transaction that just ended would make this
 * reading say less for a moment
 */
export async function writerHorizon(on: Db, known = "0"): Promise<string> {
	return (await horizonOf.first(on, { known }))?.horizon ?? known;
}

/** The horizon that `writerHorizon` has told last in this transaction, for statements that are asked together with it. */
export const horizonTold = sql`current_setting('inlay.horizon')::xid8`;

/** Built, parsed and planned once: it is asked after every change, and the plan of it costs more than the answer. */
const horizonOf = prepared(
	(_db, { known }: { known: string }) => sql<{ horizon: string }>`
		with snapshot as materialized (
			select pg_current_snapshot() as taken
		), locks as materialized (
			select pid, locktype, transactionid::text::bigint as id from pg_locks
			where granted and (
				(locktype = 'transactionid' and mode = 'ExclusiveLock')
				or (locktype = 'advisory' and objsubid = 1 and classid = 0 and objid = ${writerLock}::int
					and database = (select oid from pg_database where datname = current_database()))
			)
		), foreigners as (
			select own.id from locks as own where own.locktype = 'transactionid'
			and not exists (select from locks as held where held.locktype = 'advisory' and held.pid = own.pid)
		), open as (
			select running::text::numeric as id from snapshot, pg_snapshot_xip(taken) as running
		)
		-- Locks name the lower 32 bits of an id.
		select set_config('inlay.horizon', greatest(${known}::numeric, least(
			pg_snapshot_xmax(taken)::text::numeric,
			(select min(id) from open where (id % 4294967296)::bigint not in (select id from foreigners))
		))::text, true) as horizon from snapshot`,
);
