import { sql } from "kysely";
import type { Migrations } from "../kernel/database/migrations.ts";

export const analyticsMigrations: Migrations = {
	"2781_metric_facts": {
		async up(db) {
			await sql`create table metric_facts (
				at timestamptz not null,
				metric text not null,
				value bigint not null,
				conversation_id text not null,
				participant_id text not null,
				user_id text,
				queue_id text,
				medium text not null,
				direction text not null,
				wrapup_code text
			)`.execute(db);
			// Facts come in the order of time and are asked for by stretches of it: this index costs a write next to nothing.
			await sql`create index metric_facts_at on metric_facts using brin (at)`.execute(db);
		},
	},
	"3171_facts_by_division": {
		/** Where who was measured is: facts of before are judged by their conversation's division. */
		async up(db) {
			await sql`alter table metric_facts add column session_direction text, add column purpose text,
				add column division_ids text[]`.execute(db);
		},
	},
	"3172_analytics_jobs": {
		async up(db) {
			await sql`create table analytics_jobs (
				id uuid primary key, owner text not null, query jsonb not null, submitted_at timestamptz not null,
				expires_at timestamptz not null
			)`.execute(db);
			await sql`create index analytics_jobs_owner on analytics_jobs (owner)`.execute(db);
		},
	},
};
