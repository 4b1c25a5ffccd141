import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { notesChangesOf } from "../audit/noted-tables-store.ts";
import type { Db } from "../kernel/database/database.ts";
import type { Migrations } from "../kernel/database/migrations.ts";

export const webServiceMigrations: Migrations = {
	"5370_web_services": {
		async up(db) {
			await sql`create table web_services (
				id text primary key, name text not null, settings jsonb not null, secret bytea, version int not null default 1
			)`.execute(db);
			await sql`create unique index web_services_name on web_services (lower(name))`.execute(db);
			await sql`create table web_service_keys (id int primary key check (id = 1), key bytea not null)`.execute(db);
			await sql`insert into web_service_keys (id, key) values (1, ${randomBytes(32)})`.execute(db);
			await sql`create table script_hosts (
				id int primary key check (id = 1), version int not null default 1, hosts jsonb not null
			)`.execute(db);
			await sql`insert into script_hosts (id, hosts) values (1, '{}')`.execute(db);
			await notesChangesOf(db as Db, "web_services", "script_hosts");
		},
	},
};
