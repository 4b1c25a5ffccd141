import { sql } from "kysely";
import type { Db } from "../../kernel/database/database.ts";
import { queueOrder } from "../../routing/queue-state-store.ts";
import "../../conversations/tables.ts";
import "../../routing/tables.ts";

/** A call that waits in a queue that tells its callers how they stand. */
export interface Waiting {
	id: string;
	queueId: string;
	/** From 1 on, by the queue's own order. */
	place: number;
	tellsWait: boolean;
	everySeconds: number;
}

/** All of them, in one look. */
export async function waitingToBeTold(db: Db): Promise<Waiting[]> {
	const { rows } = await sql<
		Record<"id" | "queue_id", string> & { place: number; tells: string; every: number | null }
	>`
		with telling as (
			select id, settings ->> 'scoringMethod' as scoring, settings #> '{mediaSettings,call}' as call from queues
			where settings #>> '{mediaSettings,call,inlayTellCallers}' in ('place', 'placeAndWait'))
		select c.id, c.waiting_queue_id as queue_id, t.call ->> 'inlayTellCallers' as tells,
			(t.call ->> 'inlayTellCallersSeconds')::int as every,
			(row_number() over (partition by c.waiting_queue_id order by ${queueOrder("c", sql`t.scoring`)}))::int as place
		from telling t join conversations c on c.waiting_queue_id = t.id and c.medium = 'calls'`.execute(db);
	return rows.map((row) => ({
		id: row.id,
		queueId: row.queue_id,
		place: row.place,
		tellsWait: row.tells === "placeAndWait",
		everySeconds: row.every ?? defaultSeconds,
	}));
}

/** Between two times that a caller is told. */
const defaultSeconds = 60;
