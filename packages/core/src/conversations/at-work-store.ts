import { sql } from "kysely";
import type { Db } from "../kernel/database/database.ts";

/** Ids of the users who have an interaction in hand, or owe after-call work that is asked for. */
export async function usersAtWork(db: Db): Promise<string[]> {
	const { rows } = await sql<{ user_id: string }>`
		select distinct user_id from conversation_participants
		where user_id is not null and ((live and state <> 'alerting') or (needs_wrapup and not wrapup_optional))`.execute(
		db,
	);
	return rows.map((row) => row.user_id);
}
