import { sql } from "kysely";
import type { Migrations } from "../kernel/database/migrations.ts";

export const messagingMigrations: Migrations = {
	"2940_messaging": {
		async up(db) {
			await sql`create table message_addresses (
				id text primary key, name text not null, channel text not null, address text not null, queue_id uuid not null,
				provider text not null, settings jsonb not null, version int not null default 1, unique (channel, address)
			)`.execute(db);
			await sql`create table message_threads (
				id text primary key, address_id text not null references message_addresses on delete cascade,
				their text not null, conversation_id text, last_at timestamptz, name text, unique (address_id, their)
			)`.execute(db);
			await sql`create table messages (
				id text primary key, position bigserial not null, address_id text not null, thread_id text not null,
				conversation_id text, direction text not null, user_id text, is_automatic boolean not null,
				channel text not null, our text not null, their text not null, text text not null, status text not null,
				provider_id text, segments int, error jsonb, attempts int not null, at timestamptz not null
			)`.execute(db);
			await sql`create index messages_of_thread on messages (thread_id, position)`.execute(db);
			await sql`create index messages_of_conversation on messages (conversation_id, position)`.execute(db);
			await sql`create unique index messages_of_provider on messages (address_id, direction, provider_id)
				where provider_id is not null`.execute(db);
			await sql`create table message_receipts (
				address_id text not null, provider_id text not null, status text not null, error jsonb,
				at timestamptz not null, primary key (address_id, provider_id)
			)`.execute(db);
			await sql`create table message_opt_outs (
				address_id text not null references message_addresses on delete cascade, their text not null,
				at timestamptz not null, primary key (address_id, their)
			)`.execute(db);
		},
	},
	"2941_messaging_order": {
		/**
		 * What a provider calls a message is its name within one exchange; a message knows when it is tried again; and who took
		 * themselves out is out by our number, whatever becomes of how it is kept.
		 */
		async up(db) {
			await sql`drop index messages_of_provider`.execute(db);
			await sql`create unique index messages_of_provider on messages (thread_id, direction, provider_id)
				where provider_id is not null`.execute(db);
			await sql`create index messages_by_provider on messages (address_id, direction, provider_id)
				where provider_id is not null`.execute(db);
			await sql`alter table messages add column try_at timestamptz`.execute(db);
			await sql`create index messages_queued on messages (thread_id, position) where status = 'queued'`.execute(db);
			await sql`drop table message_opt_outs`.execute(db);
			await sql`create table message_opt_outs (
				channel text not null, our text not null, their text not null, at timestamptz not null,
				primary key (channel, our, their)
			)`.execute(db);
		},
	},
	"3840_messages_again": {
		/** Which message, that had failed, one sends again. */
		async up(db) {
			await sql`alter table messages add column again_of text`.execute(db);
		},
	},
	"3841_messenger_sign_in": {
		/** Who a page's own sign-in says that somebody is: the same exchange on every device. */
		async up(db) {
			await sql`alter table message_guests add column subject text, add column name text, add column email text`.execute(
				db,
			);
			await sql`create unique index message_guests_signed_in on message_guests (address_id, subject)
				where subject is not null and ended_at is null`.execute(db);
		},
	},
	"5200_messenger_transcripts": {
		/** To whom a session has had what was said sent, as hashes. */
		async up(db) {
			await sql`alter table message_guests add column mailed text[] not null default '{}'`.execute(db);
		},
	},
	"3031_messenger": {
		/** Who writes by a messenger, known by a secret that their browser keeps; and what lies in storage of a message that is a file. */
		async up(db) {
			await sql`create table message_guests (
				id text primary key, address_id text not null references message_addresses on delete cascade,
				token_hash text not null unique, created_at timestamptz not null, ended_at timestamptz
			)`.execute(db);
			await sql`create table message_files (
				message_id text primary key, name text not null, type text not null, size bigint not null, key text not null
			)`.execute(db);
		},
	},
};
