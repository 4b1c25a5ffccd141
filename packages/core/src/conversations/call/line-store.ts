import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../kernel/sql/prepared.ts";
import type { Conversation } from "../model.ts";

/** The advisory lock of a user's line. @param userId an SQL expression of type text */
export function lineKey(userId: RawBuilder<string>): RawBuilder<string> {
	return sql`hashtextextended('line:' || ${userId}, 0)`;
}

interface Values {
	/** The first is the one of `participantId` and `everybody`. */
	conversationIds: string[];
	participantId: string | null;
	everybody: boolean;
	userIds: string[];
}

/** The users of a `LineWish`, and whom the conversation is about to ring. */
const wanted = ({ conversationIds, participantId, everybody, userIds }: Values) => sql`
	select user_id from conversation_participants where conversation_id = any(${conversationIds}::text[])
		and user_id is not null and (${everybody}::bool or participant_id = ${participantId}::text)
	union select document #>> '{internal,next,userId}' from conversations where id = any(${conversationIds}::text[])
	union select unnest(${userIds}::text[])`;

/** Holds the lines, in one order for everybody. */
export const holdLines = prepared(
	(_db, values: Values) => sql<{ user_id: string }>`
		select user_id, pg_advisory_xact_lock(key) from (
			select user_id, ${lineKey(sql.ref("user_id"))} as key from (${wanted(values)}) as wanted
			where user_id is not null order by key, user_id
		) as ordered`,
);

/** Holds the conversations, and those in which the same users talk or dial. */
export const lockWithLines = prepared(
	(_db, values: Values) => sql<{ id: string; document: Conversation }>`
		select id, document from conversations
		where id = any(${values.conversationIds}::text[] || array(
			select conversation_id from conversation_participants
			where user_id in (${wanted(values)}) and live and state <> 'alerting'))
		order by id for update`,
);
