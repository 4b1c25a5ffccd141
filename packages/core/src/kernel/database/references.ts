import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { Use } from "../sight.ts";
import { prepared } from "../sql/prepared.ts";
import type { Trx } from "./database.ts";

/** Things that others refer to by their ids. */
export interface Referable {
	/**
	 * Holds those of the things that stand, until the transaction ends: whoever would end one of them waits, and then finds
	 * what refers to it; and what was ended at the same moment is not among them. Every change that keeps the id of another
	 * thing asks here, in its own transaction; to have looked before does not count. It asks after it holds the thing that it
	 * changes: the first row that a transaction holds gives it its place in the event log.
	 */
	hold(trx: Trx, ids: readonly string[]): Promise<ReadonlySet<string>>;
	/** The same without holding them, for who holds already what whoever ends them needs. */
	standing(trx: Trx, ids: readonly string[]): Promise<ReadonlySet<string>>;
}

/** @param stands which rows are of things that stand, where rows are kept of what has gone */
export function referable(table: string, stands: RawBuilder<SqlBool> = sql`true`): Referable {
	const query = (ids: readonly string[]) => sql<{ id: string }>`
		select id from ${sql.table(table)} where id = any(${ids}) and ${stands} order by id`;
	const held = prepared((_db, { ids }: { ids: string[] }) => sql<{ id: string }>`${query(ids)} for share`);
	const read = prepared((_db, { ids }: { ids: string[] }) => query(ids));
	const asking = (statement: typeof held) => async (trx: Trx, ids: readonly string[]) => {
		if (ids.length === 0) return new Set<string>();
		return new Set((await statement.all(trx, { ids: [...new Set(ids)] })).map((row) => row.id));
	};
	return { hold: asking(held), standing: asking(read) };
}

/** Tells what refers to a thing that is about to be ended, whose row is held: as long as there is something, it stays. */
export type Referrer = (trx: Trx, id: string) => Promise<readonly Use[]>;
