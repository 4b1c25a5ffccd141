import type { ColumnType, Selectable } from "kysely";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import { storableJson } from "../kernel/database/storable-json.ts";
import type { Draft, DraftContent } from "./model.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		email_drafts: {
			conversation_id: string;
			user_id: string;
			version: number;
			at: Date;
			content: ColumnType<DraftContent, string, string>;
		};
	}
}

/** What agents are writing: one draft per conversation. */
export const draftStore = {
	async get(db: Db, conversationId: string): Promise<Draft | undefined> {
		const all = db.selectFrom("email_drafts").selectAll().where("conversation_id", "=", conversationId);
		const row = await all.executeTakeFirst();
		return row && toDraft(row);
	},
	async lock(trx: Trx, conversationId: string): Promise<Draft | undefined> {
		const all = trx.selectFrom("email_drafts").selectAll().where("conversation_id", "=", conversationId);
		const row = await all.forUpdate().executeTakeFirst();
		return row && toDraft(row);
	},
	async save(trx: Trx, { conversationId, userId, version, at, ...content }: Draft): Promise<void> {
		const text = storableJson(content);
		const row = { user_id: userId, version, at, content: text };
		await trx
			.insertInto("email_drafts")
			.values({ conversation_id: conversationId, ...row })
			.onConflict((conflict) => conflict.column("conversation_id").doUpdateSet(row))
			.execute();
	},
	/** The thread goes on in another conversation, and so does what was not sent; of what says nothing nobody keeps a copy. */
	async move(trx: Trx, conversationId: string, to: string): Promise<void> {
		const kept = await this.lock(trx, conversationId);
		if (!kept) return;
		await this.delete(trx, conversationId);
		if (saysSomething(kept)) await this.save(trx, { ...kept, conversationId: to });
	},
	/** What somebody has begun in conversations that are over, the latest first. */
	async left(db: Db, userId: string, limit: number): Promise<Draft[]> {
		const all = db.selectFrom("email_drafts").innerJoin("conversations", "conversations.id", "conversation_id");
		const own = all.where("user_id", "=", userId).where("ended_at", "is not", null);
		const rows = await own.selectAll("email_drafts").orderBy("at", "desc").limit(limit).execute();
		return rows.map(toDraft).filter(saysSomething);
	},
	async delete(trx: Trx, conversationId: string): Promise<void> {
		await trx.deleteFrom("email_drafts").where("conversation_id", "=", conversationId).execute();
	},
};

/** Somebody has written, or put a file to it: it is more than what it began with. */
export function saysSomething({ text, html = "", attachments }: Draft): boolean {
	return text.trim() !== "" || html !== "" || attachments.length > 0;
}

function toDraft({ content, conversation_id, user_id, ...row }: Selectable<Tables["email_drafts"]>): Draft {
	return { ...content, ...row, conversationId: conversation_id, userId: user_id };
}
