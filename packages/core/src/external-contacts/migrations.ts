import { sql } from "kysely";
import type { Migrations } from "../kernel/database/migrations.ts";

export const externalContactMigrations: Migrations = {
	"3020_external_contacts": {
		/** `words` are the contact's own; `search` holds those of their organization as well. */
		async up(db) {
			await sql`create table external_organizations (
				id text primary key, division_id text not null, name text not null, sort_key text collate "C" not null,
				value jsonb not null, search tsvector not null, words text[] not null, version int not null default 1,
				created_at timestamptz not null, modified_at timestamptz not null
			)`.execute(db);
			await sql`create index external_organizations_sorted on external_organizations (sort_key, id)`.execute(db);
			await sql`create index external_organizations_search on external_organizations using gin (search)`.execute(db);
			await sql`create table external_contacts (
				id text primary key, division_id text not null, organization_id text references external_organizations,
				name text not null, sort_last text collate "C" not null, sort_first text collate "C" not null,
				value jsonb not null, words text[] not null, search tsvector not null,
				version int not null default 1, created_at timestamptz not null, modified_at timestamptz not null
			)`.execute(db);
			await sql`create index external_contacts_by_last on external_contacts (sort_last, id)`.execute(db);
			await sql`create index external_contacts_by_first on external_contacts (sort_first, id)`.execute(db);
			await sql`create index external_contacts_search on external_contacts using gin (search)`.execute(db);
			await sql`create table external_contact_points (
				point text not null, contact_id text not null references external_contacts on delete cascade,
				primary key (point, contact_id)
			)`.execute(db);
			await sql`create index external_contact_points_of on external_contact_points (contact_id)`.execute(db);
			await sql`create index external_contacts_of on external_contacts (organization_id, sort_last, id)`.execute(db);
			await sql`create table external_contact_notes (
				id text primary key, position bigserial not null,
				contact_id text not null references external_contacts on delete cascade, text text not null, user_id text, created_at timestamptz not null, modified_at timestamptz not null
			)`.execute(db);
			await sql`create index external_contact_notes_of on external_contact_notes (contact_id, position)`.execute(db);
		},
	},
	"3791_points_by_division": {
		/** A number that thousands have is looked up division by division. */
		async up(db) {
			await sql`alter table external_contact_points add column division_id text`.execute(db);
			await sql`update external_contact_points p set division_id = c.division_id
				from external_contacts c where c.id = p.contact_id`.execute(db);
			await sql`alter table external_contact_points alter column division_id set not null`.execute(db);
			await sql`create index external_contact_points_division on external_contact_points
				(point, division_id, contact_id)`.execute(db);
		},
	},
	"3843_merged_contacts": {
		/** Who was made one with whom: conversations go on naming the contact that was. */
		async up(db) {
			await sql`create table external_contact_merges (
				id text primary key, into_id text not null references external_contacts on delete cascade
			)`.execute(db);
			await sql`create index external_contact_merges_into on external_contact_merges (into_id)`.execute(db);
		},
	},
	"3880_contact_imports": {
		/** Files that come in slice by slice: each is gone with the change that has taken it. */
		async up(db) {
			await sql`create table external_contact_imports (
				id text primary key, division_id text not null, existing text not null, actor jsonb not null, total int not null,
				taken int not null default 0, created int not null default 0, completed int not null default 0,
				skipped int not null default 0, attempts int not null default 0, try_at timestamptz, error text,
				at timestamptz not null
			)`.execute(db);
			await sql`create table external_contact_import_slices (
				import_id text not null references external_contact_imports on delete cascade, place int not null,
				rows jsonb not null, primary key (import_id, place)
			)`.execute(db);
		},
	},
};
