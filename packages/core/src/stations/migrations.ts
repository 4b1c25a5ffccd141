import { sql } from "kysely";
import type { Migrations } from "../kernel/database/migrations.ts";

/** The unique indexes are the last word on "one user per station, one station per user". */
export const stationMigrations: Migrations = {
	"0700_stations": {
		async up(db) {
			await sql`create table stations (
				id text primary key, name text not null, type text not null, web_rtc_user_id text unique,
				line_appearance_id text not null unique, associated_user_id text, associated_at timestamptz
			)`.execute(db);
			await sql`create unique index stations_associated_user on stations (associated_user_id)`.execute(db);
			await sql`create index stations_name on stations (lower(name))`.execute(db);
			await sql`create table user_stations (
				user_id text primary key, default_station_id text references stations (id),
				last_station_id text references stations (id)
			)`.execute(db);
		},
	},
	"0701_call_appearances": {
		async up(db) {
			await sql`alter table stations add column call_appearances int not null default 1`.execute(db);
		},
	},
	"2721_persistent_connections": {
		async up(db) {
			await sql`alter table stations add column persistent_enabled boolean not null default false,
				add column persistent_idle_seconds int not null default 600`.execute(db);
		},
	},
};
