import type { LiveQueues } from "@inlay/contract/home";
import { sql } from "kysely";
import type { Db } from "../kernel/database/database.ts";
import type { DivisionSet } from "../kernel/principal.ts";
import "../conversations/tables.ts";
import "./tables.ts";

interface Row {
	id: string;
	name: string;
	waiting: number;
	waiting_since: Date | null;
	interacting: number;
	on_queue: number;
	total: number;
	all_waiting: number;
	all_interacting: number;
}

export const liveQueueStore = {
	/** How the queues of these divisions stand, those with most to do first, and sums of all of them. */
	async now(db: Db, where: DivisionSet, most: number, now: Date): Promise<LiveQueues> {
		const seen = where === "all" ? sql`true` : sql`q.division_id = any(${[...where]}::text[])`;
		const { rows } = await sql<Row>`
			with waits as (
				select waiting_queue_id as id, count(*)::int as waiting, min(waiting_since) as since
				from conversations where waiting_queue_id is not null group by 1
			), talks as (
				select queue_id as id, count(distinct conversation_id)::int as interacting
				from conversation_participants
				where live and user_id is not null and queue_id is not null and state in ('connected', 'alerting') group by 1
			), agents as (
				select m.queue_id as id, count(*)::int as on_queue
				from routing_statuses s join queue_members m on m.user_id = s.user_id and m.joined
				where s.on_queue group by 1
			)
			select q.id, q.name, coalesce(w.waiting, 0) as waiting, w.since as waiting_since,
				coalesce(t.interacting, 0) as interacting, coalesce(a.on_queue, 0) as on_queue,
				count(*) over ()::int as total, sum(coalesce(w.waiting, 0)) over ()::int as all_waiting,
				sum(coalesce(t.interacting, 0)) over ()::int as all_interacting
			from queues q left join waits w on w.id = q.id left join talks t on t.id = q.id
				left join agents a on a.id = q.id
			where ${seen}
			order by waiting desc, interacting desc, on_queue desc, lower(q.name) limit ${most}`.execute(db);
		const [media, onQueue] = await Promise.all([mediaOf(db, seen), onQueueIn(db, seen)]);
		const [first] = rows;
		return {
			entities: rows.map(({ id, name, waiting, waiting_since, interacting, on_queue }) => ({
				...{ id, name, waiting, interacting, onQueue: on_queue },
				...(waiting_since ? { longestWaitSeconds: secondsSince(waiting_since, now) } : {}),
			})),
			...{ total: first?.total ?? 0, waiting: first?.all_waiting ?? 0, interacting: first?.all_interacting ?? 0 },
			...{ onQueue, media },
		};
	},
};

/** What waits or goes on in the queues, by medium. */
async function mediaOf(db: Db, seen: ReturnType<typeof sql>): Promise<Record<string, number>> {
	const { rows } = await sql<{ medium: string; many: number }>`
		select c.medium, count(distinct c.id)::int as many
		from conversations c join conversation_participants p on p.conversation_id = c.id and p.live
		join queues q on q.id = coalesce(c.waiting_queue_id, p.queue_id)
		where c.ended_at is null and ${seen} group by 1 order by 1`.execute(db);
	return Object.fromEntries(rows.map(({ medium, many }) => [medium, many]));
}

/** Agents on queue, each once. */
async function onQueueIn(db: Db, seen: ReturnType<typeof sql>): Promise<number> {
	const { rows } = await sql<{ agents: number }>`
		select count(distinct s.user_id)::int as agents from routing_statuses s
		join queue_members m on m.user_id = s.user_id and m.joined join queues q on q.id = m.queue_id
		where s.on_queue and ${seen}`.execute(db);
	return rows[0]?.agents ?? 0;
}

function secondsSince(since: Date, now: Date): number {
	return Math.max(0, Math.round((now.getTime() - since.getTime()) / 1000));
}
