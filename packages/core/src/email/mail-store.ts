import { randomBytes, randomUUID } from "node:crypto";
import { type ColumnType, type Generated, type Selectable, sql } from "kysely";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import { storableJson } from "../kernel/database/storable-json.ts";
import { draftStore } from "./draft-store.ts";
import type { EmailThread, Mail, MailError, MailState } from "./model.ts";

/** What of a mail is only read whole. */
type MailContent = Pick<
	Mail,
	| "references"
	| "from"
	| "to"
	| "cc"
	| "bcc"
	| "replyTo"
	| "subject"
	| "text"
	| "html"
	| "hasRemote"
	| "remote"
	| "attachments"
	| "draft"
>;

declare module "../kernel/database/database.ts" {
	interface Tables {
		email_threads: { id: string; route_id: string; their: string; token: string; conversation_id: string | null };
		email_aliases: { route_id: string; message_id: string; thread_id: string };
		emails: {
			id: string;
			/** In the order in which they came. */
			position: Generated<string>;
			thread_id: string;
			route_id: string;
			conversation_id: string;
			direction: Mail["direction"];
			message_id: string;
			/** In small letters. */
			sender: string;
			state: MailState;
			auto_generated: boolean;
			user_id: string | null;
			attempts: number;
			try_at: Date | null;
			at: Date;
			error: ColumnType<MailError | null, string | null, string | null>;
			raw_key: string | null;
			/** Of what somebody here has sent: what they asked for, as a hash. */
			request: string | null;
			content: ColumnType<MailContent, string, string>;
		};
	}
}

type Row = Selectable<Tables["emails"]>;

