import { sql } from "kysely";
import type { Migrations } from "../kernel/database/migrations.ts";
import { lostOwnerJob } from "./callback/lost-owners.ts";
import { lostQueuesJob } from "./lost-queues.ts";
import "./tables.ts";

/** Documents, and beside them what queries ask for. Id columns are text: an unknown id is simply not found. */
export const conversationsMigrations: Migrations = {
	"0800_conversations": {
		async up(db) {
			await sql`create table conversations (
				id text primary key, version int not null, document jsonb not null, division_id text not null,
				started_at timestamptz not null, ended_at timestamptz,
				waiting_queue_id text, waiting_since timestamptz, priority int not null default 0
			)`.execute(db);
			await sql`create index conversations_waiting on conversations (waiting_queue_id, priority desc, waiting_since)
				where waiting_queue_id is not null`.execute(db);
			await sql`create index conversations_live on conversations (started_at) where ended_at is null`.execute(db);
			await sql`create table conversation_participants (
				conversation_id text not null references conversations (id) on delete cascade,
				participant_id text not null, purpose text not null, user_id text, queue_id text,
				state text not null, live boolean not null, acd boolean not null, needs_wrapup boolean not null,
				started_at timestamptz not null, primary key (conversation_id, participant_id)
			)`.execute(db);
			await sql`create index conversation_participants_open on conversation_participants (user_id)
				where user_id is not null and (live or needs_wrapup)`.execute(db);
			await sql`create index conversation_participants_user on conversation_participants (user_id, started_at desc)
				where user_id is not null`.execute(db);
			await sql`create table recordings (
				id text primary key, conversation_id text not null references conversations (id) on delete cascade,
				user_ids jsonb not null, file text not null, finished_at timestamptz not null,
				duration_ms int not null, bytes bigint not null, state text not null
			)`.execute(db);
			await sql`create index recordings_conversation on recordings (conversation_id)`.execute(db);
		},
	},
	"0801_history": {
		/** A user's conversations are read in the order in which they began, a page of them and no more. */
		async up(db) {
			await sql`update conversation_participants as p set started_at = c.started_at from conversations as c
				where c.id = p.conversation_id and p.user_id is not null and p.started_at <> c.started_at`.execute(db);
			await sql`drop index conversation_participants_user`.execute(db);
			await sql`create index conversation_participants_user on conversation_participants
				(user_id, started_at desc, conversation_id) where user_id is not null`.execute(db);
		},
	},
	"2750_media": {
		/** Until now all have been calls. */
		async up(db) {
			await sql`alter table conversations add column medium text not null default 'calls'`.execute(db);
			await sql`alter table conversation_participants add column medium text not null default 'calls'`.execute(db);
		},
	},
	"2752_callbacks": {
		/** By whom callbacks are listed, and from which conversation they were made. */
		async up(db) {
			await sql`create index conversations_callback_users on conversations
				using gin (((document #> '{internal,facts}') -> 'users')) where medium = 'callbacks'`.execute(db);
			await sql`create index conversations_callback_source on conversations ((document #>> '{internal,facts,source}'))
				where medium = 'callbacks'`.execute(db);
		},
	},
	"2760_routing_wishes": {
		/** What is asked of who answers, the order by score, and what utilization counts. */
		async up(db) {
			await sql`alter table conversations add column waiting_rank timestamptz, add column waiting_request jsonb`.execute(
				db,
			);
			await sql`update conversations set waiting_rank = waiting_since - priority * interval '60 seconds'
				where waiting_queue_id is not null`.execute(db);
			await sql`create index conversations_waiting_rank on conversations (waiting_queue_id, waiting_rank)
				where waiting_queue_id is not null and waiting_request is null`.execute(db);
			await sql`create index conversations_waiting_wishes on conversations (waiting_queue_id)
				where waiting_queue_id is not null and waiting_request is not null`.execute(db);
			await sql`alter table conversation_participants add column wrapup_optional boolean not null default false`.execute(
				db,
			);
			await sql`update conversation_participants p set wrapup_optional = true from conversations c
				where c.id = p.conversation_id and p.needs_wrapup and exists (
					select from jsonb_array_elements(c.document->'participants') one
					where one->>'id' = p.participant_id and one->>'wrapupPrompt' = 'optional')`.execute(db);
		},
	},
	"2860_lost_owners": {
		/** Owners who were gone before that was followed. */
		async up(db) {
			await sql`insert into jobs (id, kind, key, run_at, payload)
				select gen_random_uuid(), ${lostOwnerJob}, owner, to_timestamp(0), jsonb_build_object('userId', owner)
				from (select distinct document #>> '{internal,facts,ownerId}' as owner from conversations
					where medium = 'callbacks' and ended_at is null) as owned where owner is not null`.execute(db);
		},
	},
	"2910_call_rules": {
		async up(db) {
			await sql`create table call_rules (
				id int primary key check (id = 1), version int not null default 1, rules jsonb not null
			)`.execute(db);
			await sql`insert into call_rules (id, rules) values (1, '{}')`.execute(db);
		},
	},
	"2890_expected_callbacks": {
		/** With whom they are agreed upon. */
		async up(db) {
			await sql`create index conversations_callback_number on conversations ((document ->> 'address'))
				where medium = 'callbacks' and ended_at is null`.execute(db);
		},
	},
	"2733_lost_queues": {
		/** At once, whatever the clock says. */
		async up(db) {
			await sql`insert into jobs (id, kind, key, run_at, payload)
				values (gen_random_uuid(), ${lostQueuesJob}, '', to_timestamp(0), '{}')`.execute(db);
		},
	},
	"3790_last_agents": {
		/** Who talked last to whom, for queues that ask them first. */
		async up(db) {
			await sql`create table last_agents (
				queue_id text not null references queues (id) on delete cascade, address text not null, user_id text not null,
				at timestamptz not null, primary key (queue_id, address)
			)`.execute(db);
			await sql`create index last_agents_at on last_agents (at)`.execute(db);
		},
	},
	"3060_history_of_calls": {
		/** A history of calls is still read along the index alone, as what was written is told from it there. */
		async up(db) {
			await sql`drop index conversation_participants_user`.execute(db);
			await sql`create index conversation_participants_user on conversation_participants
				(user_id, started_at desc, conversation_id) include (medium) where user_id is not null`.execute(db);
		},
	},
	"5351_labels_in_hand": {
		async up(db) {
			await sql`alter table conversation_participants add column label_id text`.execute(db);
		},
	},
};
