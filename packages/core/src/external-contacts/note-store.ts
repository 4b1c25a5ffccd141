import { sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import type { Slice } from "./contact-store.ts";
import type { Note } from "./model.ts";

interface Row {
	id: string;
	contact_id: string;
	text: string;
	user_id: string | null;
	created_at: Date;
	modified_at: Date;
}

/** What people noted of contacts. */
export function noteStore(db: Db) {
	return {
		/** The newest first, unless told otherwise. */
		async page(contactId: string, descending: boolean, { limit, offset }: Slice) {
			const direction = descending ? sql`desc` : sql`asc`;
			const [page, counted] = await Promise.all([
				sql<Row>`select * from external_contact_notes where contact_id = ${contactId}
					order by position ${direction} limit ${limit} offset ${offset}`.execute(db),
				sql<{ count: number }>`select count(*)::int as count from external_contact_notes
					where contact_id = ${contactId}`.execute(db),
			]);
			return { found: page.rows.map(toNote), total: counted.rows[0]?.count ?? 0 };
		},

		/** In this order. */
		async insert(trx: Trx, notes: readonly Note[]): Promise<void> {
			await sql`insert into external_contact_notes (id, contact_id, text, user_id, created_at, modified_at)
				select id, "contactId", text, "userId", "createdAt", "modifiedAt"
				from rows from (jsonb_to_recordset(${JSON.stringify(notes)}::jsonb) as (id text, "contactId" text, text text,
						"userId" text, "createdAt" timestamptz, "modifiedAt" timestamptz))
					with ordinality as sent (id, "contactId", text, "userId", "createdAt", "modifiedAt", place)
				order by place`.execute(trx);
		},

		/** The lines of all that was noted of each of these contacts. */
		async linesOf(trx: Trx, contactIds: readonly string[]): Promise<Map<string, Set<string>>> {
			const { rows } = await sql<{ id: string; lines: string[] }>`select contact_id as id,
					string_to_array(string_agg(text, e'\n'), e'\n') as lines
				from external_contact_notes where contact_id = any(${[...contactIds]}) group by contact_id`.execute(trx);
			return new Map(rows.map(({ id, lines }) => [id, new Set(lines)]));
		},
	};
}

function toNote({ id, contact_id, text, user_id, created_at, modified_at }: Row): Note {
	return {
		...{ id, text, contactId: contact_id, createdAt: created_at, modifiedAt: modified_at },
		...(user_id ? { userId: user_id } : {}),
	};
}
