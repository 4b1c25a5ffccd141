import type { EnglishVoiceFacts, NamedFacts, QueueFacts } from "@inlay/contract/health/facts";
import type { FailedSends } from "@inlay/contract/health/server-facts";
import { sql } from "kysely";
import type { Db } from "../kernel/database/database.ts";
import type { Migrations } from "../kernel/database/migrations.ts";
import type { DivisionSet } from "../kernel/principal.ts";

/** Failures are few among all that was sent; they are looked for by their time. */
export const healthMigrations: Migrations = {
	"3240_failed_sends": {
		async up(db) {
			await sql`create index emails_failed on emails (at) where state = 'failed'`.execute(db);
			await sql`create index messages_failed on messages (at) where status = 'delivery-failed'`.execute(db);
		},
	},
};

/** What the health of an organization is read from beside its domains' own answers. */
export const healthStore = {
	/** How many queues users are in; nothing of those in none. */
	async queuesOfUsers(db: Db): Promise<Map<string, number>> {
		const { rows } = await sql<{ user_id: string; queues: number }>`
			select user_id, count(*)::int as queues from queue_members group by user_id`.execute(db);
		return new Map(rows.map(({ user_id, queues }) => [user_id, queues]));
	},

	/** Queues in which somebody waits and nobody works, by name. */
	async deadQueues(db: Db, where: DivisionSet): Promise<QueueFacts[]> {
		const isSeen = where === "all" ? sql`true` : sql`q.division_id = any(${[...where]})`;
		const { rows } = await sql<QueueFacts>`
			select q.id, q.name, count(*)::int as waiting from conversations c join queues q on q.id = c.waiting_queue_id
			where c.waiting_queue_id is not null and not exists (select 1 from queue_members m where m.queue_id = q.id) and ${isSeen}
			group by q.id, q.name order by q.name limit 100`.execute(db);
		return rows;
	},

	/** What speaks to callers in the server's own voice, by name. */
	async speaking(db: Db): Promise<Omit<EnglishVoiceFacts, "language">> {
		const { rows } = await sql<NamedFacts & { kind: "queues" | "policies" | "campaigns" }>`
			(select 'queues' as kind, id, name from queues
				where settings #>> '{mediaSettings,call,inlayTellCallers}' in ('place', 'placeAndWait') order by name limit 100)
			union all (select 'policies', id, policy ->> 'name' from recording_policies
				where (policy -> 'enabled')::boolean and (policy -> 'requireConsent')::boolean order by position limit 100)
			union all (select 'campaigns', id, name from outbound_things where kind = 'campaign'
				and value ->> 'dialingMode' <> 'preview' and coalesce(value ->> 'abandonMessage', '-') <> ''
				order by name limit 100)`.execute(db);
		const of = (kind: string) => rows.filter((one) => one.kind === kind).map(({ id, name }) => ({ id, name }));
		return { queues: of("queues"), policies: of("policies"), campaigns: of("campaigns") };
	},

	/** The last day on which each client asked for something, ISO; nothing of those of which none is known. */
	async lastUseOfClients(db: Db): Promise<Map<string, string>> {
		const { rows } = await sql<{ client_id: string; day: string }>`
			select client_id, to_char(max(day), 'YYYY-MM-DD"T00:00:00.000Z"') as day from api_usage group by client_id`.execute(
			db,
		);
		return new Map(rows.map(({ client_id, day }) => [client_id, day]));
	},

	/** Since when requests are counted, ISO; undefined while none has been. */
	async countedSince(db: Db): Promise<string | undefined> {
		const { rows } = await sql<{ day: string | null }>`
			select to_char(min(day), 'YYYY-MM-DD"T00:00:00.000Z"') as day from api_usage`.execute(db);
		return rows[0]?.day ?? undefined;
	},

	/** Emails that were given up on after `since`. */
	async failedMails(db: Db, since: Date): Promise<FailedSends | undefined> {
		const { rows } = await sql<FailedRow>`
			select count(*) over ()::int as count, error, at from emails where state = 'failed' and at >= ${since}
			order by at desc limit 1`.execute(db);
		return sendsOf(rows[0]);
	},

	/** Messages likewise. */
	async failedMessages(db: Db, since: Date): Promise<FailedSends | undefined> {
		const { rows } = await sql<FailedRow>`
			select count(*) over ()::int as count, error, at from messages where status = 'delivery-failed' and at >= ${since}
			order by at desc limit 1`.execute(db);
		return sendsOf(rows[0]);
	},

	/** Recordings of the time after `since` of which nothing could be written, or no more from somewhere on. */
	async failedRecordings(db: Db, since: Date): Promise<number> {
		const { rows } = await sql<{ count: number }>`
			select count(*)::int as count from recordings where (broke_off or state = 'failed') and started_at >= ${since}`.execute(
			db,
		);
		return rows[0]?.count ?? 0;
	},

	/** The database's clock, and how long an empty question takes it at best, ms: one alone may wait for this machine. */
	async clock(db: Db): Promise<{ at: Date; ms: number; askedAt: number }> {
		let best = { at: new Date(0), ms: Number.POSITIVE_INFINITY, askedAt: 0 };
		for (let tries = 0; tries < 3; tries++) {
			const askedAt = performance.now();
			const { rows } = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(db);
			const ms = performance.now() - askedAt;
			if (ms < best.ms) best = { at: new Date(rows[0]?.at ?? 0), ms, askedAt };
		}
		return best;
	},
};

interface FailedRow {
	count: number;
	error: { code?: string; message?: string } | null;
	at: Date;
}

function sendsOf(row: FailedRow | undefined): FailedSends | undefined {
	if (!row) return undefined;
	const detail = row.error?.message ?? row.error?.code ?? "";
	return { count: row.count, detail, at: new Date(row.at).toISOString() };
}
