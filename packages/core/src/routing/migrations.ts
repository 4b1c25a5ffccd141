import { defaultWrapupCodeId } from "@inlay/contract/wrapup-codes";
import { sql } from "kysely";
import { notesChangesOf } from "../audit/noted-tables-store.ts";
import type { Db } from "../kernel/database/database.ts";
import type { Migrations } from "../kernel/database/migrations.ts";

/** Id columns are text: ids of other domains are opaque here, and an unknown one is simply not found. */
export const routingMigrations: Migrations = {
	"0600_routing": {
		async up(db) {
			await sql`create table routing_statuses (
				user_id text primary key, on_queue boolean not null default false, work text not null default 'NONE',
				not_responding boolean not null default false, status text not null default 'OFF_QUEUE',
				start_time timestamptz
			)`.execute(db);
			await sql`create index routing_statuses_idle on routing_statuses (start_time) where status = 'IDLE'`.execute(db);
			await sql`create table queues (
				id text primary key, name text not null, description text, division_id text not null,
				settings jsonb not null, created_at timestamptz not null, modified_at timestamptz not null,
				created_by text, modified_by text
			)`.execute(db);
			await sql`create unique index queues_name on queues (lower(name))`.execute(db);
			await sql`create table queue_members (
				queue_id text not null references queues (id) on delete cascade, user_id text not null,
				ring_number int not null default 1, joined boolean not null default true,
				changed_at timestamptz not null, primary key (queue_id, user_id)
			)`.execute(db);
			await sql`create index queue_members_user on queue_members (user_id, queue_id)`.execute(db);
			await sql`create table wrapup_codes (
				id text primary key, name text not null, description text, division_id text not null,
				created_at timestamptz not null, modified_at timestamptz not null, created_by text, modified_by text,
				deleted boolean not null default false
			)`.execute(db);
			await sql`create unique index wrapup_codes_name on wrapup_codes (lower(name)) where not deleted`.execute(db);
			await sql`create table queue_wrapup_codes (
				queue_id text not null references queues (id) on delete cascade,
				code_id text not null references wrapup_codes (id), primary key (queue_id, code_id)
			)`.execute(db);
			await sql`insert into wrapup_codes (id, name, description, division_id, created_at, modified_at)
				values (${defaultWrapupCodeId}, 'Default Wrap-up Code',
					'Given when after-call work ends without a code.', '*', now(), now())`.execute(db);
		},
	},
	"2420_queue_versions": {
		async up(db) {
			await sql`alter table queues add column version int not null default 1`.execute(db);
			// What was kept and never acted upon is told no longer, and could not be sent back.
			await sql`update queues set settings = (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(settings)
				where key in ('mediaSettings', 'acwSettings', 'peerId'))`.execute(db);
			for (const medium of ["call", "callback", "chat", "email", "message"]) {
				for (const key of ["enableAutoAnswer", "autoAnswerAlertToneSeconds", "manualAnswerAlertToneSeconds"])
					await sql`update queues set settings = settings #- ${["mediaSettings", medium, key]}::text[]`.execute(db);
			}
		},
	},
	"2620_ended_users_work_nowhere": {
		/** Until then a deactivated user stayed a member of their queues, and on queue. */
		async up(db) {
			await sql`delete from queue_members where user_id in (select id from users where state <> 'active')`.execute(db);
			await sql`update routing_statuses set on_queue = false, status = 'OFF_QUEUE'
				where user_id in (select id from users where state <> 'active')`.execute(db);
		},
	},
	"2761_skills_and_utilization": {
		async up(db) {
			for (const table of ["routing_skills", "routing_languages"]) {
				await sql`create table ${sql.table(table)} (
					id text primary key, name text not null, created_at timestamptz not null, modified_at timestamptz not null,
					version int not null default 1
				)`.execute(db);
				await sql`create unique index ${sql.raw(`${table}_name`)} on ${sql.table(table)} (lower(name))`.execute(db);
			}
			await sql`create table user_skills (
				user_id text not null, skill_id text not null, proficiency real not null, primary key (user_id, skill_id)
			)`.execute(db);
			await sql`create index user_skills_skill on user_skills (skill_id)`.execute(db);
			await sql`create table user_languages (
				user_id text not null, language_id text not null, proficiency real not null,
				primary key (user_id, language_id)
			)`.execute(db);
			await sql`create index user_languages_language on user_languages (language_id)`.execute(db);
			await sql`create table utilizations (
				user_id text primary key, rule jsonb not null, version int not null default 1
			)`.execute(db);
		},
	},
	"2762_decisions": {
		async up(db) {
			await sql`create table routing_decisions (
				id bigint generated always as identity primary key, conversation_id text not null, queue_id text not null,
				at timestamptz not null, user_id text not null, ring int not null, considered int not null, passed jsonb not null
			)`.execute(db);
			await sql`create index routing_decisions_conversation on routing_decisions (conversation_id)`.execute(db);
			await sql`create index routing_decisions_at on routing_decisions (at)`.execute(db);
		},
	},
	// A rule that goes and comes back must not have the version of the one that somebody has seen before.
	"2930_utilization_versions": {
		async up(db) {
			await sql`create sequence utilization_versions`.execute(db);
			await sql`select setval('utilization_versions', (select coalesce(max(version), 0) + 1 from utilizations))`.execute(
				db,
			);
		},
	},
	"3150_previews_paused": {
		async up(db) {
			await sql`alter table routing_statuses add column previews_paused boolean not null default false`.execute(db);
		},
	},
	// It said nothing of what is written until now, and the console wrote it for every queue that it saved.
	"3990_last_agents_unsaid": {
		async up(db) {
			await sql`update queues set settings = settings - 'lastAgentRoutingMode'
				where settings ->> 'lastAgentRoutingMode' = 'Disabled'`.execute(db);
		},
	},
	"5350_utilization_labels": {
		async up(db) {
			await sql`create table utilization_labels (
				id text primary key, name text not null, created_at timestamptz not null, modified_at timestamptz not null,
				version int not null default 1
			)`.execute(db);
			await sql`create unique index utilization_labels_name on utilization_labels (lower(name))`.execute(db);
			await sql`alter table utilizations add column labels jsonb not null default '{}'`.execute(db);
			await notesChangesOf(db as Db, "utilization_labels");
		},
	},
	// An unanswered offer outranks work now: who has let one ring and kept something else in hand is offered no more.
	"5470_not_responding_at_work": {
		async up(db) {
			await sql`update routing_statuses set status = 'NOT_RESPONDING'
				where on_queue and not_responding and status <> 'NOT_RESPONDING'`.execute(db);
		},
	},
	"5510_versions_of_wrapup_codes": {
		async up(db) {
			await sql`alter table wrapup_codes add column version int not null default 1`.execute(db);
			await sql`create index queue_wrapup_codes_code on queue_wrapup_codes (code_id)`.execute(db);
		},
	},
	// Whose turn it is. Nobody's is known of before: who has had nothing since comes first, by their status as until now.
	"5570_turns": {
		async up(db) {
			await sql`alter table routing_statuses add column acd_ended_at timestamptz`.execute(db);
		},
	},
};
