import { sql } from "kysely";
import type { Db, Trx } from "../../kernel/database/database.ts";

/** How long it is known who talked to whom, in days. */
const keptDays = 30;
/** What is forgotten with each call that is noted, at most. */
const forgottenAtOnce = 20;

/** An agent talks to somebody on behalf of a queue. */
export interface Talk {
	queueId: string;
	address: string;
	userId: string;
}

/** Nothing is kept of a queue that asks for no last agents. */
export async function noteTalk(trx: Trx, { queueId, address, userId }: Talk): Promise<void> {
	const { rows } = await sql`insert into last_agents (queue_id, address, user_id, at)
		select id, ${address}, ${userId}, now() from queues
		where id = ${queueId} and settings ->> 'lastAgentRoutingMode' = 'QueueMembersOnly'
		on conflict (queue_id, address) do update set user_id = excluded.user_id, at = excluded.at
		returning user_id`.execute(trx);
	if (rows.length === 0) return;
	await sql`delete from last_agents where (queue_id, address) in (select queue_id, address from last_agents
		where at < now() - make_interval(days => ${keptDays}) order by at limit ${forgottenAtOnce} for update skip locked)`.execute(
		trx,
	);
}

/** Who talked to them last for the queue, where they are its member still and on queue. */
export async function lastAgentOf(db: Db, queueId: string, address: string): Promise<string | undefined> {
	const { rows } = await sql<{ user_id: string }>`select l.user_id from last_agents l
		join queues q on q.id = l.queue_id and q.settings ->> 'lastAgentRoutingMode' = 'QueueMembersOnly'
		join queue_members m on m.queue_id = l.queue_id and m.user_id = l.user_id and m.joined
		join routing_statuses s on s.user_id = l.user_id and s.status <> 'OFF_QUEUE' and s.status <> 'NOT_RESPONDING'
		where l.queue_id = ${queueId} and l.address = ${address}
			and l.at > now() - make_interval(days => ${keptDays})`.execute(db);
	return rows[0]?.user_id;
}
