import { sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import { namesakes } from "../kernel/database/namesakes.ts";
import { referable } from "../kernel/database/references.ts";
import type { Library } from "./model.ts";

interface Row {
	id: string;
	name: string;
	queue_ids: string[] | null;
	created_by: string | null;
	created_at: Date;
	version: number;
}

/** Libraries as they are kept. */
export function libraryStore(db: Db) {
	return {
		names: namesakes("response_libraries"),
		referred: referable("response_libraries"),

		async all(on: Db | Trx = db): Promise<Library[]> {
			const { rows } = await sql<Row>`select * from response_libraries order by lower(name), id`.execute(on);
			return rows.map(toLibrary);
		},

		async find(id: string, on: Db | Trx = db): Promise<Library | undefined> {
			const { rows } = await sql<Row>`select * from response_libraries where id = ${id}`.execute(on);
			return rows.map(toLibrary)[0];
		},

		async lock(trx: Trx, id: string): Promise<Library | undefined> {
			const { rows } = await sql<Row>`select * from response_libraries where id = ${id} for update`.execute(trx);
			return rows.map(toLibrary)[0];
		},

		async save(trx: Trx, { id, name, queueIds, createdBy, createdAt, version }: Library): Promise<void> {
			await sql`insert into response_libraries (id, name, queue_ids, created_by, created_at, version)
				values (${id}, ${name}, ${queueIds ?? null}::text[], ${createdBy ?? null}, ${createdAt}, ${version})
				on conflict (id) do update set name = excluded.name, queue_ids = excluded.queue_ids,
					version = excluded.version`.execute(trx);
		},

		/** With the responses that are in no other one. */
		async delete(trx: Trx, id: string): Promise<void> {
			await sql`delete from canned_responses r where exists (select from canned_response_libraries l
					where l.response_id = r.id and l.library_id = ${id})
				and not exists (select from canned_response_libraries l
					where l.response_id = r.id and l.library_id <> ${id})`.execute(trx);
			await sql`delete from response_libraries where id = ${id}`.execute(trx);
		},

		/** A library of that queue alone is one of no queue from then on, and not one of all. */
		async forgetQueue(trx: Trx, queueId: string): Promise<void> {
			await sql`update response_libraries set queue_ids = array_remove(queue_ids, ${queueId}), version = version + 1
				where queue_ids @> array[${queueId}]`.execute(trx);
		},
	};
}

function toLibrary({ id, name, queue_ids, created_by, created_at, version }: Row): Library {
	return {
		...{ id, name, version, createdAt: created_at },
		...(queue_ids ? { queueIds: queue_ids } : {}),
		...(created_by ? { createdBy: created_by } : {}),
	};
}
