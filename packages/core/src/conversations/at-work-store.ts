import { sql } from "kysely";
import type { Db } from "../kernel/database/database.ts";

/** Of a participant's row: the interaction is in hand, and neither offered yet nor put aside. */
export const isInHand = sql`live and state not in ('alerting', 'parked')`;
/** Of a participant's row: after-call work is asked for. */
export const owesAfterCall = sql`needs_wrapup and not wrapup_optional`;

/** Ids of the users who have an interaction in hand, or owe after-call work that is asked for. */
export async function usersAtWork(db: Db): Promise<string[]> {
	const { rows } = await sql<{ user_id: string }>`
		select distinct user_id from conversation_participants
		where user_id is not null and ((${isInHand}) or (${owesAfterCall}))`.execute(db);
	return rows.map((row) => row.user_id);
}
