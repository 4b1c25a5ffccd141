import type { ClientBase } from "pg";
import type { LeaseHolder } from "./server-lease.ts";

/** Key of the advisory lock that the holder's connection keeps: a class of its own, and the slot. */
const lockClass = 4242;
/** The only slot so far. */
const slot = 0;

/** Statement that tells the term of the current holder; see `termOf`. */
export const readTerm = `select term from server_lease where slot = ${slot}`;

/** The term in the answer to `readTerm`. */
export function termOf(rows: readonly unknown[]): number | undefined {
	const row = rows[0] as { term?: unknown } | undefined;
	return row && Number(row.term);
}

/** Gone with the connection that has it, however that ends. */
export async function tryLock(client: ClientBase): Promise<boolean> {
	const { rows } = await client.query(`select pg_try_advisory_lock(${lockClass}, ${slot}) as locked`);
	return rows[0]?.locked === true;
}

export async function unlock(client: ClientBase): Promise<void> {
	await client.query(`select pg_advisory_unlock(${lockClass}, ${slot})`);
}

/** What the row of a lease tells. */
export interface LeaseRow {
	term: number;
	isHeld: boolean;
	holder: LeaseHolder;
	/** ms since the holder has last said that it goes on, by the database's clock; 0 where it does not say so. */
	silentMs: number;
}

/** Undefined in a database that had no server yet. */
export async function readLease(client: ClientBase): Promise<LeaseRow | undefined> {
	const table = await client.query("select to_regclass('server_lease') as found");
	if (!table.rows[0]?.found) return undefined;
	// A table that an earlier version has made knows no beats.
	const { rows } = await client.query(
		`select term, is_held, holder, coalesce(extract(epoch from
			clock_timestamp() - (to_jsonb(server_lease) ->> 'beat_at')::timestamptz) * 1000, 0)::float8 as silent
		from server_lease where slot = ${slot}`,
	);
	const row = rows[0];
	return row && { term: Number(row.term), isHeld: row.is_held, holder: row.holder, silentMs: row.silent };
}

/** The holder goes on. Not written through: one that is lost is followed by the next. */
export async function writeBeat(client: ClientBase, term: number): Promise<void> {
	await client.query(
		`update server_lease set beat_at = clock_timestamp() where slot = ${slot} and term = ${Number(term)}`,
	);
}

/** Ends the connection that has the lock, and with it the lock. */
export async function endLockHolder(client: ClientBase): Promise<void> {
	await client.query(
		`select pg_terminate_backend(pid) from pg_locks
		where locktype = 'advisory' and classid = ${lockClass} and objid = ${slot} and pid <> pg_backend_pid()
			and database = (select oid from pg_database where datname = current_database())`,
	);
}

/** Only by who has the lock. @returns the new holder's term */
export async function writeLease(client: ClientBase, holder: LeaseHolder): Promise<number> {
	await client.query(`create table if not exists server_lease (
		slot int primary key, term bigint not null, is_held boolean not null, holder jsonb not null
	)`);
	await client.query("alter table server_lease add column if not exists beat_at timestamptz");
	const { rows } = await client.query(
		`insert into server_lease (slot, term, is_held, holder, beat_at) values (${slot}, 1, true, $1, clock_timestamp())
		on conflict (slot) do update set term = server_lease.term + 1, is_held = true, holder = excluded.holder,
			beat_at = excluded.beat_at
		returning term`,
		[JSON.stringify(holder)],
	);
	return Number(rows[0].term);
}

/** The holder has stopped in order. */
export async function writeReleased(client: ClientBase, term: number): Promise<void> {
	await client.query(`update server_lease set is_held = false where slot = ${slot} and term = $1`, [term]);
}

/**
 * Ends the connections of earlier holders. New ones they cannot make: each begins with a look at the term.
 * @returns how many are still there
 */
export async function endEarlierConnections(client: ClientBase): Promise<number> {
	const { rows } = await client.query(
		`select pg_terminate_backend(pid) from pg_stat_activity
		where datname = current_database() and application_name in ('inlay', 'inlay-health') and pid <> pg_backend_pid()`,
	);
	return rows.length;
}
