import { sql } from "kysely";
import type { Db } from "../kernel/database/database.ts";
import "../conversations/tables.ts";

/** Whether any agent has ever taken part in a conversation. */
export async function hasTalked(db: Db): Promise<boolean> {
	const { rows } = await sql`select 1 from conversation_participants where user_id is not null limit 1`.execute(db);
	return rows.length > 0;
}
