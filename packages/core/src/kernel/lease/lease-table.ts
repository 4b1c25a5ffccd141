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

/** What the row tells; undefined in a database that had no server yet. */
export async function readLease(
	client: ClientBase,
): Promise<{ term: number; isHeld: boolean; holder: LeaseHolder } | undefined> {
	const table = await client.query("select to_regclass('server_lease') as found");
	if (!table.rows[0]?.found) return undefined;
	const { rows } = await client.query(`select term, is_held, holder from server_lease where slot = ${slot}`);
	return rows[0] && { term: Number(rows[0].term), isHeld: rows[0].is_held, holder: rows[0].holder };
}

/** Only by who has the lock. @returns the new holder's term */
export async function writeLease(client: ClientBase, holder: LeaseHolder): Promise<number> {
	await client.query(`create table if not exists server_lease (
		slot int primary key, term bigint not null, is_held boolean not null, holder jsonb not null
	)`);
	const { rows } = await client.query(
		`insert into server_lease (slot, term, is_held, holder) values (${slot}, 1, true, $1)
		on conflict (slot) do update set term = server_lease.term + 1, is_held = true, holder = excluded.holder
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
