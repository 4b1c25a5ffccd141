import { sql } from "kysely";
import { notesChangesOf } from "../audit/noted-tables-store.ts";
import type { Db } from "../kernel/database/database.ts";
import type { Migrations } from "../kernel/database/migrations.ts";

export const cannedResponseMigrations: Migrations = {
	"3031_canned_responses": {
		async up(db) {
			await sql`create table response_libraries (
				id text primary key, name text not null, queue_ids text[], created_by text, created_at timestamptz not null,
				version int not null default 1
			)`.execute(db);
			await sql`create unique index response_libraries_name on response_libraries (lower(name))`.execute(db);
			await sql`create table canned_responses (
				id text primary key, name text not null, value jsonb not null, search tsvector not null, created_by text,
				created_at timestamptz not null, version int not null default 1
			)`.execute(db);
			await sql`create index canned_responses_search on canned_responses using gin (search)`.execute(db);
			await sql`create table canned_response_libraries (
				response_id text not null references canned_responses on delete cascade,
				library_id text not null references response_libraries on delete cascade, primary key (library_id, response_id)
			)`.execute(db);
			await sql`create index canned_response_libraries_of on canned_response_libraries (response_id)`.execute(db);
			await sql`create table canned_response_uses (
				response_id text not null references canned_responses on delete cascade, conversation_id text not null,
				user_id text, at timestamptz not null, primary key (response_id, conversation_id)
			)`.execute(db);
		},
	},
	"5580_response_assets": {
		async up(db) {
			await sql`create table response_assets (
				id text primary key, name text not null, division_id text not null, key text not null, state text not null,
				content_type text, size int, md5 text, ticket_hash text unique, until timestamptz, problem jsonb,
				created_by text, created_at timestamptz not null, modified_by text, modified_at timestamptz not null
			)`.execute(db);
			await sql`create index response_assets_pending on response_assets (until) where state = 'pending'`.execute(db);
			await sql`create table response_assets_left (key text primary key)`.execute(db);
			await sql`create table canned_response_assets (
				response_id text not null references canned_responses on delete cascade,
				asset_id text not null references response_assets, place int not null, primary key (response_id, asset_id)
			)`.execute(db);
			await sql`create index canned_response_assets_of on canned_response_assets (asset_id)`.execute(db);
			await notesChangesOf(db as Db, "response_assets", "canned_response_assets");
		},
	},
	"5660_response_asset_clients": {
		async up(db) {
			await sql`alter table response_assets add column client_id text`.execute(db);
		},
	},
};
