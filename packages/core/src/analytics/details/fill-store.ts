import { sql } from "kysely";
import "../../conversations/tables.ts";
import { addDetails, fillJob } from "../../conversations/analysis/store.ts";
import type { Conversation } from "../../conversations/model.ts";
import type { Trx } from "../../kernel/database/database.ts";
import type { Kernel } from "../../kernel/domain.ts";

/** Conversations of one step, and the pause before the next: a server that was updated goes on working meanwhile. */
const atOnce = 200;
const pauseMs = 500;

/** After an update, conversations of before get the rows by which analytics find them (`3170_conversation_details`). */
export function fillDetails({ jobs, clock }: Pick<Kernel, "jobs" | "clock">): void {
	jobs.handle(fillJob, async (trx) => {
		if (await fillSome(trx)) await jobs.schedule(trx, { kind: fillJob, key: "all", runAt: later(clock.now()) });
	});
}

const later = (now: Date) => new Date(now.getTime() + pauseMs);

/** @returns whether there are more */
async function fillSome(trx: Trx): Promise<boolean> {
	const { rows } = await sql<{ done_to: string }>`select done_to from conversation_details_fill`.execute(trx);
	const doneTo = rows[0]?.done_to;
	if (doneTo === undefined) return false;
	// Held, so that nobody changes them between being read and being written of.
	const found = await sql<{ id: string; document: Conversation }>`
		select id, document from conversations where id > ${doneTo} and ended_at is not null
		order by id limit ${atOnce} for update`.execute(trx);
	await addDetails(
		trx,
		found.rows.map((row) => row.document),
	);
	const last = found.rows.at(-1)?.id;
	const isMore = found.rows.length === atOnce && last !== undefined;
	if (isMore) await sql`update conversation_details_fill set done_to = ${last}`.execute(trx);
	else await sql`delete from conversation_details_fill`.execute(trx);
	return isMore;
}
