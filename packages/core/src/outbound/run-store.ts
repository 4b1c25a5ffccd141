import { sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import { skippedCode } from "../routing/wrapup-model.ts";
import type { CampaignRun, CampaignStatus, DialingMode, Tries } from "./model.ts";
import "./tables.ts";

/** How far a contact has come in a campaign. */
export interface ContactTries {
	contactId: string;
	state: "open" | "taken" | "done";
	why?: string | undefined;
	againAt?: Date | undefined;
	conversationId?: string | undefined;
	/** The agent whose contact it is, until they are free. */
	waitsFor?: string | undefined;
	/** Why an agent passed it over, as the campaign words it. */
	skipReason?: string | undefined;
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
	waits_for: string | null;
	skip_reason: string | null;
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

		/** Of each of the agents, the contact that has waited for them the longest. */
		async dueFor(trx: Trx, campaignId: string, run: number, userIds: readonly string[]): Promise<ContactTries[]> {
			if (userIds.length === 0) return [];
			const { rows } = await sql<TriesRow>`select t.* from unnest(${[...userIds]}::text[]) as free (id)
				cross join lateral (select * from outbound_tries
					where campaign_id = ${campaignId} and run = ${run} and state = 'open' and waits_for = free.id
					order by contact_id limit 1) t`.execute(trx);
			return rows.map(toTries);
		},

		async tries(trx: Trx, campaignId: string, run: number, contactId: string): Promise<ContactTries | undefined> {
			const { rows } = await sql<TriesRow>`select * from outbound_tries where campaign_id = ${campaignId}
				and run = ${run} and contact_id = ${contactId} for update`.execute(trx);
			return rows.map(toTries)[0];
		},

		async saveTries(trx: Trx, campaignId: string, run: number, one: ContactTries): Promise<void> {
			await sql`insert into outbound_tries (campaign_id, contact_id, run, state, why, again_at, conversation_id,
					waits_for, skip_reason, tries)
				values (${campaignId}, ${one.contactId}, ${run}, ${one.state}, ${one.why ?? null}, ${one.againAt ?? null},
					${one.conversationId ?? null}, ${one.waitsFor ?? null}, ${one.skipReason ?? null},
					${JSON.stringify(one.tries)}::jsonb)
				on conflict (campaign_id, contact_id) do update set run = excluded.run, state = excluded.state,
					why = excluded.why, again_at = excluded.again_at, conversation_id = excluded.conversation_id,
					waits_for = excluded.waits_for, skip_reason = excluded.skip_reason, tries = excluded.tries`.execute(trx);
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

		/** Whether a contact of the run is to be looked at again: at a time, or when its agent is free. */
		async hasMore(trx: Trx, campaignId: string, run: number): Promise<boolean> {
			const { rows } = await sql`select from outbound_tries where campaign_id = ${campaignId} and run = ${run}
				and state = 'open' and (again_at is not null or waits_for is not null) limit 1`.execute(trx);
			return rows.length > 0;
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

		/** Only the first wrap-up of a call counts; one that was left empty says nothing. @returns the attempts' last column, where it was the first */
		async firstWrapup(trx: Trx, conversationId: string, code: string): Promise<string | undefined> {
			const { rows } = await sql<{ column_name: string }>`update outbound_attempts set wrapup_code = ${code}
				where id = (select id from outbound_attempts where conversation_id = ${conversationId} order by nth desc limit 1)
					and not exists (select from outbound_attempts where conversation_id = ${conversationId} and wrapup_code <> ${skippedCode})
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

		/**
		 * Of the last 200 live answers, and of as many attempts as they took: those that are over, and those that talk with an
		 * agent. Who meets none is known in seconds, who talks is only done in minutes: the first alone would look like all.
		 */
		async history(on: Db | Trx, campaignId: string) {
			const { rows } = await sql<{ answers: number; abandoned: number; attempts: number }>`
				with last as (select id, result from outbound_attempts
					where campaign_id = ${campaignId} and answered_at is not null and (result is not null or agent_at is not null)
					order by id desc limit 200)
				select count(*)::int as answers, count(*) filter (where result = 'abandoned')::int as abandoned,
					(select count(*)::int from outbound_attempts where campaign_id = ${campaignId}
						and (result is not null or (answered_at is not null and agent_at is not null))
						and id >= coalesce((select min(id) from last having count(*) = 200), 0)) as attempts from last`.execute(on);
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

		/** How many contacts of the run were passed over for which reason, the most frequent first. */
		async skipReasons(campaignId: string, run: number): Promise<Array<{ reason: string; count: number }>> {
			const { rows } = await sql<{ reason: string; count: number }>`
				select skip_reason as reason, count(*)::int as count from outbound_tries
				where campaign_id = ${campaignId} and run = ${run} and skip_reason is not null
				group by skip_reason order by 2 desc, 1`.execute(db);
			return rows;
		},

		async pauseOf(on: Db | Trx, userId: string): Promise<boolean> {
			const { rows } = await sql<{ previews_paused: boolean }>`
				select previews_paused from routing_statuses where user_id = ${userId}`.execute(on);
			return rows[0]?.previews_paused ?? false;
		},

		/** Of somebody whose routing status is held. */
		async savePause(trx: Trx, userId: string, paused: boolean): Promise<void> {
			await sql`update routing_statuses set previews_paused = ${paused} where user_id = ${userId}`.execute(trx);
		},

		/** Who works in the queue. */
		async membersOf(trx: Trx, queueId: string): Promise<string[]> {
			const { rows } = await sql<{ user_id: string }>`
				select user_id from queue_members where queue_id = ${queueId} and joined order by user_id`.execute(trx);
			return rows.map((row) => row.user_id);
		},

		/** Campaigns that call for queues in which the user works, the most important first. */
		async runningFor(userId: string): Promise<Array<{ id: string; name: string; mode: DialingMode }>> {
			const { rows } = await sql<{ id: string; name: string; mode: DialingMode }>`
				select c.id, c.name, c.value ->> 'dialingMode' as mode from outbound_runs r
				join outbound_things c on c.id = r.campaign_id
				join queue_members m on m.queue_id = c.value ->> 'queueId' and m.user_id = ${userId} and m.joined
				where r.status = 'on' order by coalesce((c.value ->> 'priority')::int, 5), lower(c.name), c.id`.execute(db);
			return rows;
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
		waitsFor: row.waits_for ?? undefined,
		skipReason: row.skip_reason ?? undefined,
		tries: row.tries,
	};
}
