import { randomBytes, randomUUID } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { notesChangesOf } from "../audit/noted-tables-store.ts";
import type { Db, Tables } from "../kernel/database/database.ts";
import { foldedInSql } from "../kernel/database/folded.ts";
import type { Migrations } from "../kernel/database/migrations.ts";
import { fieldMark } from "./search-store.ts";

export const usersMigrations: Migrations = {
	"0200_users": {
		async up(db) {
			await sql`create table organization (
				id text primary key, name text not null, domain text not null, default_language text not null,
				default_country_code text not null, third_party_uri text, support_uri text, version bigint not null,
				settings jsonb not null
			)`.execute(db);
			await sql`create unique index organization_single on organization ((true))`.execute(db);
			const organization = {
				id: randomUUID(),
				name: "Inlay",
				domain: "inlay",
				default_language: "en-us",
				default_country_code: "US",
				version: 1,
				settings: "{}",
			};
			await db.insertInto("organization").values(organization).execute();
			await sql`create table users (
				id text primary key, name text not null, email text not null, username text not null,
				department text, title text, preferred_name text, manager_id text, state text not null,
				division_id text not null, acd_auto_answer boolean not null, addresses jsonb not null, images jsonb not null,
				profile jsonb not null, version bigint not null, password_hash text, date_created timestamptz not null,
				date_last_login timestamptz
			)`.execute(db);
			await sql`create unique index users_username on users (lower(username)) where state <> 'deleted'`.execute(db);
			await sql`create index users_name on users (lower(name), id)`.execute(db);
			await sql`create index users_division on users (division_id)`.execute(db);
			await sql`create table sign_in_failures (
				username text primary key, failures int not null, last_at timestamptz not null, blocked_until timestamptz not null
			)`.execute(db);
			await sql`create index sign_in_failures_at on sign_in_failures (last_at)`.execute(db);
		},
	},
	"0201_groups": {
		async up(db) {
			await sql`create table groups (
				id text primary key, name text not null, description text, type text not null, visibility text not null,
				rules_visible boolean not null, roles_enabled boolean not null, include_owners boolean not null,
				calls_enabled boolean not null, email text, addresses jsonb not null, images jsonb not null,
				state text not null, version bigint not null, date_modified timestamptz not null
			)`.execute(db);
			await sql`create unique index groups_name on groups (lower(name))`.execute(db);
			await sql`create table group_members (
				group_id text not null references groups on delete cascade, user_id text not null,
				primary key (group_id, user_id)
			)`.execute(db);
			await sql`create index group_members_user on group_members (user_id)`.execute(db);
			await sql`create table group_owners (
				group_id text not null references groups on delete cascade, user_id text not null,
				primary key (group_id, user_id)
			)`.execute(db);
		},
	},
	"0202_user_search": {
		async up(db) {
			const text = sql<string>`name || E'\\n' || coalesce(preferred_name, '') || E'\\n' || email || E'\\n' || username
				|| E'\\n' || coalesce(department, '') || E'\\n' || coalesce(title, '')`;
			await sql`alter table users
				add column search_text text not null generated always as (${foldedInSql(text)}) stored`.execute(db);
			// One for each order of a listing; those of columns that may be empty have an index for either direction, as what
			// is empty comes last in both.
			await sql`create index users_email on users (lower(email), id)`.execute(db);
			for (const column of [sql.ref("department"), sql.ref("title")]) {
				await sql`create index on users (lower(${column}), id)`.execute(db);
				await sql`create index on users (lower(${column}) desc nulls last, id desc)`.execute(db);
			}
			await sql`create index users_active on users (division_id) where state <> 'deleted'`.execute(db);
			// Finds parts of words without looking at everybody. The extension comes with PostgreSQL and needs no superuser, but
			// a server may be without it: there searches look at everybody, 2 ms for 5,000 people.
			await sql`do $$ begin
				create extension if not exists pg_trgm;
				create index users_search on users using gin (search_text gin_trgm_ops);
			exception when others then
				raise notice 'Without pg_trgm: %', sqlerrm;
			end $$`.execute(db);
		},
	},
	"2200_credentials": {
		async up(db) {
			await sql`create table credentials (
				user_id text primary key references users on delete cascade, password_hash text,
				password_changed_at timestamptz, must_change boolean not null default false, version int not null default 1
			)`.execute(db);
			await sql`insert into credentials (user_id, password_hash, password_changed_at)
				select id, password_hash, case when password_hash is null then null else now() end from users`.execute(db);
			await sql`alter table users drop column password_hash`.execute(db);
		},
	},
	"2201_sign_in_brakes": {
		async up(db) {
			await sql`drop table sign_in_failures`.execute(db);
			await sql`create table sign_in_brakes (
				key text primary key, level double precision not null, at timestamptz not null, empty_at timestamptz not null
			)`.execute(db);
			await sql`create index sign_in_brakes_empty on sign_in_brakes (empty_at)`.execute(db);
			await sql`create table sign_in_devices (
				device text not null, user_id text not null references users on delete cascade, last_at timestamptz not null,
				primary key (user_id, device)
			)`.execute(db);
			await sql`create table sign_in_keys (purpose text primary key, key text not null)`.execute(db);
			const keys = ["device", "factor", "name"].map((purpose) => ({
				purpose,
				key: randomBytes(32).toString("base64url"),
			}));
			await db.insertInto("sign_in_keys").values(keys).execute();
		},
	},
	"2210_user_search": {
		async up(db) {
			await searchTextAnew(db);
			// What listings of members look through, without the rest of a user.
			await sql`create index users_members on users (id) include (name, state)`.execute(db);
		},
	},
	"2220_administered": {
		/** Who has users has had an administrator: a start must not make another one because the first was renamed. */
		async up(db) {
			await sql`alter table organization add column administered_since timestamptz`.execute(db);
			await sql`update organization set administered_since = now() where exists (select from users)`.execute(db);
		},
	},
	"2422_no_automatic_answer": {
		async up(db) {
			// Was kept and never acted upon.
			await sql`update users set acd_auto_answer = false where acd_auto_answer`.execute(db);
		},
	},
	"2700_groups_as_they_are": {
		/** Roles were given to groups that had them off, and everybody saw every group, whatever it said: now it says so. */
		async up(db) {
			await sql`update groups set roles_enabled = true where not roles_enabled`.execute(db);
			await sql`update groups set visibility = 'public' where visibility <> 'public'`.execute(db);
			await sql`update groups set calls_enabled = false where calls_enabled`.execute(db);
		},
	},
	"2711_names_beyond_ascii": {
		/** Names that may look like one in ASCII, written as `namesakes` asks for them. */
		async up(db) {
			await sql`create index users_beyond_ascii on users (id)
				where octet_length(username) <> length(username) or octet_length(email) <> length(email)`.execute(db);
		},
	},
	"2734_users_of_a_department": {
		/** EXACT searches for a department read a page of it, in its order, and not everybody (decision 19). */
		async up(db) {
			await sql`create index users_department on users (lower(coalesce(department, '')), lower(name), id)`.execute(db);
		},
	},
	"2920_users_who_are_away": {
		/** Few: a queue's members are all but these, so that thousands of others need not be looked up to be counted. */
		async up(db) {
			await sql`create index users_away on users (id) where state <> 'active'`.execute(db);
		},
	},
	"3173_out_of_office": {
		async up(db) {
			await sql`create table out_of_office (
				user_id text primary key references users on delete cascade, active boolean not null,
				indefinite boolean not null, starts_at timestamptz, ends_at timestamptz
			)`.execute(db);
		},
	},
	"3750_one_fold": {
		/** People are found as contacts are: without accents of any script, and "strasse" finds Straße. */
		async up(db) {
			await searchTextAnew(db);
		},
	},
	"3770_user_licenses": {
		/** Who has no row has the usual one. */
		async up(db) {
			await sql`create table user_licenses (
				user_id text primary key references users on delete cascade, licenses text[] not null
			)`.execute(db);
			await notesChangesOf(db as Db, "user_licenses");
		},
	},
	"3970_user_locations": {
		/** Who works at a place that is deleted is found by it. */
		async up(db) {
			await sql`alter table users add column locations jsonb not null default '[]'`.execute(db);
			await sql`create index users_locations on users using gin (locations jsonb_path_ops)`.execute(db);
		},
	},
	/** Of who was written in Greek capitals, the last letter of a word was another one than what people typed. */
	"4000_user_search_sigma": { up: searchTextAnew },
};

/** Fields can be told apart in the text, so that each is folded once, when it is written. */
async function searchTextAnew(db: Kysely<Tables>): Promise<void> {
	const fields = ["name", "preferred_name", "email", "username", "department", "title"].map(
		(name) => sql<string>`translate(coalesce(${sql.ref(name)}, ''), ${sql.lit(fieldMark)}, ' ')`,
	);
	const mark = sql.lit(fieldMark);
	const text = sql<string>`${mark} || ${sql.join(fields, sql` || ${mark} || `)} || ${mark}`;
	await sql`drop index if exists users_search`.execute(db);
	await sql`alter table users drop column search_text`.execute(db);
	await sql`alter table users
		add column search_text text not null generated always as (${foldedInSql(text)}) stored`.execute(db);
	await sql`do $$ begin
		create extension if not exists pg_trgm;
		create index users_search on users using gin (search_text gin_trgm_ops);
	exception when others then
		raise notice 'Without pg_trgm: %', sqlerrm;
	end $$`.execute(db);
}
