import { sql } from "kysely";
import type { Db } from "../kernel/database/database.ts";
import { foldedInSql } from "../kernel/database/folded.ts";
import type { Migrations } from "../kernel/database/migrations.ts";
import { notesChangesOf } from "./noted-tables-store.ts";

export const auditMigrations: Migrations = {
	"3300_audit": {
		async up(db) {
			// What a transaction has changed, until its end: nothing of it outlives a commit, so nothing of it need survive a crash.
			await sql`create unlogged table audit_rows (
				xid xid8 not null default pg_current_xact_id(), id bigint generated always as identity,
				place text not null, was jsonb, now jsonb, primary key (xid, id)
			)`.execute(db);
			await sql`create function audit_row() returns trigger language plpgsql as $$
				begin
					if tg_op = 'UPDATE' then
						if old is not distinct from new then return null; end if;
						insert into audit_rows (place, was, now) values (tg_table_name, to_jsonb(old), to_jsonb(new));
					elsif tg_op = 'INSERT' then
						insert into audit_rows (place, now) values (tg_table_name, to_jsonb(new));
					else
						insert into audit_rows (place, was) values (tg_table_name, to_jsonb(old));
					end if;
					return null;
				end $$`.execute(db);
			await sql`create table audit_entries (
				id uuid primary key, seq bigint generated always as identity, at timestamptz not null,
				user_id text, user_name text, client_id text, client_name text, address text, correlation_id text,
				service text not null, entity_type text not null, entity_id text not null, entity_name text, division_id text,
				action text not null, status text not null, changes jsonb not null, others jsonb not null, context jsonb not null,
				about text[] not null, words text not null
			)`.execute(db);
			await sql`create index audit_entries_at on audit_entries (at, seq)`.execute(db);
			await sql`create index audit_entries_about on audit_entries using gin (about)`.execute(db);
			await sql`create index audit_entries_user on audit_entries (user_id, at, seq)`.execute(db);
			await sql`create index audit_entries_correlation on audit_entries (correlation_id)`.execute(db);
			await sql`create table audit_queries (
				id uuid primary key, owner text not null, query jsonb not null, at timestamptz not null, expires_at timestamptz not null
			)`.execute(db);
			await sql`create index audit_queries_expires on audit_queries (expires_at)`.execute(db);
			await sql`create table audit_settings (
				id int primary key check (id = 1), version int not null, settings jsonb not null
			)`.execute(db);
			await sql`insert into audit_settings values (1, 1, '{}')`.execute(db);
			await notesChangesOf(db as Db, ...tablesOf3300);
		},
	},
	"4001_audit_fold": {
		/** Entries are found as people are: without accents, whatever a letter becomes when it is made small. */
		async up(db) {
			const words = foldedInSql(sql<string>`words`);
			await sql`update audit_entries set words = ${words} where words <> ${words}`.execute(db);
		},
	},
};

/** Those that there were; what comes later is added by a migration of its own. */
const tablesOf3300 = [
	...["users", "groups", "organization", "divisions", "roles", "oauth_clients", "deployments", "presence_definitions"],
	...[
		"queues",
		"wrapup_codes",
		"routing_skills",
		"routing_languages",
		"utilizations",
		"stations",
		"voice_entry_points",
	],
	...["call_rules", "call_forwarding_limits", "recording_policies", "recording_settings", "voicemail_policy"],
	...["email_domains", "email_routes", "message_addresses", "response_libraries", "canned_responses", "agent_scripts"],
	...["outbound_things", "outbound_rules", "external_contacts", "external_organizations", "audit_settings"],
	...["credentials", "second_factors", "recovery_codes", "group_members", "group_owners", "grants", "user_skills"],
	...["user_languages", "user_stations", "call_forwarding", "out_of_office", "framework_scripts", "queue_members"],
	...["queue_wrapup_codes", "canned_response_libraries", "agent_script_versions", "outbound_runs"],
	...["external_contact_notes", "voicemail_owners"],
];
