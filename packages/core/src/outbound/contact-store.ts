import { type SqlBool, sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import type { GoodRow } from "./csv-rows.ts";
import type { Contact, ContactNumber } from "./model.ts";
import "./tables.ts";
import { lowered } from "../kernel/database/lowered.ts";

interface Row {
	list_id: string;
	id: string;
	position: string;
	key: string | null;
	data: Record<string, string>;
	callable: boolean;
	numbers: Record<string, ContactNumber>;
	created_at: Date;
}

export type ImportMode = "append" | "replace" | "update";

/** The next rows of an upload. */
export interface ImportSlice {
	importId: string;
	mode: ImportMode;
	/** Number of the last row that is through. */
	after: number;
	limit: number;
}

/** The contacts of all lists, and the rows of uploads until they are contacts. */
export function contactStore(db: Db) {
	return {
		async find(on: Db | Trx, listId: string, id: string): Promise<Contact | undefined> {
			const { rows } = await sql<Row>`
				select * from outbound_contacts where list_id = ${listId} and id = ${id}`.execute(on);
			return rows.map(toContact)[0];
		},

		async lock(trx: Trx, listId: string, id: string): Promise<Contact | undefined> {
			const { rows } = await sql<Row>`
				select * from outbound_contacts where list_id = ${listId} and id = ${id} for update`.execute(trx);
			return rows.map(toContact)[0];
		},

		/** @param search a key as it begins, or at least three digits of a number, however it is written; empty: all */
		async page(
			listId: string,
			{ limit, offset }: { limit: number; offset: number },
			search?: string,
		): Promise<Contact[]> {
			// What is searched for is found by its index, and put in order then: in order of the list all of it would be looked at.
			const { rows } = await sql<Row>`with found as ${search ? sql`materialized` : sql``} (
					select list_id, position from outbound_contacts where list_id = ${listId} ${matching(search)}
				), shown as (select * from found order by position limit ${limit} offset ${offset})
				select c.* from shown join outbound_contacts c using (list_id, position) order by position`.execute(db);
			return rows.map(toContact);
		},

		async count(listId: string, search?: string): Promise<number> {
			const { rows } = await sql<{ count: number }>`select count(*)::int as count from outbound_contacts
				where list_id = ${listId} ${matching(search)}`.execute(db);
			return rows[0]?.count ?? 0;
		},

		/** Those behind a position of the list, in order. */
		async after(trx: Trx, listId: string, position: number, limit: number): Promise<Contact[]> {
			const { rows } = await sql<Row>`select * from outbound_contacts
				where list_id = ${listId} and position > ${position} order by position limit ${limit}`.execute(trx);
			return rows.map(toContact);
		},

		async ofIds(trx: Trx, listId: string, ids: readonly string[]): Promise<Contact[]> {
			const { rows } = await sql<Row>`select * from outbound_contacts
				where list_id = ${listId} and id = any(${[...ids]}) order by position`.execute(trx);
			return rows.map(toContact);
		},

		/**
		 * Whether some contact of the list has one of the numbers. Whoever asks waits for those who have asked for one of them and
		 * not yet put it there.
		 */
		async hasNumber(trx: Trx, listId: string, numbers: readonly string[]): Promise<boolean> {
			if (numbers.length === 0) return false;
			await sql`select pg_advisory_xact_lock(hashtextextended('outbound_contacts ' || number, 0)) from (
				select distinct number from unnest(${[...numbers]}::text[]) as asked (number) order by number) as turns`.execute(
				trx,
			);
			// By the index of digits first; they may stand across two numbers.
			const found = numbers.map(
				(number) => sql<SqlBool>`outbound_digits(numbers) like ${`%${number.slice(1)}%`}
					and exists (select from jsonb_each(numbers) as one where one.value ->> 'number' = ${number})`,
			);
			const { rows } = await sql`select 1 from outbound_contacts
				where list_id = ${listId} and (${sql.join(found, sql` or `)}) limit 1`.execute(trx);
			return rows.length > 0;
		},

		/** Those whose id or key stands in the list are not taken. @returns the ids of those that were */
		async insert(trx: Trx, listId: string, made: ReadonlyArray<Omit<Contact, "position">>): Promise<Set<string>> {
			const { rows } = await sql<{ id: string }>`
				insert into outbound_contacts (list_id, id, key, data, callable, numbers, created_at)
				select ${listId}, id, key, data, callable, numbers, "dateCreated"
				from jsonb_to_recordset(${JSON.stringify(made)}::jsonb)
					as sent (id text, key text, data jsonb, callable boolean, numbers jsonb, "dateCreated" timestamptz)
				on conflict do nothing returning id`.execute(trx);
			return new Set(rows.map((row) => row.id));
		},

		async update(trx: Trx, { contactListId, id, key, data, callable, numbers }: Contact): Promise<void> {
			await sql`update outbound_contacts set key = ${key ?? null}, data = ${JSON.stringify(data)}::jsonb,
				callable = ${callable}, numbers = ${JSON.stringify(numbers)}::jsonb
				where list_id = ${contactListId} and id = ${id}`.execute(trx);
		},

		async delete(trx: Trx, listId: string, id: string): Promise<boolean> {
			const { rows } = await sql`
				delete from outbound_contacts where list_id = ${listId} and id = ${id} returning id`.execute(trx);
			return rows.length > 0;
		},

		async clearUpload(trx: Trx, listId: string): Promise<void> {
			await sql`delete from outbound_uploads where list_id = ${listId}`.execute(trx);
		},

		/** Good rows of an upload. @returns the numbers of those rows whose key came before in the same file */
		async stage(trx: Trx, listId: string, rows: readonly GoodRow[]): Promise<number[]> {
			const { rows: kept } = await sql<{ row_number: number }>`
				insert into outbound_uploads (list_id, row_number, key, data, numbers)
				select ${listId}, "row", key, data, numbers
				from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as sent ("row" int, key text, data jsonb, numbers jsonb)
				on conflict do nothing returning row_number`.execute(trx);
			const known = new Set(kept.map((one) => one.row_number));
			return rows.flatMap(({ row }) => (known.has(row) ? [] : [row]));
		},

		/**
		 * Makes the rows of an upload that come after one contacts; a number that was found to be uncallable stays so. The rows
		 * stay until all are through: what is taken away at the front would be looked through again each time.
		 * @returns how many rows were looked at, the last of them, and how many came into the list
		 */
		async move(trx: Trx, listId: string, { importId, mode, after, limit }: ImportSlice) {
			const { rows } = await sql<{ taken: number; last: number | null; kept: number }>`
				with taken as materialized (
					select * from outbound_uploads where list_id = ${listId} and row_number > ${after}
					order by row_number limit ${limit}
				), kept as (
					insert into outbound_contacts as old (list_id, id, key, data, numbers, import_id, created_at)
					select list_id, gen_random_uuid()::text, key, data, numbers, ${importId}, now() from taken order by row_number
					on conflict (list_id, key) do update set data = excluded.data, import_id = excluded.import_id,
						numbers = excluded.numbers || coalesce((select jsonb_object_agg(k, v) from jsonb_each(old.numbers) as o (k, v)
							where excluded.numbers -> k ->> 'number' = v ->> 'number'), '{}')
						where ${mode !== "append"}
					returning id
				) select count(*)::int as taken, max(row_number) as last, (select count(*)::int from kept) as kept from taken`.execute(
				trx,
			);
			const { taken = 0, last, kept = 0 } = rows[0] ?? {};
			return { taken, kept, last: last ?? after };
		},

		/** Those that came by no upload but this one. */
		async deleteOthers(trx: Trx, listId: string, importId: string): Promise<void> {
			await sql`delete from outbound_contacts where list_id = ${listId}
				and import_id is distinct from ${importId}`.execute(trx);
		},
	};
}

function matching(search = "") {
	const text = search.trim();
	if (text === "") return sql``;
	const digits = digitsOf(text);
	// Both as their indexes have them (migration 3152).
	const byNumber = sql`outbound_digits(numbers) like ${`%${digits}%`}`;
	const byKey = sql`lower(key) like ${lowered(`${text.replace(/[\\%_]/g, "\\$&")}%`)}`;
	return digits.length < leastDigits ? sql`and ${byKey}` : sql`and (${byKey} or ${byNumber})`;
}

/** Fewer would find half the list. */
const leastDigits = 3;

/** Of what was typed as a number, however it was parted; "" where it is none. A trunk zero is none of the number's own. */
export function digitsOf(text: string): string {
	return /^[\d\s().+/-]+$/.test(text) ? text.replace(/\D/g, "").replace(/^0+/, "") : "";
}

export type ContactStore = ReturnType<typeof contactStore>;

function toContact(row: Row): Contact {
	return {
		id: row.id,
		contactListId: row.list_id,
		position: Number(row.position),
		key: row.key ?? undefined,
		data: row.data,
		callable: row.callable,
		numbers: row.numbers,
		dateCreated: row.created_at,
	};
}
