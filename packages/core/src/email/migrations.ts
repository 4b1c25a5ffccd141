import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { notesChangesOf } from "../audit/noted-tables-store.ts";
import type { Db } from "../kernel/database/database.ts";
import type { Migrations } from "../kernel/database/migrations.ts";

export const emailMigrations: Migrations = {
	"3040_email": {
		async up(db) {
			await sql`create table email_domains (id text primary key, smtp jsonb, secret bytea, version int not null default 1)`.execute(
				db,
			);
			await sql`create table email_keys (purpose text primary key, key bytea not null)`.execute(db);
			await sql`insert into email_keys (purpose, key) values ('seal', ${randomBytes(32)}), ('sign', ${randomBytes(32)})`.execute(
				db,
			);
			await sql`create table email_routes (
				id text primary key, domain text not null references email_domains, pattern text not null, from_name text not null,
				queue_id uuid not null, settings jsonb not null, version int not null default 1, unique (domain, pattern)
			)`.execute(db);
			await sql`create table email_threads (
				id text primary key, route_id text not null, their text not null, token text not null unique, conversation_id text
			)`.execute(db);
			// Every id that a mail of the thread has, or names: by any of them an answer finds it.
			await sql`create table email_aliases (
				route_id text not null, message_id text not null, thread_id text not null references email_threads on delete cascade,
				primary key (route_id, message_id)
			)`.execute(db);
			await sql`create table email_inbound (
				id text primary key, position bigserial not null, route_id text not null, raw_key text not null,
				message_id text not null, hash text not null, size int not null, mail_from text not null, rcpt_to text not null,
				state text not null, attempts int not null default 0, try_at timestamptz, at timestamptz not null,
				unique (route_id, message_id, hash)
			)`.execute(db);
			await sql`create index email_inbound_new on email_inbound (position) where state = 'new'`.execute(db);
			await sql`create table emails (
				id text primary key, position bigserial not null, thread_id text not null references email_threads on delete cascade,
				route_id text not null, conversation_id text not null, direction text not null, message_id text not null,
				sender text not null, state text not null, auto_generated boolean not null, user_id text, attempts int not null,
				try_at timestamptz, at timestamptz not null, error jsonb, raw_key text, content jsonb not null
			)`.execute(db);
			await sql`create index emails_of_thread on emails (thread_id, position)`.execute(db);
			await sql`create index emails_of_conversation on emails (conversation_id, position)`.execute(db);
			await sql`create index emails_by_message_id on emails (message_id)`.execute(db);
			await sql`create index emails_queued on emails (position) where state = 'queued'`.execute(db);
			await sql`create table email_drafts (
				conversation_id text primary key, user_id text not null, version int not null, at timestamptz not null,
				content jsonb not null
			)`.execute(db);
		},
	},
	"3140_email_requests": {
		async up(db) {
			await sql`alter table emails add column request text`.execute(db);
		},
	},
	"3820_email_mailboxes": {
		async up(db) {
			await sql`create table email_mailboxes (
				route_id text primary key references email_routes on delete cascade, server jsonb not null, secret bytea,
				version int not null default 1, uid_validity bigint not null default 0, uid bigint not null default 0
			)`.execute(db);
			await sql`alter table email_inbound add column source text`.execute(db);
		},
	},
	"3860_email_mailboxes_since": {
		async up(db) {
			await sql`alter table email_mailboxes add column since timestamptz not null default now()`.execute(db);
			await sql`alter table email_mailboxes alter column since drop default`.execute(db);
			await notesChangesOf(db as Db, "email_mailboxes");
		},
	},
	"3870_email_sources": {
		async up(db) {
			await sql`create index email_inbound_sources on email_inbound (route_id, source) where source is not null`.execute(
				db,
			);
		},
	},
	"4040_email_signatures": {
		async up(db) {
			await sql`create table email_signatures (user_id text primary key, text text not null)`.execute(db);
		},
	},
	"4041_email_kept_aside": {
		async up(db) {
			await sql`create table email_blocked_senders (
				route_id text not null references email_routes on delete cascade, sender text not null, user_id text,
				at timestamptz not null, primary key (route_id, sender)
			)`.execute(db);
			await sql`alter table email_inbound add column why text, add column about jsonb,
				add column is_wanted boolean not null default false`.execute(db);
			await sql`create index email_inbound_held on email_inbound (route_id, position) where state = 'held'`.execute(db);
			await notesChangesOf(db as Db, "email_blocked_senders");
		},
	},
	"4090_email_raw_forms": {
		async up(db) {
			// A mail to two addresses has one raw form: it goes with the last of them.
			await sql`create index email_inbound_raw on email_inbound (raw_key)`.execute(db);
		},
	},
	"5300_email_kept_aside_by_age": {
		async up(db) {
			// What is to be dropped is found without looking at all that is kept.
			await sql`create index email_inbound_held_at on email_inbound (at) where state = 'held'`.execute(db);
			await sql`create index email_inbound_senders on email_inbound
				(route_id, lower(coalesce(about ->> 'from', mail_from)), position) where state = 'held'`.execute(db);
			await sql`create index email_inbound_dropping on email_inbound (position) where state = 'dropping'`.execute(db);
		},
	},
	"5310_email_dkim_keys": {
		async up(db) {
			await sql`create table email_dkim_keys (
				domain text not null references email_domains on delete cascade, selector text not null, state text not null,
				public_key text not null, secret bytea, created_at timestamptz not null, ended_at timestamptz,
				primary key (domain, selector), unique (domain, state)
			)`.execute(db);
			await notesChangesOf(db as Db, "email_dkim_keys");
		},
	},
	"5311_email_kept_aside_in_all": {
		async up(db) {
			await sql`create index email_inbound_held_in_all on email_inbound (position) include (size) where state = 'held'`.execute(
				db,
			);
		},
	},
	"3881_email_drafts_left": {
		async up(db) {
			await sql`create index email_drafts_of_user on email_drafts (user_id)`.execute(db);
		},
	},
};
