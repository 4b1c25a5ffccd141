import { type ColumnType, type Selectable, sql } from "kysely";
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
	/**
	 * Puts what was begun elsewhere where nothing is written yet, above the version that an editor may have of it.
	 * @returns undefined where something is written, which stays
	 */
	async settle(trx: Trx, draft: Draft): Promise<Draft | undefined> {
		const there = await this.lock(trx, draft.conversationId);
		if (there && saysSomething(there)) return undefined;
		const settled = { ...draft, version: there ? Math.max(there.version, draft.version) + 1 : draft.version };
		await this.save(trx, settled);
		return settled;
	},
	/**
	 * What was not sent goes on in another conversation; of what says nothing nobody keeps a copy.
	 * @returns undefined where nothing has moved: what is written there already stays, and so does this
	 */
	async move(trx: Trx, conversationId: string, to: string): Promise<Draft | undefined> {
		const kept = await this.lock(trx, conversationId);
		if (!kept) return undefined;
		const moved = saysSomething(kept) ? await this.settle(trx, { ...kept, conversationId: to }) : undefined;
		if (moved || !saysSomething(kept)) await this.delete(trx, conversationId);
		return moved;
	},
	/** What somebody has begun in conversations that are over, the latest first. */
	async left(db: Db, userId: string, limit: number): Promise<Draft[]> {
		const all = db.selectFrom("email_drafts").innerJoin("conversations", "conversations.id", "conversation_id");
		const own = all.where("user_id", "=", userId).where("ended_at", "is not", null).where(saysSomethingInSql);
		const rows = await own.selectAll("email_drafts").orderBy("at", "desc").limit(limit).execute();
		return rows.map(toDraft);
	},
	async hasAny(db: Db, userId: string): Promise<boolean> {
		const own = db.selectFrom("email_drafts").where("user_id", "=", userId).where(saysSomethingInSql);
		return (await own.select("conversation_id").limit(1).execute()).length > 0;
	},
	async delete(trx: Trx, conversationId: string): Promise<void> {
		await trx.deleteFrom("email_drafts").where("conversation_id", "=", conversationId).execute();
	},
};

/** Somebody has written, or put a file to it: it is more than what it began with. */
export function saysSomething({ text, html = "", attachments }: Draft): boolean {
	return text.trim() !== "" || html !== "" || attachments.length > 0;
}

/** The same where many are looked through: those that say nothing take nobody's place. */
const saysSomethingInSql = sql<boolean>`(
	content ->> 'text' ~ '[^[:space:]]' or coalesce(content ->> 'html', '') <> '' or content -> 'attachments' <> '[]'::jsonb
)`;

function toDraft({ content, conversation_id, user_id, ...row }: Selectable<Tables["email_drafts"]>): Draft {
	return { ...content, ...row, conversationId: conversation_id, userId: user_id };
}
