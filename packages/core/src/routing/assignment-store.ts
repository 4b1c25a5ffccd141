import { sql } from "kysely";
import { lineKey } from "../conversations/call/line-store.ts";
import type { Db, Trx } from "../kernel/database/database.ts";
import { prepared } from "../kernel/sql/prepared.ts";
import type { Candidate, Pair, WaitingConversation } from "./assignment-match.ts";
import type { RoutingStatusName } from "./availability.ts";
import type { AgentState, InHand, RoutingRequest } from "./offer-rules.ts";
import type { MediaType } from "./queue-model.ts";
import type { Closing } from "./utilization-model.ts";
import "../conversations/tables.ts";
import "./tables.ts";

/** What a look asks for of those who wait in a queue. */
export interface AskedQueue {
	queueId: string;
	/** As `QueueRouting.scoringMethod`. */
	isPriorityOnly: boolean;
	/** When further rings open, ms after the queue was entered: who has come equally far stands together. */
	expansionsMs: readonly number[];
}

/** Whose work in hand lets them be left out of a look. */
export interface LeftOut {
	/** Nobody of the others with one of these in hand can be offered anything. */
	closing: Closing;
	/** People for whom another rule holds: none is left out. */
	exceptions: readonly string[];
	/** Also who is off queue or does not respond, for telling why nobody rings. */
	everybody?: boolean;
}

/** A held agent as they are now. */
export interface HeldAgent extends AgentState {
	userId: string;
}

export interface AssignmentStore {
	/** Queues in which a customer waits, if `userIds` is given only those of which one of them is a joined member. */
	waitingQueues(userIds?: readonly string[]): Promise<string[]>;
	/** Joined members who are on queue and respond, with what they have in hand; without what they can. */
	agents(queueIds: readonly string[], leftOut: LeftOut): Promise<Candidate[]>;
	/** Which of the skills and languages stand, and who of the agents has which. */
	abilities(
		userIds: readonly string[],
		ids: readonly string[],
	): Promise<{ standing: ReadonlySet<string>; abilities: ReadonlyMap<string, Abilities> }>;
	/** At most `limit` of each queue, and of those with the same wishes in it, each by the queue's method. */
	waiting(queues: readonly AskedQueue[], limit: number, now: Date): Promise<WaitingConversation[]>;
	/** One of those who wait. */
	waitingOne(conversationId: string): Promise<WaitingConversation | undefined>;
	/** Holds conversation and agent of each pair, as far as nobody else does; conversations that no longer wait are left out. */
	hold(trx: Trx, pairs: readonly Pair[]): Promise<{ waiting: Set<string>; agents: Map<string, HeldAgent> }>;
}

/** By skill and by language. */
export type Abilities = Pick<Candidate, "skills" | "languages">;

