import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { notesChangesOf } from "../audit/noted-tables-store.ts";
import type { Db } from "../kernel/database/database.ts";
import type { Migrations } from "../kernel/database/migrations.ts";

export const ssoMigrations: Migrations = {
	"3400_identity_providers": {
		async up(db) {
			await sql`create table identity_providers (
				id text primary key, name text not null unique, label text not null, kind text not null,
				enabled boolean not null, shown boolean not null, settings jsonb not null, client_secret bytea,
				creates_people boolean not null, division_id text, platform_type text unique, version bigint not null,
				date_created timestamptz not null, date_modified timestamptz not null
			)`.execute(db);
			// What is deleted gives nothing any more: groups and roles take their rows along.
			await sql`create table identity_provider_gifts (
				id bigserial primary key, provider_id text not null references identity_providers on delete cascade,
				provider_group text, group_id text references groups on delete cascade,
				role_id text references roles on delete cascade, division_id text
			)`.execute(db);
			await sql`create index identity_provider_gifts_provider on identity_provider_gifts (provider_id)`.execute(db);
			await sql`create index identity_provider_gifts_group on identity_provider_gifts (group_id)`.execute(db);
			await sql`create index identity_provider_gifts_role on identity_provider_gifts (role_id)`.execute(db);
			await sql`create table user_identities (
				provider_id text not null references identity_providers on delete cascade, issuer text not null,
				subject text not null, user_id text not null references users on delete cascade, address text not null,
				date_created timestamptz not null, date_last_used timestamptz not null,
				primary key (provider_id, issuer, subject), unique (provider_id, issuer, user_id)
			)`.execute(db);
			await sql`create index user_identities_user on user_identities (user_id)`.execute(db);
			// What somebody has by a mapping alone, and loses when the provider says so no more.
			await sql`create table user_identity_gains (
				provider_id text not null references identity_providers on delete cascade,
				user_id text not null references users on delete cascade,
				group_id text not null default '', role_id text not null default '', division_id text not null default '',
				primary key (provider_id, user_id, group_id, role_id, division_id)
			)`.execute(db);
			await sql`create index user_identity_gains_user on user_identity_gains (user_id)`.execute(db);
			await sql`create table identity_sessions (
				family_id text primary key, provider_id text not null references identity_providers on delete cascade,
				user_id text not null, id_token bytea, expires_at timestamptz not null
			)`.execute(db);
			await sql`create index identity_sessions_expiry on identity_sessions (expires_at)`.execute(db);
			await sql`create index identity_sessions_provider on identity_sessions (provider_id)`.execute(db);
			await sql`create table used_assertions (
				provider_id text not null references identity_providers on delete cascade, id text not null,
				expires_at timestamptz not null, primary key (provider_id, id)
			)`.execute(db);
			await sql`create index used_assertions_expiry on used_assertions (expires_at)`.execute(db);
			await sql`create table sso_keys (purpose text primary key, key bytea not null)`.execute(db);
			await sql`insert into sso_keys (purpose, key) values ('seal', ${randomBytes(32)}), ('round-trip', ${randomBytes(32)})`.execute(
				db,
			);
			await notesChangesOf(db as Db, "identity_providers", "identity_provider_gifts", "user_identities");
		},
	},
	"3600_what_deleted_users_were": {
		async up(db) {
			for (const table of ["user_identities", "user_identity_gains", "identity_sessions"])
				await sql`delete from ${sql.table(table)} where user_id in (select id from users where state = 'deleted')`.execute(
					db,
				);
			await sql`create index identity_sessions_user on identity_sessions (user_id)`.execute(db);
			await sql`alter table identity_providers drop column platform_type`.execute(db);
		},
	},
	"5301_sessions_at_providers": {
		async up(db) {
			await sql`alter table identity_sessions add column sid text, add column subject text`.execute(db);
			await sql`create index identity_sessions_at on identity_sessions (provider_id, sid)`.execute(db);
		},
	},
};
