import { sql } from "kysely";
import type { Migrations } from "../kernel/database/migrations.ts";
import "./tables.ts";

/** The table began with conversations (0800), for files alone. */
export const recordingsMigrations: Migrations = {
	"2771_recordings": {
		/** What was recorded before is processed like what comes: it gets its waveform and goes into storage. */
		async up(db) {
			await sql`alter table recordings
				add column kind text not null default 'user', add column agent_id text, add column policy_id text,
				add column started_at timestamptz, add column ended_at timestamptz, add column retention_days int,
				add column parts jsonb not null default '[]', add column marks jsonb not null default '[]',
				add column key text, add column type text, add column annotations jsonb not null default '[]',
				add column waveform jsonb, add column retention_until timestamptz, add column deleted_at timestamptz,
				alter column duration_ms drop not null, alter column bytes drop not null`.execute(db);
			await sql`update recordings as r set state = 'processing', ended_at = finished_at,
				started_at = finished_at - duration_ms * interval '1 ms',
				parts = jsonb_build_array(jsonb_build_object('file', regexp_replace(file, '^.*[/\\\\]', ''),
					'startedMs', round(extract(epoch from finished_at) * 1000) - duration_ms,
					'durationMs', duration_ms, 'bytes', bytes)),
				agent_id = (select party ->> 'userId' from conversations c, jsonb_array_elements(c.document -> 'participants') party
					where c.id = r.conversation_id and party -> 'calls' -> 0 ->> 'recordingId' = r.id limit 1)`.execute(db);
			await sql`insert into jobs (id, kind, key, run_at, payload)
				select gen_random_uuid(), 'recordings.process', id, now(), jsonb_build_object('recordingId', id)
				from recordings`.execute(db);
			await sql`alter table recordings drop column file, drop column finished_at,
				alter column started_at set not null, alter column kind drop default`.execute(db);
			await sql`create table recording_policies (
				id text primary key, position int not null, version int not null default 1, policy jsonb not null
			)`.execute(db);
			await sql`create table recording_settings (
				id int primary key check (id = 1), version int not null default 1, settings jsonb not null
			)`.execute(db);
			await sql`insert into recording_settings (id, settings) values (1, '{}')`.execute(db);
		},
	},
	"3930_broken_recordings": {
		/** What could not be written, or no more of it: few among all, looked for by their time. */
		async up(db) {
			await sql`alter table recordings add column broke_off boolean not null default false`.execute(db);
			await sql`create index recordings_broken on recordings (started_at) where broke_off or state = 'failed'`.execute(
				db,
			);
		},
	},
};