export function assignmentStore(db: Db): AssignmentStore {
	return {
		async waitingQueues(userIds) {
			const query = db
				.selectFrom("conversations")
				.select("waiting_queue_id")
				.distinct()
				.where("waiting_queue_id", "is not", null);
			const ofUsers = userIds
				? query.where("waiting_queue_id", "in", (inner) =>
						inner
							.selectFrom("queue_members")
							.select("queue_id")
							.where("joined", "=", true)
							.where(sql<boolean>`user_id = any(${[...userIds]})`),
					)
				: query;
			return (await ofUsers.execute()).flatMap((row) => row.waiting_queue_id ?? []);
		},

		async agents(queueIds, { closing, exceptions, everybody = false }) {
			// What somebody has in hand is looked up once for each agent, along an index that holds open parts only.
			const { rows } = await sql<AgentRow>`
				select s.*, o.in_hand from (
					select s.user_id, s.status, s.start_time, s.acd_ended_at, s.previews_paused, array_agg(m.queue_id) as queue_ids,
						array_agg(m.ring_number) as rings
					from routing_statuses s join queue_members m on m.user_id = s.user_id
					where (s.status in ('IDLE', 'INTERACTING', 'COMMUNICATING') or ${everybody}) and m.joined
						and m.queue_id = any(${[...queueIds]})
					group by s.user_id) s
				cross join lateral (
					select json_agg(json_build_object('medium', p.medium, 'acd', p.acd, 'alerting', p.state = 'alerting',
						'label', p.label_id)) as in_hand,
						bool_or(p.medium = any(case when p.acd then ${closing.acd.map(listOf)}::text[] else ${closing.own.map(listOf)}::text[] end)) as closed
					from conversation_participants p
					where p.user_id = s.user_id and (p.live or p.needs_wrapup) and not p.wrapup_optional and p.state <> 'parked') o
				where o.closed is not true or s.user_id = any(${[...exceptions]})`.execute(db);
			return rows.map(toCandidate);
		},

		async abilities(userIds, wanted) {
			const found = new Map<string, { skills: Map<string, number>; languages: Map<string, number> }>();
			const [known, had] = await Promise.all([
				sql<{ id: string }>`
					select id from routing_skills where id = any(${[...wanted]})
					union all select id from routing_languages where id = any(${[...wanted]})`.execute(db),
				sql<{ user_id: string; id: string; proficiency: number; is_skill: boolean }>`
					select user_id, skill_id as id, proficiency, true as is_skill from user_skills
					where user_id = any(${[...userIds]}) and skill_id = any(${[...wanted]})
					union all select user_id, language_id, proficiency, false from user_languages
					where user_id = any(${[...userIds]}) and language_id = any(${[...wanted]})`.execute(db),
			]);
			for (const row of had.rows) {
				const own = found.get(row.user_id) ?? { skills: new Map(), languages: new Map() };
				found.set(row.user_id, own);
				(row.is_skill ? own.skills : own.languages).set(row.id, row.proficiency);
			}
			return { standing: new Set(known.rows.map((row) => row.id)), abilities: found };
		},

		async waiting(queues, limit, now) {
			const [plain, strict] = [queues.filter(isPlain), queues.filter((one) => one.isPriorityOnly)];
			const ringed = queues.filter((one) => one.expansionsMs.length > 0);
			// Who asks for nothing is read along an index, as far as needed. Who asks for something may have to wait while
			// others behind them are served: so many of each kind are read.
			const { rows } = await sql<WaitingRow>`
				select c.*, q.queue_id from unnest(${ids(plain)}::text[]) as q (queue_id)
				cross join lateral (select id, priority, waiting_since, waiting_request, medium from conversations
					where waiting_queue_id = q.queue_id and waiting_request is null
					order by waiting_rank limit ${limit}) c
				union all select c.*, q.queue_id from unnest(${ids(strict)}::text[]) as q (queue_id)
				cross join lateral (select id, priority, waiting_since, waiting_request, medium from conversations
					where waiting_queue_id = q.queue_id and waiting_request is null
					order by priority desc, waiting_since limit ${limit}) c
				where not q.queue_id = any(${ids(ringed)}::text[])
				union all select id, priority, waiting_since, waiting_request, medium, waiting_queue_id from (
					select c.*, row_number() over (partition by waiting_queue_id, waiting_request::text, reach order by
						case when waiting_queue_id = any(${ids(strict)}::text[]) then -priority end, 
						case when waiting_queue_id = any(${ids(strict)}::text[]) then waiting_since else waiting_rank end) as nth
					from (
						select id, priority, waiting_since, waiting_rank, waiting_request, medium, waiting_queue_id, 0 as reach
						from conversations
						where waiting_queue_id = any(${ids(queues)}::text[]) and waiting_request is not null
							and not waiting_queue_id = any(${ids(ringed)}::text[])
						union all select id, priority, waiting_since, waiting_rank, waiting_request, medium, waiting_queue_id,
							width_bucket(extract(epoch from ${now}::timestamptz - waiting_since)::float8 * 1000,
								string_to_array(q.expansions, ',')::float8[]) as reach
						from unnest(${ids(ringed)}::text[], ${ringed.map((one) => one.expansionsMs.join(","))}::text[])
							as q (queue_id, expansions)
						join conversations on waiting_queue_id = q.queue_id
					) c
				) numbered where nth <= ${limit}`.execute(db);
			return rows.map(toWaiting);
		},

		async waitingOne(conversationId) {
			const { rows } = await sql<WaitingRow>`
				select id, waiting_queue_id as queue_id, priority, waiting_since, waiting_request, medium
				from conversations where id = ${conversationId} and waiting_queue_id is not null`.execute(db);
			return rows.map(toWaiting)[0];
		},

		async hold(trx, pairs) {
			const userIds = pairs.map((pair) => pair.userId);
			// One message. The agents are held whether or not their conversation is to be had: it is a matter of milliseconds.
			const [conversations, agents, inHand] = await Promise.all([
				holdConversations.all(trx, { ids: pairs.map((pair) => pair.conversationId) }),
				holdAgents.all(trx, { userIds }),
				inHandOf.all(trx, { userIds }),
			]);
			const queueOf = new Map(conversations.map((row) => [row.id, row.queue_id]));
			const waiting = pairs.filter((one) => queueOf.get(one.conversationId) === one.queueId);
			const held = new Map(
				agents.map(({ user_id, status, previews_paused }) => [
					user_id,
					{
						userId: user_id,
						status: status as RoutingStatusName,
						inHand: [] as InHand[],
						previewsPaused: previews_paused,
					},
				]),
			);
			for (const { user_id, ...one } of inHand) held.get(user_id)?.inHand.push(toInHand(one));
			return { waiting: new Set(waiting.map((one) => one.conversationId)), agents: held };
		},
	};
}

