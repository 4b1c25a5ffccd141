import { sql } from "kysely";
import type { Migrations } from "../database/migrations.ts";

export const eventLogMigrations: Migrations = {
	"0001_event_log": {
		async up(db) {
			await sql`create table event_log (
				xid xid8 not null default pg_current_xact_id(),
				seq bigint generated always as identity,
				at timestamptz not null,
				type text not null,
				entity_type text not null,
				entity_id text not null,
				actor jsonb,
				data jsonb,
				announcements jsonb not null default '[]',
				primary key (xid, seq)
			)`.execute(db);
			await sql`create index event_log_entity on event_log (entity_type, entity_id, xid, seq)`.execute(db);
			await sql`create index event_log_at on event_log (at)`.execute(db);
		},
	},
	"0003_event_log_roots": {
		async up(db) {
			// Nobody ever read by entity; old entries are found by position, which grows with time.
			await sql`drop index event_log_entity`.execute(db);
			await sql`drop index event_log_at`.execute(db);
			await sql`alter table event_log add column root bigint`.execute(db);
			await sql`create index event_log_root on event_log (root, xid, seq) where root is not null`.execute(db);
			await sql`create table event_log_roots (
				root bigint not null, xid xid8 not null, seq bigint not null, primary key (root, xid, seq)
			)`.execute(db);
			await sql`create function topic_root_hash(topic text) returns bigint language sql immutable parallel safe return
				('x' || substr(md5(coalesce(
					substring(lower(topic) from '^.*?[.][0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=[.]|$)'), lower(topic)
				)), 1, 16))::bit(64)::bigint`.execute(db);
			await sql`create function topic_root_hashes(announcements jsonb) returns table (root bigint)
				language sql immutable parallel safe as
				$$ select distinct topic_root_hash(topic #>> '{}')
					from jsonb_path_query(announcements, '$[*].topics[*]') as topic $$`.execute(db);
			// Channels live a day: nobody resumes from further back.
			await sql`insert into event_log_roots (root, xid, seq)
				select told.root, xid, seq from event_log, topic_root_hashes(announcements) as told
				where at > now() - interval '25 hours'`.execute(db);
			// The log was shortened by a daily job, within a change of its own length.
			await sql`delete from jobs where kind = 'event-log.prune'`.execute(db);
		},
	},
	"2701_event_log_order": {
		/**
		 * Refuses an entry of a change with a smaller number than one that has told of the same root already; the error is the
		 * one by which PostgreSQL asks for a transaction to be done again (docs/decisions/0001). Numbers that nobody can have had
		 * yet are of another cluster, of which this database is a dump.
		 */
		async up(db) {
			await sql`create function event_log_in_order(about bigint) returns bigint language plpgsql strict as $$
				begin
					if exists (select from event_log where root = about
						and xid > pg_current_xact_id() and xid < pg_snapshot_xmax(pg_current_snapshot())) then
						raise exception 'a later change has told of this already' using errcode = 'serialization_failure';
					end if;
					return about;
				end $$`.execute(db);
		},
	},
};
