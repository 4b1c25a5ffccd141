import { sql } from "kysely";
import { notesChangesOf } from "../audit/noted-tables-store.ts";
import type { Db } from "../kernel/database/database.ts";
import type { Migrations } from "../kernel/database/migrations.ts";

export const locationMigrations: Migrations = {
	"3842_locations": {
		async up(db) {
			await sql`create table locations (
				id text primary key, name text not null, state text not null, parent_id text references locations,
				value jsonb not null, version int not null
			)`.execute(db);
			await sql`create unique index locations_name on locations (lower(name))`.execute(db);
			await sql`create index locations_inside on locations (parent_id)`.execute(db);
			await notesChangesOf(db as Db, "locations");
		},
	},
};
