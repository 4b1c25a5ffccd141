import { sql } from "kysely";
import type { Db } from "../kernel/database/database.ts";
import "../conversations/tables.ts";

/** Whether any agent has ever taken part in a conversation. */
export async function hasTalked(db: Db): Promise<boolean> {
	const { rows } = await sql`select 1 from conversation_participants where user_id is not null limit 1`.execute(db);
	return rows.length > 0;
}

/** Whether anybody is in a queue. */
export async function hasQueueWithMember(db: Db): Promise<boolean> {
	const { rows } = await sql`select 1 from queue_members limit 1`.execute(db);
	return rows.length > 0;
}

/** Whether any group has a member, or an owner who counts as one. */
export async function hasGroupWithMember(db: Db): Promise<boolean> {
	const { rows } = await sql`select where exists (select from group_members) or exists (
		select from group_owners o join groups g on g.id = o.group_id where g.include_owners)`.execute(db);
	return rows.length > 0;
}
