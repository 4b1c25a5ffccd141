import { type Selectable, sql } from "kysely";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import type { ScriptSession } from "./model.ts";
import "./tables.ts";

type Row = Selectable<Tables["agent_script_sessions"]>;

/** How far agents have come with scripts, as it is kept. */
export function sessionStore(db: Db) {
	return {
		async find(conversationId: string, userId: string, on: Db | Trx = db): Promise<ScriptSession | undefined> {
			const { rows } = await sql<Row>`select * from agent_script_sessions
				where conversation_id = ${conversationId} and user_id = ${userId}`.execute(on);
			return rows.map(toSession)[0];
		},

		/** What whoever had the interaction before came to, in that version. */
		async latest(trx: Trx, conversationId: string, versionId: string): Promise<ScriptSession | undefined> {
			const { rows } = await sql<Row>`select * from agent_script_sessions
				where conversation_id = ${conversationId} and version_id = ${versionId}
				order by saved_at desc, user_id limit 1`.execute(trx);
			return rows.map(toSession)[0];
		},

		async lock(trx: Trx, conversationId: string, userId: string): Promise<ScriptSession | undefined> {
			const { rows } = await sql<Row>`select * from agent_script_sessions
				where conversation_id = ${conversationId} and user_id = ${userId} for update`.execute(trx);
			return rows.map(toSession)[0];
		},

		/** @returns false where there is one already, which stays */
		async insert(trx: Trx, session: ScriptSession): Promise<boolean> {
			const { rows } = await sql<{ revision: number }>`insert into agent_script_sessions values (
				${session.conversationId}, ${session.userId}, ${session.versionId}, ${session.pageId},
				${JSON.stringify(session.values)}::jsonb, ${session.revision}, ${session.savedAt})
				on conflict do nothing returning revision`.execute(trx);
			return rows.length > 0;
		},

		async update(trx: Trx, session: ScriptSession): Promise<void> {
			await sql`update agent_script_sessions set page_id = ${session.pageId}, revision = ${session.revision},
				values = ${JSON.stringify(session.values)}::jsonb, saved_at = ${session.savedAt}
				where conversation_id = ${session.conversationId} and user_id = ${session.userId}`.execute(trx);
		},
	};
}

function toSession(row: Row): ScriptSession {
	return {
		conversationId: row.conversation_id,
		userId: row.user_id,
		versionId: row.version_id,
		pageId: row.page_id,
		values: row.values,
		revision: row.revision,
		savedAt: row.saved_at,
	};
}
