import { sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import { digitsOf } from "./contact-store.ts";
import "./tables.ts";

/** Numbers that must not be called. */
export function dncStore(db: Db) {
	return {
		async add(trx: Trx, listId: string, numbers: readonly string[], at: Date): Promise<number> {
			const { rows } = await sql`insert into outbound_dnc_numbers (list_id, number, added_at)
				select ${listId}, number, ${at} from unnest(${[...numbers]}::text[]) as sent (number)
				on conflict do nothing returning number`.execute(trx);
			return rows.length;
		},

		async remove(trx: Trx, listId: string, numbers: readonly string[]): Promise<number> {
			const { rows } = await sql`delete from outbound_dnc_numbers
				where list_id = ${listId} and number = any(${[...numbers]}) returning number`.execute(trx);
			return rows.length;
		},

		/** In their order. @param search digits of a number, however it is written; empty: all */
		async page(
			listId: string,
			{ limit, offset }: { limit: number; offset: number },
			search?: string,
		): Promise<Array<{ number: string; addedAt: Date }>> {
			const { rows } = await sql<{ number: string; added_at: Date }>`select number, added_at from outbound_dnc_numbers
				where list_id = ${listId} ${matching(search)} order by number limit ${limit} offset ${offset}`.execute(db);
			return rows.map((row) => ({ number: row.number, addedAt: row.added_at }));
		},

		async count(listId: string, search?: string): Promise<number> {
			const { rows } = await sql<{ count: number }>`select count(*)::int as count from outbound_dnc_numbers
				where list_id = ${listId} ${matching(search)}`.execute(db);
			return rows[0]?.count ?? 0;
		},

		/** Those of the numbers that stand in one of the lists. */
		async among(on: Db | Trx, listIds: readonly string[], numbers: readonly string[]): Promise<Set<string>> {
			if (listIds.length === 0 || numbers.length === 0) return new Set();
			const { rows } = await sql<{ number: string }>`select distinct number from outbound_dnc_numbers
				where list_id = any(${[...listIds]}) and number = any(${[...numbers]})`.execute(on);
			return new Set(rows.map((row) => row.number));
		},
	};
}

function matching(search = "") {
	if (search.trim() === "") return sql``;
	const digits = digitsOf(search.trim());
	return digits === "" ? sql`and false` : sql`and strpos(number, ${digits}) > 0`;
}

export type DncStore = ReturnType<typeof dncStore>;
