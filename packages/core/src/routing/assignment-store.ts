import { sql } from "kysely";
import { lineKey } from "../conversations/call/line-store.ts";
import type { Db, Trx } from "../kernel/database/database.ts";
import { prepared } from "../kernel/sql/prepared.ts";
import "../conversations/tables.ts";
import "./tables.ts";

export interface IdleAgent {
	userId: string;
	/** The queues, of those asked for, whose work the agent takes. */
	queueIds: string[];
}

export interface WaitingConversation {
	conversationId: string;
	queueId: string;
}

/** An agent for a conversation. */
export interface Pair extends WaitingConversation {
	userId: string;
}

export interface AssignmentStore {
	/** Queues in which a customer waits, if `userIds` is given only those of which one of them is a joined member. */
	waitingQueues(userIds?: readonly string[]): Promise<string[]>;
	/** Joined members who are IDLE and have nothing in hand, longest idle first. */
	idleAgents(queueIds: readonly string[]): Promise<IdleAgent[]>;
	/** Highest priority first, then longest waiting; at most `limit` of each queue. */
	waiting(queueIds: readonly string[], limit: number): Promise<WaitingConversation[]>;
	/** Holds conversation and agent of each pair; pairs that somebody else holds, or that no longer fit, are left out. */
	hold(trx: Trx, pairs: readonly Pair[]): Promise<Pair[]>;
}

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

		async idleAgents(queueIds) {
			const { rows } = await sql<{ user_id: string; queue_ids: string[] }>`
				select s.user_id, array_agg(m.queue_id) as queue_ids
				from routing_statuses s join queue_members m on m.user_id = s.user_id
				where s.status = 'IDLE' and m.joined and m.queue_id = any(${[...queueIds]})
					and not exists (select 1 from conversation_participants p
						where p.user_id = s.user_id and (p.live or p.needs_wrapup))
				group by s.user_id, s.start_time order by s.start_time, s.user_id`.execute(db);
			return rows.map((row) => ({ userId: row.user_id, queueIds: row.queue_ids }));
		},

		async waiting(queueIds, limit) {
			const { rows } = await sql<{ id: string; queue_id: string }>`
				select c.id, q.queue_id from unnest(${[...queueIds]}::text[]) as q (queue_id)
				cross join lateral (select id, priority, waiting_since from conversations
					where waiting_queue_id = q.queue_id order by priority desc, waiting_since limit ${limit}) c
				order by c.priority desc, c.waiting_since`.execute(db);
			return rows.map((row) => ({ conversationId: row.id, queueId: row.queue_id }));
		},

		async hold(trx, pairs) {
			const userIds = pairs.map((pair) => pair.userId);
			// One message. The agents are held whether or not their conversation is to be had: it is a matter of milliseconds.
			const [conversations, agents, busy] = await Promise.all([
				holdConversations.all(trx, { ids: pairs.map((pair) => pair.conversationId) }),
				holdAgents.all(trx, { userIds }),
				busyAmong.all(trx, { userIds }),
			]);
			const waiting = new Map(conversations.map((row) => [row.id, row.queue_id]));
			const free = new Set(agents.map((row) => row.user_id));
			for (const { user_id } of busy) free.delete(user_id);
			return pairs.filter((pair) => waiting.get(pair.conversationId) === pair.queueId && free.has(pair.userId));
		},
	};
}

/** With the queue in which each of the held conversations still waits. */
const holdConversations = prepared(
	(_db, { ids }: { ids: string[] }) => sql<{ id: string; queue_id: string | null }>`
		select id, waiting_queue_id as queue_id from conversations
		where id = any(${ids}) and waiting_queue_id is not null
		order by id for update skip locked`,
);

/** Holds agents who are idle, with their lines: nobody calls them at that moment, nor do they call. */
const holdAgents = prepared(
	(_db, { userIds }: { userIds: string[] }) => sql<{ user_id: string }>`
		select user_id from (
			select user_id from routing_statuses
			where user_id = any(${userIds}) and status = 'IDLE'
			order by user_id for update skip locked
		) as idle where pg_try_advisory_xact_lock(${lineKey(sql.ref("user_id"))})`,
);

/** An offer leaves the status IDLE, so whether an agent has anything in hand is asked again once their row is held. */
const busyAmong = prepared(
	(_db, { userIds }: { userIds: string[] }) => sql<{ user_id: string }>`
		select distinct user_id from conversation_participants
		where user_id = any(${userIds}) and (live or needs_wrapup)`,
);
