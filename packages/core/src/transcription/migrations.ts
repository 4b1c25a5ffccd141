import { sql } from "kysely";
import { notesChangesOf } from "../audit/noted-tables-store.ts";
import type { Db } from "../kernel/database/database.ts";
import type { Migrations } from "../kernel/database/migrations.ts";

export const transcriptionMigrations: Migrations = {
	"5390_transcription": {
		/** What is said in calls is written nowhere; of messages in mailboxes it lies with them. */
		async up(db) {
			await sql`create table transcription_settings (
				id int primary key check (id = 1), version int not null default 1, settings jsonb not null
			)`.execute(db);
			await sql`insert into transcription_settings (id, settings) values (1, '{}')`.execute(db);
			await sql`alter table voicemails add column transcription text`.execute(db);
			await notesChangesOf(db as Db, "transcription_settings");
		},
	},
};
