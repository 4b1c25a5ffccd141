import { sql } from "kysely";
import type { Db } from "../kernel/database/database.ts";
import { type InHandRow, toInHand } from "./assignment-store.ts";
import type { InHand } from "./offer-rules.ts";

/** What a user has in hand, beside the after-call work of one conversation. */
export async function inHandBeside(db: Db, userId: string, conversationId: string): Promise<InHand[]> {
	const { rows } = await sql<InHandRow>`
		select medium, acd, state = 'alerting' as alerting, label_id as label from conversation_participants
		where user_id = ${userId} and not wrapup_optional and state <> 'parked'
			and (live or (needs_wrapup and conversation_id <> ${conversationId}))`.execute(db);
	return rows.map(toInHand);
}
