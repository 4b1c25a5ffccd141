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
};
