import { sql } from "kysely";
import type { Trx } from "../../kernel/database/database.ts";
import type { Migrations } from "../../kernel/database/migrations.ts";
import { prepared } from "../../kernel/sql/prepared.ts";
import type { Conversation } from "../model.ts";
import type { Change } from "../store.ts";
import { detailRows } from "./rows.ts";

/** How far the conversations of before these rows have come, by id; the row goes when all have theirs. */
export const fillJob = "analytics.details.fill";

export const analysisMigrations: Migrations = {
	"3170_conversation_details": {
		/** What ended conversations are found by in analytics; those that go on are few, and are looked at as they are. */
		async up(db) {
			await sql`create table conversation_details (
				conversation_id text primary key references conversations (id) on delete cascade,
				started_at timestamptz not null, ended_at timestamptz not null, division_ids text[] not null,
				direction text not null, initiator text, customer_participation boolean, metrics jsonb not null
			)`.execute(db);
			await sql`create index conversation_details_started on conversation_details (started_at, conversation_id)`.execute(
				db,
			);
			// Few last longer than a day: with them apart, what overlaps a stretch of time is found along the index of beginnings.
			await sql`create index conversation_details_long on conversation_details (started_at)
				where ended_at - started_at > interval '24 hours'`.execute(db);
			await sql`create table conversation_segments (
				conversation_id text not null references conversation_details (conversation_id) on delete cascade,
				session_no smallint not null, segment_no smallint not null, started_at timestamptz not null,
				user_id text, queue_id text, media_type text not null, direction text not null, purpose text not null,
				segment_type text not null, wrapup_code text, dims jsonb not null, metrics jsonb,
				primary key (conversation_id, session_no, segment_no)
			)`.execute(db);
			await sql`create index conversation_segments_started on conversation_segments (started_at)`.execute(db);
			await sql`create index conversation_segments_user on conversation_segments (user_id, started_at)
				where user_id is not null`.execute(db);
			await sql`create index conversation_segments_queue on conversation_segments (queue_id, started_at)
				where queue_id is not null`.execute(db);
			await sql`create table conversation_details_fill (done_to text not null)`.execute(db);
			await sql`insert into conversation_details_fill select '' where exists
				(select from conversations where ended_at is not null)`.execute(db);
			await sql`insert into jobs (id, kind, key, run_at, payload)
				select gen_random_uuid(), ${fillJob}, 'all', to_timestamp(0), '{}' from conversation_details_fill`.execute(db);
		},
	},
};

/** Rows of conversations that have ended with this change; what somebody takes up again has none until it ends anew. */
export async function saveDetails(trx: Trx, changes: readonly Change[]): Promise<void> {
	const stale = changes.filter(({ before }) => before?.endTime).map(({ after }) => after.id);
	if (stale.length > 0) await deleteDetails.write(trx, { ids: stale });
	await addDetails(
		trx,
		changes.map(({ after }) => after),
	);
}

/** @param conversations those among them that have not ended are left out */
export async function addDetails(trx: Trx, conversations: readonly Conversation[]): Promise<void> {
	const rows = conversations.filter(({ endTime }) => endTime).map(detailRows);
	if (rows.length === 0) return;
	await insertDetails.write(trx, { details: JSON.stringify(rows.map(({ detail }) => detail)) });
	await insertSegments.write(trx, { segments: JSON.stringify(rows.flatMap(({ segments }) => segments)) });
}

/** The columns of both, as `jsonb_to_recordset` reads them. */
export const detailColumns = `conversation_id text, started_at timestamptz, ended_at timestamptz, division_ids text[],
	direction text, initiator text, customer_participation boolean, metrics jsonb`;
export const segmentColumns = `conversation_id text, session_no smallint, segment_no smallint, started_at timestamptz,
	user_id text, queue_id text, media_type text, direction text, purpose text, segment_type text, wrapup_code text,
	dims jsonb, metrics jsonb`;

const deleteDetails = prepared(
	(_db, { ids }: { ids: string[] }) =>
		sql`delete from conversation_details where conversation_id = any(${ids}::text[])`,
);

const insertDetails = prepared(
	(_db, { details }: { details: string }) => sql`
		insert into conversation_details select * from jsonb_to_recordset(${details}::jsonb) as d (${sql.raw(detailColumns)})
		on conflict (conversation_id) do nothing`,
);

const insertSegments = prepared(
	(_db, { segments }: { segments: string }) => sql`
		insert into conversation_segments select * from jsonb_to_recordset(${segments}::jsonb) as s (${sql.raw(segmentColumns)})
		on conflict do nothing`,
);
