import { sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import { namesakes } from "../kernel/database/namesakes.ts";
import type { Location } from "./model.ts";

interface Row {
	id: string;
	name: string;
	state: Location["state"];
	value: Omit<Location, "id" | "name" | "state" | "version">;
	version: number;
}

/** Locations as they are kept. */
export function locationStore(db: Db) {
	return {
		names: namesakes("locations"),

		/** By name. */
		async all(on: Db | Trx = db): Promise<Location[]> {
			const { rows } = await sql<Row>`select * from locations order by lower(name), id`.execute(on);
			return rows.map(toLocation);
		},

		async find(id: string, on: Db | Trx = db): Promise<Location | undefined> {
			const { rows } = await sql<Row>`select * from locations where id = ${id}`.execute(on);
			return rows.map(toLocation)[0];
		},

		/** Who changes what is in what waits for whoever does: nothing is put into itself by two at once. */
		async lock(trx: Trx, id: string): Promise<Location | undefined> {
			await takeTurn(trx);
			const { rows } = await sql<Row>`select * from locations where id = ${id} for update`.execute(trx);
			return rows.map(toLocation)[0];
		},

		/** Those about which the user is asked; nobody else is changing any. */
		async lockOfContact(trx: Trx, userId: string): Promise<Location[]> {
			await takeTurn(trx);
			const { rows } = await sql<Row>`select * from locations where value ->> 'contactUserId' = ${userId}
				order by id for update`.execute(trx);
			return rows.map(toLocation);
		},

		async hasInside(trx: Trx, id: string): Promise<boolean> {
			const { rows } = await sql`select 1 from locations where parent_id = ${id} limit 1`.execute(trx);
			return rows.length > 0;
		},

		async save(trx: Trx, { id, name, state, version, ...value }: Location): Promise<void> {
			await sql`insert into locations (id, name, state, parent_id, value, version)
				values (${id}, ${name}, ${state}, ${value.path.at(-1) ?? null}, ${JSON.stringify(value)}, ${version})
				on conflict (id) do update set name = excluded.name, state = excluded.state, parent_id = excluded.parent_id,
					value = excluded.value, version = excluded.version`.execute(trx);
		},

		async delete(trx: Trx, id: string): Promise<void> {
			await sql`delete from locations where id = ${id}`.execute(trx);
		},
	};
}

async function takeTurn(trx: Trx): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended('locations', 0))`.execute(trx);
}

function toLocation({ id, name, state, value, version }: Row): Location {
	return { ...value, id, name, state, version };
}
