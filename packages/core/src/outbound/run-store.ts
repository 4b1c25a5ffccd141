import { sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import type { CampaignRun, CampaignStatus, Tries } from "./model.ts";
import "./tables.ts";

/** How far a contact has come in a campaign. */
export interface ContactTries {
	contactId: string;
	state: "open" | "taken" | "done";
	why?: string | undefined;
	againAt?: Date | undefined;
	conversationId?: string | undefined;
	tries: Tries;
}

/** A campaign that calls, or has calls left to end. */
export interface RunningCampaign {
	campaignId: string;
	queueId?: string | undefined;
}

interface RunRow {
	status: CampaignStatus;
	run: number;
	position: string;
	calls_per_agent: number;
}

interface TriesRow {
	contact_id: string;
	state: ContactTries["state"];
	why: string | null;
	again_at: Date | null;
	conversation_id: string | null;
	tries: Tries;
}

/** An attempt that is made. */
export interface NewAttempt {
	campaignId: string;
	contactListId: string;
	contactId: string;
	conversationId: string;
	nth: number;
	column: string;
	number: string;
	at: Date;
	userId?: string | undefined;
}

/** Where campaigns stand, their contacts' tries, and the log of attempts. */
export function runStore(db: Db) {
	return {
		async runs(on: Db | Trx, campaignIds: readonly string[]): Promise<Map<string, CampaignRun>> {
			const { rows } = await sql<RunRow & { campaign_id: string }>`
				select * from outbound_runs where campaign_id = any(${[...campaignIds]})`.execute(on);
			return new Map(rows.map((row) => [row.campaign_id, toRun(row)]));
		},

		/** Held: whoever takes contacts of a campaign does so alone. */
		async lock(trx: Trx, campaignId: string): Promise<CampaignRun | undefined> {
			const { rows } = await sql<RunRow>`
				select * from outbound_runs where campaign_id = ${campaignId} for update`.execute(trx);
			return rows.map(toRun)[0];
		},

		/** Those that call, or have calls left to end; the most important of a queue first (1 before 5). */
		async running(): Promise<RunningCampaign[]> {
			const { rows } = await sql<{ campaign_id: string; queue_id: string | null }>`
				select campaign_id, value ->> 'queueId' as queue_id from outbound_runs
				join outbound_things on id = campaign_id where status in ('on', 'stopping')
				order by coalesce((value ->> 'priority')::int, 5), campaign_id`.execute(db);
			return rows.map((row) => ({ campaignId: row.campaign_id, queueId: row.queue_id ?? undefined }));
		},

		async save(trx: Trx, campaignId: string, run: CampaignRun): Promise<void> {
			await sql`insert into outbound_runs (campaign_id, status, run, position, calls_per_agent)
				values (${campaignId}, ${run.status}, ${run.run}, ${run.position}, ${run.callsPerAgent})
				on conflict (campaign_id) do update set status = excluded.status, run = excluded.run,
					position = excluded.position, calls_per_agent = excluded.calls_per_agent`.execute(trx);
		},

		/** Contacts of this run whose time has come, the longest overdue first. */
		async due(trx: Trx, campaignId: string, run: number, now: Date, limit: number): Promise<ContactTries[]> {
			const { rows } = await sql<TriesRow>`select * from outbound_tries
				where campaign_id = ${campaignId} and run = ${run} and state = 'open' and again_at <= ${now}
				order by again_at limit ${limit}`.execute(trx);
			return rows.map(toTries);
		},

		async tries(trx: Trx, campaignId: string, run: number, contactId: string): Promise<ContactTries | undefined> {
			const { rows } = await sql<TriesRow>`select * from outbound_tries where campaign_id = ${campaignId}
				and run = ${run} and contact_id = ${contactId} for update`.execute(trx);
			return rows.map(toTries)[0];
		},

		async saveTries(trx: Trx, campaignId: string, run: number, one: ContactTries): Promise<void> {
			await sql`insert into outbound_tries (campaign_id, contact_id, run, state, why, again_at, conversation_id, tries)
				values (${campaignId}, ${one.contactId}, ${run}, ${one.state}, ${one.why ?? null}, ${one.againAt ?? null},
					${one.conversationId ?? null}, ${JSON.stringify(one.tries)}::jsonb)
				on conflict (campaign_id, contact_id) do update set run = excluded.run, state = excluded.state,
					why = excluded.why, again_at = excluded.again_at, conversation_id = excluded.conversation_id,
					tries = excluded.tries`.execute(trx);
		},

		/** Conversations that have a contact of one of the campaigns. */
		async taken(
			trx: Db | Trx,
			campaignIds: readonly string[],
		): Promise<Array<{ campaignId: string; conversationId: string }>> {
			if (campaignIds.length === 0) return [];
			const { rows } = await sql<{ campaign_id: string; conversation_id: string }>`
				select campaign_id, conversation_id from outbound_tries
				where campaign_id = any(${[...campaignIds]}) and state = 'taken' order by conversation_id`.execute(trx);
			return rows.map((row) => ({ campaignId: row.campaign_id, conversationId: row.conversation_id }));
		},

		/** When the next contact of the run is to be looked at again; undefined where none is. */
		async nextAgain(trx: Trx, campaignId: string, run: number): Promise<Date | undefined> {
			const { rows } = await sql<{ at: Date | null }>`select min(again_at) as at from outbound_tries
				where campaign_id = ${campaignId} and run = ${run} and state = 'open'`.execute(trx);
			return rows[0]?.at ?? undefined;
		},

		async addAttempt(trx: Trx, run: number, one: NewAttempt): Promise<void> {
			await sql`insert into outbound_attempts (campaign_id, run, contact_list_id, contact_id, conversation_id, nth,
					column_name, number, at, user_id)
				values (${one.campaignId}, ${run}, ${one.contactListId}, ${one.contactId}, ${one.conversationId}, ${one.nth},
					${one.column}, ${one.number}, ${one.at}, ${one.userId ?? null})
				on conflict (conversation_id, nth) do nothing`.execute(trx);
		},

		async markAttempt(
			trx: Trx,
			conversationId: string,
			nth: number,
			what: { answeredAt?: Date; agentAt?: Date; userId?: string; endedAt?: Date; result?: string },
		): Promise<void> {
			await sql`update outbound_attempts set answered_at = coalesce(answered_at, ${what.answeredAt ?? null}),
				agent_at = coalesce(agent_at, ${what.agentAt ?? null}), user_id = coalesce(${what.userId ?? null}, user_id),
				ended_at = coalesce(ended_at, ${what.endedAt ?? null}), result = coalesce(result, ${what.result ?? null})
				where conversation_id = ${conversationId} and nth = ${nth}`.execute(trx);
		},

		/** Only the first wrap-up of a call counts. @returns the attempts' last column, where it was the first */
		async firstWrapup(trx: Trx, conversationId: string, code: string): Promise<string | undefined> {
			const { rows } = await sql<{ column_name: string }>`update outbound_attempts set wrapup_code = ${code}
				where id = (select id from outbound_attempts where conversation_id = ${conversationId} order by nth desc limit 1)
					and not exists (select from outbound_attempts where conversation_id = ${conversationId} and wrapup_code is not null)
				returning column_name`.execute(trx);
			return rows[0]?.column_name;
		},

		/** Of the numbers, those that were dialled since, whichever campaign did. */
		async dialledSince(trx: Db | Trx, numbers: readonly string[], since: Date): Promise<Set<string>> {
			if (numbers.length === 0) return new Set();
			const { rows } = await sql<{ number: string }>`select distinct number from outbound_attempts
				where number = any(${[...numbers]}) and at > ${since}`.execute(trx);
			return new Set(rows.map((row) => row.number));
		},

		/** The contact's last attempts, newest first. */
		async attemptsOf(
			contactId: string,
			limit: number,
		): Promise<Array<{ at: Date; number: string; result: string | null; column: string }>> {
			const { rows } = await sql<{ at: Date; number: string; result: string | null; column: string }>`
				select at, number, result, column_name as "column" from outbound_attempts
				where contact_id = ${contactId} order by id desc limit ${limit}`.execute(db);
			return rows;
		},

		/** Of the last 200 live answers, and of as many finished attempts as they took. */
		async history(on: Db | Trx, campaignId: string) {
			const { rows } = await sql<{ answers: number; abandoned: number; attempts: number }>`
				with last as (select id, result from outbound_attempts
					where campaign_id = ${campaignId} and answered_at is not null and result is not null
					order by id desc limit 200)
				select count(*)::int as answers, count(*) filter (where result = 'abandoned')::int as abandoned,
					(select count(*)::int from outbound_attempts where campaign_id = ${campaignId} and result is not null
						and id >= coalesce((select min(id) from last), 0)) as attempts from last`.execute(on);
			return rows[0] ?? { answers: 0, abandoned: 0, attempts: 0 };
		},

		async progress(campaignId: string, run: number) {
			const { rows } = await sql<{ done: number; taken: number; attempts: number; right: number; skipped: number }>`
				select count(*) filter (where state = 'done')::int as done, count(*) filter (where state = 'taken')::int as taken,
					coalesce(sum((tries ->> 'attempts')::int), 0)::int as attempts,
					count(*) filter (where why = 'rightParty')::int as right,
					count(*) filter (where why = 'skipped')::int as skipped
				from outbound_tries where campaign_id = ${campaignId} and run = ${run}`.execute(db);
			return rows[0] ?? { done: 0, taken: 0, attempts: 0, right: 0, skipped: 0 };
		},
	};
}

export type RunStore = ReturnType<typeof runStore>;

function toRun({ status, run, position, calls_per_agent }: RunRow): CampaignRun {
	return { status, run, position: Number(position), callsPerAgent: calls_per_agent };
}

function toTries(row: TriesRow): ContactTries {
	return {
		contactId: row.contact_id,
		state: row.state,
		why: row.why ?? undefined,
		againAt: row.again_at ?? undefined,
		conversationId: row.conversation_id ?? undefined,
		tries: row.tries,
	};
}
