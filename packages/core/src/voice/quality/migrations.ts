import { sql } from "kysely";
import type { Migrations } from "../../kernel/database/migrations.ts";

export const callQualityMigrations: Migrations = {
	"2600_call_quality": {
		async up(db) {
			await sql`create table call_quality (
				conversation_id text not null references conversations (id) on delete cascade,
				user_id text not null,
				part_id text not null,
				figures jsonb not null,
				changed_at timestamptz not null,
				primary key (conversation_id, user_id, part_id)
			)`.execute(db);
		},
	},
	"2710_call_quality_search": {
		/** Bad sound is looked for by time; what was measured before is found by its worst ten seconds. */
		async up(db) {
			await sql`alter table call_quality add column faults text[] not null default '{}', add column browser text,
				add column division_ids text[] not null default '{}'`.execute(db);
			await sql`update call_quality as q set
				faults = case when (q.figures ->> 'minRFactor')::float8 < 60 then array['worst'] else '{}' end,
				division_ids = array(select c.division_id union select jsonb_array_elements_text(
					jsonb_path_query_array(c.document, '$.participants[*].internal.divisions.*')))
				from conversations as c where c.id = q.conversation_id`.execute(db);
			await sql`create index call_quality_faulty on call_quality (changed_at desc, part_id)
				where faults <> '{}'`.execute(db);
			await sql`create index call_quality_newest on call_quality (changed_at desc, part_id)`.execute(db);
		},
	},
};
