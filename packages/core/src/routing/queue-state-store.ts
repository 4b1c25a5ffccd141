import { type RawBuilder, sql } from "kysely";
import type { Db } from "../kernel/database/database.ts";
import "../conversations/tables.ts";
import "./tables.ts";

/** How far back it is asked what a call takes, in hours. */
const lately = 24;
const scoring = sql`q.settings ->> 'scoringMethod'`;

export const queueStateStore = {
	/** Calls that wait, and agents on queue, by queue. */
	async now(db: Db, queueIds: readonly string[]): Promise<Map<string, { waiting: number; agents: number }>> {
		const { rows } = await sql<{ id: string; waiting: number; agents: number }>`
			select q.id, (select count(*)::int from conversations c
					where c.waiting_queue_id = q.id and c.medium = 'calls') as waiting,
				(select count(*)::int from queue_members m join routing_statuses s on s.user_id = m.user_id
					where m.queue_id = q.id and m.joined and s.status in ('IDLE', 'INTERACTING', 'COMMUNICATING')) as agents
			from unnest(${[...queueIds]}::text[]) as q (id)`.execute(db);
		return new Map(rows.map(({ id, waiting, agents }) => [id, { waiting, agents }]));
	},

	/** The queue in which a call waits, and how many are served before it and with it, by the queue's own order. */
	async place(db: Db, conversationId: string): Promise<{ queueId: string; position: number } | undefined> {
		const { rows } = await sql<{ id: string; position: number }>`
			select own.waiting_queue_id as id, count(*)::int as position from conversations own
				join queues q on q.id = own.waiting_queue_id
				join conversations c on c.waiting_queue_id = own.waiting_queue_id and c.medium = own.medium
			where own.id = ${conversationId} and (${queueOrder("c", scoring)}) <= (${queueOrder("own", scoring)})
			group by own.waiting_queue_id`.execute(db);
		const [row] = rows;
		return row && { queueId: row.id, position: row.position };
	},

	/** What a call of each queue took an agent in the last day, in seconds; queues without one are absent. */
	async handleSeconds(db: Db, queueIds: readonly string[], now: Date): Promise<Map<string, number>> {
		const since = new Date(now.getTime() - lately * 3_600_000);
		const { rows } = await sql<{ queue_id: string; seconds: number }>`
			select queue_id, (avg(value) / 1000)::float8 as seconds from metric_facts
			where at > ${since} and metric = 'tHandle' and medium = 'calls' and queue_id = any(${[...queueIds]})
			group by queue_id`.execute(db);
		return new Map(rows.map((row) => [row.queue_id, row.seconds]));
	},
};

/**
 * What those who wait in one queue are served by, first to last: by rank, or strictly by priority where the queue says so.
 * @param conversation the alias of its row @param scoring the queue's `scoringMethod`
 */
export function queueOrder(conversation: string, scoring: RawBuilder<unknown>): RawBuilder<unknown> {
	const own = (column: string) => sql.ref(`${conversation}.${column}`);
	return sql`case ${scoring} when 'PriorityOnly' then -${own("priority")} else 0 end,
		case ${scoring} when 'PriorityOnly' then ${own("waiting_since")} else ${own("waiting_rank")} end, ${own("id")}`;
}
