import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { Migrations } from "../kernel/database/migrations.ts";

export const oauthMigrations: Migrations = {
	"0300_oauth": {
		async up(db) {
			await sql`create table oauth_clients (
				id text primary key, name text not null, description text, grant_type text not null,
				redirect_uris jsonb not null, secret_hash text, scopes jsonb not null,
				access_token_validity_seconds int not null, state text not null, date_created timestamptz not null,
				date_modified timestamptz not null, created_by text, modified_by text, date_to_delete timestamptz
			)`.execute(db);
			await sql`create table oauth_codes (
				hash text primary key, client_id text not null, user_id text not null, redirect_uri text not null,
				challenge text, family_id text not null, expires_at timestamptz not null, redeemed_at timestamptz
			)`.execute(db);
			await sql`create index oauth_codes_expiry on oauth_codes (expires_at)`.execute(db);
			await sql`create table oauth_tokens (
				hash text primary key, client_id text not null, user_id text, family_id text not null,
				created_at timestamptz not null, expires_at timestamptz not null, last_used_at timestamptz not null
			)`.execute(db);
			await sql`create index oauth_tokens_user on oauth_tokens (user_id)`.execute(db);
			await sql`create index oauth_tokens_client on oauth_tokens (client_id)`.execute(db);
			await sql`create index oauth_tokens_family on oauth_tokens (family_id)`.execute(db);
			await sql`create index oauth_tokens_expiry on oauth_tokens (expires_at)`.execute(db);
			await sql`create table oauth_refresh_tokens (
				hash text primary key, client_id text not null, user_id text not null, family_id text not null,
				expires_at timestamptz not null, used_at timestamptz
			)`.execute(db);
			await sql`create index oauth_refresh_tokens_family on oauth_refresh_tokens (family_id)`.execute(db);
			await sql`create table oauth_keys (purpose text primary key, key text not null)`.execute(db);
			const key = { purpose: "sign-in", key: randomBytes(32).toString("base64url") };
			await db.insertInto("oauth_keys").values(key).execute();
		},
	},
	"1101_oauth_client_versions": {
		async up(db) {
			await sql`alter table oauth_clients add column version bigint not null default 1`.execute(db);
		},
	},
	"2300_sessions_end": {
		async up(db) {
			await sql`alter table oauth_refresh_tokens add column created_at timestamptz, add column signed_in_at timestamptz`.execute(
				db,
			);
			// Until then a refresh token was good for thirty days from its making.
			await sql`update oauth_refresh_tokens set created_at = expires_at - interval '30 days'`.execute(db);
			await sql`update oauth_refresh_tokens set signed_in_at = created_at`.execute(db);
			await sql`alter table oauth_refresh_tokens alter column created_at set not null,
				alter column signed_in_at set not null`.execute(db);
			await sql`create index oauth_refresh_tokens_user on oauth_refresh_tokens (user_id)`.execute(db);
			await sql`create index oauth_refresh_tokens_client on oauth_refresh_tokens (client_id)`.execute(db);
			await sql`create index oauth_codes_user on oauth_codes (user_id)`.execute(db);
		},
	},
	"2320_renewal_without_secret": {
		async up(db) {
			await sql`alter table oauth_refresh_tokens add column public boolean not null default false`.execute(db);
		},
	},
	"2421_completed_sign_ins": {
		async up(db) {
			await sql`create table oauth_completed_sign_ins (id text primary key, expires_at timestamptz not null)`.execute(
				db,
			);
			await sql`create index oauth_completed_sign_ins_expiry on oauth_completed_sign_ins (expires_at)`.execute(db);
		},
	},
	"2731_whom_secrets_were_shown_to": {
		async up(db) {
			await sql`alter table oauth_clients add column secret_shown_to text`.execute(db);
			// Who renewed one was not kept until then; whoever made the client has known a secret of it.
			await sql`update oauth_clients set secret_shown_to = created_by where secret_hash is not null`.execute(db);
		},
	},
	"2732_sign_in_sessions": {
		async up(db) {
			await sql`create table oauth_sign_in_sessions (
				hash text not null, client_id text not null, user_id text not null, redirect_uri text not null,
				family_id text not null, signed_in_at timestamptz not null, expires_at timestamptz not null,
				primary key (hash, client_id)
			)`.execute(db);
			await sql`create index oauth_sign_in_sessions_user on oauth_sign_in_sessions (user_id)`.execute(db);
			await sql`create index oauth_sign_in_sessions_client on oauth_sign_in_sessions (client_id)`.execute(db);
			await sql`create index oauth_sign_in_sessions_family on oauth_sign_in_sessions (family_id)`.execute(db);
			await sql`create index oauth_sign_in_sessions_expiry on oauth_sign_in_sessions (expires_at)`.execute(db);
			await sql`alter table oauth_codes add column signed_in_at timestamptz`.execute(db);
		},
	},
	"2830_authorized_applications": {
		async up(db) {
			await sql`alter table oauth_clients add column authorization_state text not null default 'Authorized',
				add column authorized_scopes jsonb, add column authorized_roles jsonb not null default '[]',
				add column date_authorized timestamptz, add column date_authorization_changed timestamptz,
				add column authorized_by text, add column authorization_changed_by text`.execute(db);
			// Until then whoever made a client had authorized it.
			await sql`update oauth_clients set authorized_scopes = scopes, date_authorized = date_created,
				date_authorization_changed = date_modified, authorized_by = created_by,
				authorization_changed_by = modified_by`.execute(db);
			await sql`alter table oauth_clients alter column authorized_scopes set not null,
				alter column date_authorized set not null, alter column date_authorization_changed set not null,
				alter column authorization_state drop default`.execute(db);
		},
	},
	"2831_tokens_of_the_panel": {
		async up(db) {
			await sql`alter table oauth_tokens add column subject_client_id text`.execute(db);
			await sql`create index oauth_tokens_of_client on oauth_tokens (coalesce(subject_client_id, client_id))`.execute(
				db,
			);
			await sql`drop index oauth_tokens_client`.execute(db);
			await sql`create table oauth_panel_bindings (
				family_id text primary key, client_id text not null, user_id text not null, redirect_uri text not null,
				challenge text not null, expires_at timestamptz not null
			)`.execute(db);
			await sql`create index oauth_panel_bindings_user on oauth_panel_bindings (user_id)`.execute(db);
			await sql`create index oauth_panel_bindings_client on oauth_panel_bindings (client_id)`.execute(db);
			await sql`create index oauth_panel_bindings_expiry on oauth_panel_bindings (expires_at)`.execute(db);
		},
	},
	"2832_api_usage": {
		async up(db) {
			await sql`create table api_usage (
				client_id text not null, day date not null, method text not null, template text not null,
				requests bigint not null, status200 bigint not null, status300 bigint not null, status400 bigint not null,
				status429 bigint not null, status500 bigint not null,
				primary key (client_id, day, method, template)
			)`.execute(db);
			await sql`create index api_usage_day on api_usage (day)`.execute(db);
		},
	},
};
