import { sql } from "kysely";
import type { Migrations } from "../kernel/database/migrations.ts";

export const notificationsMigrations: Migrations = {
	"1000_notification_channels": {
		async up(db) {
			await sql`create table notification_channels (
				id text primary key,
				user_id uuid not null,
				client_id text not null,
				token_hash text not null,
				kind text not null,
				topics jsonb not null default '[]',
				position text not null,
				created_at timestamptz not null,
				expires_at timestamptz not null,
				last_used_at timestamptz not null
			)`.execute(db);
			await sql`create index notification_channels_owner on notification_channels (user_id, client_id)`.execute(db);
		},
	},
	"1001_notification_channel_start": {
		async up(db) {
			await sql`alter table notification_channels add column start_position text not null default '0.0'`.execute(db);
			await sql`create index notification_channels_token on notification_channels (token_hash)`.execute(db);
			await sql`create index notification_channels_expiry on notification_channels (expires_at)`.execute(db);
		},
	},
};