/** Mails and the threads that they belong to. Threads are held before conversations. */
export const mailStore = {
	async addThread(trx: Trx, routeId: string, their: string): Promise<EmailThread> {
		const thread = { id: randomUUID(), routeId, their, token: randomBytes(16).toString("hex") };
		const { id, token } = thread;
		await trx
			.insertInto("email_threads")
			.values({ id, route_id: routeId, their, token, conversation_id: null })
			.execute();
		return thread;
	},

	/** Held. */
	async thread(trx: Trx, id: string): Promise<EmailThread | undefined> {
		const row = await trx.selectFrom("email_threads").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
		return row && toThread(row);
	},

	/** @param token whole, or, as subjects have it, its first six letters */
	async threadOfToken(db: Db, routeId: string, token: string): Promise<EmailThread | undefined> {
		const all = db.selectFrom("email_threads").selectAll().where("route_id", "=", routeId);
		const rows = await all.where("token", "like", `${token}%`).limit(2).execute();
		const [row, another] = rows;
		return row && !another ? toThread(row) : undefined;
	},

	/** The thread in which the first of these ids is known. */
	async threadOfIds(db: Db, routeId: string, messageIds: readonly string[]): Promise<EmailThread | undefined> {
		if (messageIds.length === 0) return undefined;
		const all = db
			.selectFrom("email_aliases")
			.innerJoin("email_threads", "email_threads.id", "email_aliases.thread_id")
			.selectAll("email_threads")
			.select("email_aliases.message_id")
			.where("email_aliases.route_id", "=", routeId);
		const rows = await all.where("email_aliases.message_id", "in", [...messageIds]).execute();
		const known = new Map(rows.map((row) => [row.message_id, row]));
		const first = messageIds.find((id) => known.has(id));
		const row = first === undefined ? undefined : known.get(first);
		return row && toThread(row);
	},

	/** By these ids an answer finds the thread; an id that leads to another one goes on doing so. */
	async addAliases(
		trx: Trx,
		{ id, routeId }: Pick<EmailThread, "id" | "routeId">,
		messageIds: readonly string[],
	): Promise<void> {
		const rows = [...new Set(messageIds)].sort().map((one) => ({ route_id: routeId, message_id: one, thread_id: id }));
		if (rows.length === 0) return;
		await trx
			.insertInto("email_aliases")
			.values(rows)
			.onConflict((conflict) => conflict.columns(["route_id", "message_id"]).doNothing())
			.execute();
	},

	/** The thread goes on in that one. @param thread held */
	async setConversation(trx: Trx, thread: EmailThread, conversationId: string): Promise<void> {
		const all = trx.updateTable("email_threads").set({ conversation_id: conversationId });
		await all.where("id", "=", thread.id).execute();
	},

	/** The same for whoever takes it up next, with what was begun in the one before and not sent. @param thread held, as it was */
	async handOn(trx: Trx, thread: EmailThread, conversationId: string): Promise<void> {
		await this.setConversation(trx, thread, conversationId);
		if (thread.conversationId) await draftStore.move(trx, thread.conversationId, conversationId);
	},

	/** @param request by which one knows again what somebody wanted sent */
	async add(trx: Trx, mail: Mail, request?: string): Promise<void> {
		const row = { ...toRow(mail), request: request ?? null };
		await trx.insertInto("emails").values(row).execute();
	},

	/** What a user has sent by this request since then. */
	async askedFor(
		trx: Trx,
		{ conversationId, userId, request }: { conversationId: string; userId: string; request: string },
		since: Date,
	): Promise<Mail | undefined> {
		const all = trx.selectFrom("emails").selectAll().where("conversation_id", "=", conversationId);
		const own = all.where("user_id", "=", userId).where("request", "=", request).where("at", ">", since);
		return (await own.orderBy("position", "desc").limit(1).execute()).map(toMail)[0];
	},

	/** One that nobody was sent, with the id by which an answer would have found it. */
	async remove(trx: Trx, { id, routeId, messageId }: Pick<Mail, "id" | "routeId" | "messageId">): Promise<void> {
		await trx.deleteFrom("emails").where("id", "=", id).execute();
		const aliases = trx.deleteFrom("email_aliases").where("route_id", "=", routeId);
		await aliases.where("message_id", "=", messageId).execute();
	},

	async get(db: Db, id: string): Promise<Mail | undefined> {
		const row = await db.selectFrom("emails").selectAll().where("id", "=", id).executeTakeFirst();
		return row && toMail(row);
	},

	async lock(trx: Trx, id: string): Promise<Mail | undefined> {
		const row = await trx.selectFrom("emails").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
		return row && toMail(row);
	},

	async ofConversation(db: Db, conversationId: string): Promise<Mail[]> {
		const all = db.selectFrom("emails").selectAll().where("conversation_id", "=", conversationId);
		return (await all.orderBy("position").execute()).map(toMail);
	},

	/** Whether a stored file is one of a mail's of the thread. @param key of the file in the storage */
	async hasFile(db: Db, threadId: string, key: string): Promise<boolean> {
		const found = await db
			.selectFrom("emails")
			.select("id")
			.where("thread_id", "=", threadId)
			.where(sql<boolean>`content -> 'attachments' @> ${JSON.stringify([{ key }])}::jsonb`)
			.limit(1)
			.executeTakeFirst();
		return found !== undefined;
	},

	/** The latest of a thread, the oldest first. @param before the id of a mail: only older ones */
	async ofThread(
		db: Db,
		threadId: string,
		limit: number,
		before?: string,
	): Promise<{ mails: Mail[]; hasMore: boolean }> {
		let all = db.selectFrom("emails").selectAll().where("thread_id", "=", threadId);
		if (before !== undefined)
			all = all.where("position", "<", (is) => is.selectFrom("emails").select("position").where("id", "=", before));
		const rows = await all
			.orderBy("position", "desc")
			.limit(limit + 1)
			.execute();
		return { mails: rows.slice(0, limit).map(toMail).reverse(), hasMore: rows.length > limit };
	},

	/** Who wrote last to us in a conversation of it, in small letters; else who did in the thread. */
	async lastSender(db: Db, threadId: string, conversationId: string): Promise<string | undefined> {
		const all = db.selectFrom("emails").select("sender").where("thread_id", "=", threadId);
		const theirs = all.where("direction", "=", "inbound");
		const ordered = theirs.orderBy((is) => is("conversation_id", "=", conversationId), "desc");
		return (await ordered.orderBy("position", "desc").limit(1).executeTakeFirst())?.sender;
	},

	/** Whether that address takes part in a thread already. */
	async takesPart(db: Db, { id, their }: EmailThread, address: string): Promise<boolean> {
		if (their === address) return true;
		const all = db.selectFrom("emails").select("id").where("thread_id", "=", id).where("sender", "=", address);
		return (await all.limit(1).executeTakeFirst()) !== undefined;
	},

	/** How many a sender has written into a thread since then. */
	async countSince(db: Db, threadId: string, sender: string, since: Date): Promise<number> {
		const all = db.selectFrom("emails").select((is) => is.fn.countAll<string>().as("count"));
		const those = all.where("thread_id", "=", threadId).where("sender", "=", sender).where("at", ">", since);
		return Number((await those.executeTakeFirstOrThrow()).count);
	},

	/** Whether somebody here has written in a thread already; what could not be sent nobody has read. */
	async hasSent(db: Db, threadId: string): Promise<boolean> {
		const all = db.selectFrom("emails").select("id").where("thread_id", "=", threadId);
		const sent = all.where("direction", "=", "outbound").where("state", "<>", "failed");
		return (await sent.limit(1).executeTakeFirst()) !== undefined;
	},

	/** What we have sent, by its id of RFC 5322. */
	async sentAs(db: Db, messageId: string): Promise<Mail | undefined> {
		const all = db.selectFrom("emails").selectAll().where("message_id", "=", messageId);
		const row = await all.where("direction", "=", "outbound").executeTakeFirst();
		return row && toMail(row);
	},

	async queued(db: Db, id: string): Promise<Mail | undefined> {
		const all = db.selectFrom("emails").selectAll().where("id", "=", id);
		const row = await all.where("state", "=", "queued").executeTakeFirst();
		return row && toMail(row);
	},

	async allQueued(db: Db): Promise<Array<{ id: string; routeId: string }>> {
		const all = db.selectFrom("emails").select(["id", "route_id"]).where("state", "=", "queued");
		return (await all.orderBy("position").execute()).map((row) => ({ id: row.id, routeId: row.route_id }));
	},

	async setState(trx: Trx, { id, state, error, attempts, tryAt, rawKey }: Mail): Promise<void> {
		const values = {
			...{ state, attempts },
			error: error ? JSON.stringify(error) : null,
			try_at: tryAt ?? null,
			raw_key: rawKey ?? null,
		};
		await trx.updateTable("emails").set(values).where("id", "=", id).execute();
	},
};

