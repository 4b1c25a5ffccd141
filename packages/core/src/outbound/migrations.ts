import { sql } from "kysely";
import type { Migrations } from "../kernel/database/migrations.ts";
import "./tables.ts";

export const outboundMigrations: Migrations = {
	"2850_outbound": {
		async up(db) {
			await sql`create table outbound_things (
				id text primary key, kind text not null, name text not null, division_id text, version int not null default 1,
				created_at timestamptz not null, modified_at timestamptz not null, value jsonb not null
			)`.execute(db);
			await sql`create unique index outbound_things_name on outbound_things (kind, lower(name))`.execute(db);
			await sql`create table outbound_contacts (
				list_id text not null references outbound_things (id) on delete cascade, id text not null,
				position bigint generated always as identity, key text, data jsonb not null, callable boolean not null default true,
				numbers jsonb not null default '{}', import_id text, created_at timestamptz not null, primary key (list_id, id)
			)`.execute(db);
			await sql`create unique index outbound_contacts_key on outbound_contacts (list_id, key)`.execute(db);
			await sql`create unique index outbound_contacts_position on outbound_contacts (list_id, position)`.execute(db);
			await sql`create table outbound_uploads (
				list_id text not null references outbound_things (id) on delete cascade, row_number int not null, key text,
				data jsonb not null, numbers jsonb not null, primary key (list_id, row_number)
			)`.execute(db);
			await sql`create unique index outbound_uploads_key on outbound_uploads (list_id, key)`.execute(db);
			await sql`create table outbound_dnc_numbers (
				list_id text not null references outbound_things (id) on delete cascade, number text not null,
				added_at timestamptz not null, primary key (list_id, number)
			)`.execute(db);
			await sql`create table outbound_runs (
				campaign_id text primary key references outbound_things (id) on delete cascade, status text not null default 'off',
				run int not null default 1, position bigint not null default 0, calls_per_agent real not null default 1
			)`.execute(db);
			await sql`create table outbound_tries (
				campaign_id text not null references outbound_things (id) on delete cascade, contact_id text not null,
				run int not null, state text not null, why text, again_at timestamptz, conversation_id text,
				tries jsonb not null default '{"attempts": 0, "columns": {}}', primary key (campaign_id, contact_id)
			)`.execute(db);
			await sql`create index outbound_tries_again on outbound_tries (campaign_id, run, again_at) where state = 'open'`.execute(
				db,
			);
			await sql`create index outbound_tries_taken on outbound_tries (campaign_id) where state = 'taken'`.execute(db);
			await sql`create table outbound_attempts (
				id bigint generated always as identity primary key, campaign_id text not null, run int not null,
				contact_list_id text not null, contact_id text not null, conversation_id text not null, nth int not null,
				column_name text not null, number text not null, at timestamptz not null, answered_at timestamptz,
				agent_at timestamptz, ended_at timestamptz, result text, user_id text, wrapup_code text,
				unique (conversation_id, nth)
			)`.execute(db);
			await sql`create index outbound_attempts_campaign on outbound_attempts (campaign_id, id)`.execute(db);
			await sql`create index outbound_attempts_contact on outbound_attempts (contact_id)`.execute(db);
			await sql`create index outbound_attempts_number on outbound_attempts (number, at)`.execute(db);
			await sql`create table outbound_rules (
				id text primary key, version int not null default 1, modified_at timestamptz not null default now(), value jsonb not null
			)`.execute(db);
			await sql`insert into outbound_rules (id, value) values ('settings', '{}'), ('mapping', '{}')`.execute(db);
		},
	},
	"3151_owned_contacts": {
		async up(db) {
			await sql`alter table outbound_tries add column waits_for text, add column skip_reason text`.execute(db);
			await sql`create index outbound_tries_owned on outbound_tries (campaign_id, run, waits_for, contact_id)
				where state = 'open' and waits_for is not null`.execute(db);
		},
	},
	// Without the extension numbers are looked through one by one.
	"3152_contacts_search": {
		async up(db) {
			await sql`create function outbound_digits(numbers jsonb) returns text language sql immutable parallel safe as $$
				select string_agg(substr(one.value ->> 'number', 2), ' ') from jsonb_each(numbers) as one $$`.execute(db);
			await sql`create index outbound_contacts_key_search on outbound_contacts (list_id, lower(key) text_pattern_ops)
				where key is not null`.execute(db);
			await sql`do $$ begin
				create extension if not exists pg_trgm;
				create index outbound_contacts_digits on outbound_contacts using gin (outbound_digits(numbers) gin_trgm_ops);
			exception when others then
				raise notice 'Without pg_trgm: %', sqlerrm;
			end $$`.execute(db);
		},
	},
};