function isPlain({ isPriorityOnly, expansionsMs }: AskedQueue): boolean {
	return !isPriorityOnly && expansionsMs.length === 0;
}

const ids = (queues: readonly AskedQueue[]) => queues.map((one) => one.queueId);

interface AgentRow {
	user_id: string;
	status: string;
	start_time: Date | null;
	acd_ended_at: Date | null;
	previews_paused: boolean;
	queue_ids: string[];
	rings: number[];
	in_hand: InHandRow[] | null;
}

/** Something in hand, as the database has it. */
export interface InHandRow {
	medium: string;
	acd: boolean;
	alerting: boolean;
	label: string | null;
}

export function toInHand({ medium, acd, alerting, label }: InHandRow): InHand {
	return { medium: mediaTypeOf(medium), acd, alerting, ...(label === null ? {} : { labelId: label }) };
}

function toCandidate(row: AgentRow): Candidate {
	return {
		userId: row.user_id,
		status: row.status as RoutingStatusName,
		since: row.start_time?.getTime() ?? 0,
		...(row.acd_ended_at ? { acdEndedAt: row.acd_ended_at.getTime() } : {}),
		queues: new Map(row.queue_ids.map((id, index) => [id, row.rings[index] ?? 1])),
		inHand: (row.in_hand ?? []).map(toInHand),
		skills: nothing,
		languages: nothing,
		...(row.previews_paused ? { previewsPaused: true } : {}),
	};
}

const nothing: ReadonlyMap<string, number> = new Map();

interface WaitingRow {
	id: string;
	queue_id: string;
	priority: number;
	waiting_since: Date;
	waiting_request: RoutingRequest | null;
	medium: string;
}

function toWaiting(row: WaitingRow): WaitingConversation {
	return {
		conversationId: row.id,
		queueId: row.queue_id,
		medium: mediaTypeOf(row.medium),
		priority: row.priority,
		since: row.waiting_since.getTime(),
		...(row.waiting_request ? { request: row.waiting_request } : {}),
	};
}

/** Conversations name media as the platform's lists of communications do: `calls`, `callbacks`, … */
const listOf = (medium: MediaType) => `${medium}s`;
/** As utilization names the medium that documents name by its list. */
export const mediaTypeOf = (list: string) => list.replace(/s$/, "") as MediaType;

/** With the queue in which each of the held conversations still waits. */
const holdConversations = prepared(
	(_db, { ids }: { ids: string[] }) => sql<{ id: string; queue_id: string | null }>`
		select id, waiting_queue_id as queue_id from conversations
		where id = any(${ids}) and waiting_queue_id is not null
		order by id for update skip locked`,
);

/** Holds agents, with their lines: nobody calls them at that moment, nor do they call. */
const holdAgents = prepared(
	(_db, { userIds }: { userIds: string[] }) => sql<{ user_id: string; status: string; previews_paused: boolean }>`
		select user_id, status, previews_paused from (
			select user_id, status, previews_paused from routing_statuses
			where user_id = any(${userIds}) and status not in ('OFF_QUEUE', 'NOT_RESPONDING')
			order by user_id for update skip locked
		) as idle where pg_try_advisory_xact_lock(${lineKey(sql.ref("user_id"))})`,
);

/** An offer leaves the status as it is, so what agents have in hand is asked again once their rows are held. */
const inHandOf = prepared(
	(_db, { userIds }: { userIds: string[] }) => sql<InHandRow & { user_id: string }>`
		select user_id, medium, acd, state = 'alerting' as alerting, label_id as label from conversation_participants
		where user_id = any(${userIds}) and (live or needs_wrapup) and not wrapup_optional and state <> 'parked'`,
);