function toThread(row: Selectable<Tables["email_threads"]>): EmailThread {
	const { id, their, token } = row;
	const conversationId = row.conversation_id;
	return { id, their, token, routeId: row.route_id, ...(conversationId ? { conversationId } : {}) };
}

function toMail(row: Row): Mail {
	const { id, direction, state, attempts, at, content } = row;
	return {
		...content,
		...{ id, direction, state, attempts, at },
		threadId: row.thread_id,
		routeId: row.route_id,
		conversationId: row.conversation_id,
		messageId: row.message_id,
		autoGenerated: row.auto_generated,
		...(row.user_id ? { userId: row.user_id } : {}),
		...(row.try_at ? { tryAt: row.try_at } : {}),
		...(row.error ? { error: row.error } : {}),
		...(row.raw_key ? { rawKey: row.raw_key } : {}),
	};
}

function toRow(mail: Mail) {
	const { id, direction, state, attempts, at, from } = mail;
	const { references, to, cc, bcc, replyTo, subject, text, html, hasRemote, attachments } = mail;
	const content = { references, from, to, cc, bcc, subject, text, hasRemote, attachments };
	return {
		...{ id, direction, state, attempts, at },
		thread_id: mail.threadId,
		route_id: mail.routeId,
		conversation_id: mail.conversationId,
		message_id: mail.messageId,
		sender: from.email.toLowerCase(),
		auto_generated: mail.autoGenerated,
		user_id: mail.userId ?? null,
		try_at: mail.tryAt ?? null,
		error: mail.error ? JSON.stringify(mail.error) : null,
		raw_key: mail.rawKey ?? null,
		content: storableJson({
			...content,
			...(replyTo ? { replyTo } : {}),
			...(html === undefined ? {} : { html }),
			...(mail.remote ? { remote: mail.remote } : {}),
			...(mail.draft ? { draft: mail.draft } : {}),
		}),
	};
}

/** Held by whoever decides which thread a mail of that address belongs to. */
export async function holdRoute(trx: Trx, routeId: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`email_route:${routeId}`}, 0))`.execute(trx);
}
