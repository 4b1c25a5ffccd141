import { randomUUID } from "node:crypto";
import { type ColumnType, type Generated, type Selectable, sql } from "kysely";
import type { MessageChannel, MessageStatus } from "../conversations/message/model.ts";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import type { Message, MessageAddress, MessageError, Thread } from "./model.ts";
import { isLater } from "./status-order.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		message_threads: {
			id: string;
			address_id: string;
			their: string;
			conversation_id: string | null;
			last_at: Date | null;
			name: string | null;
		};
		messages: {
			id: string;
			/** In the order in which they came. */
			position: Generated<string>;
			address_id: string;
			thread_id: string;
			conversation_id: string | null;
			direction: "inbound" | "outbound";
			user_id: string | null;
			is_automatic: boolean;
			channel: MessageChannel;
			our: string;
			their: string;
			text: string;
			status: MessageStatus;
			provider_id: string | null;
			again_of: string | null;
			segments: number | null;
			error: ColumnType<MessageError | null, string | null, string | null>;
			attempts: number;
			/** Of one that failed: when it is tried again. */
			try_at: Date | null;
			at: Date;
		};
		message_files: { message_id: string; name: string; type: string; size: ColumnType<string, number>; key: string };
		/** Receipts that came before it was known what the provider calls the message. */
		message_receipts: {
			address_id: string;
			provider_id: string;
			status: MessageStatus;
			error: ColumnType<MessageError | null, string | null, string | null>;
			at: Date;
		};
		message_opt_outs: { channel: MessageChannel; our: string; their: string; at: Date };
	}
}

type Row = Selectable<Tables["messages"]>;
type ThreadRow = Selectable<Tables["message_threads"]>;

/** A part of a thread, the oldest first. */
export interface ThreadPage {
	messages: Message[];
	/** There are older ones. */
	hasMore: boolean;
}

/** Messages, the exchanges that they belong to, and who takes none. Threads are held before conversations. */
export const messageStore = {
	/** The exchange with that customer, made where there was none, and held. */
	async thread(trx: Trx, addressId: string, their: string): Promise<Thread> {
		await sql`insert into message_threads (id, address_id, their) values (${randomUUID()}, ${addressId}, ${their})
			on conflict (address_id, their) do nothing`.execute(trx);
		const one = trx.selectFrom("message_threads").selectAll().where("address_id", "=", addressId);
		return toThread(await one.where("their", "=", their).forUpdate().executeTakeFirstOrThrow());
	},

	/** The exchange with that customer, where there is one. */
	async threadOf(db: Db, addressId: string, their: string): Promise<Thread | undefined> {
		const one = db.selectFrom("message_threads").selectAll().where("address_id", "=", addressId);
		const row = await one.where("their", "=", their).executeTakeFirst();
		return row && toThread(row);
	},

	async threadById(trx: Trx, id: string): Promise<Thread | undefined> {
		const one = trx.selectFrom("message_threads").selectAll().where("id", "=", id);
		const row = await one.forUpdate().executeTakeFirst();
		return row && toThread(row);
	},

	async keepThread(trx: Trx, { id, conversationId, lastAt, name }: Thread): Promise<void> {
		const values = { conversation_id: conversationId ?? null, last_at: lastAt ?? null, name: name ?? null };
		await trx.updateTable("message_threads").set(values).where("id", "=", id).execute();
	},

	async add(trx: Trx, message: Message): Promise<void> {
		await trx.insertInto("messages").values(toRow(message)).execute();
		if (!message.file) return;
		await trx
			.insertInto("message_files")
			.values({ message_id: message.id, ...message.file })
			.execute();
	},

	/** The same, with the files that some of them are. */
	async withFiles(db: Db, messages: readonly Message[]): Promise<Message[]> {
		if (messages.length === 0) return [];
		const all = db.selectFrom("message_files").selectAll();
		const ids = messages.map(({ id }) => id);
		const rows = await all.where("message_id", "in", ids).execute();
		const files = new Map(rows.map(({ message_id, size, ...file }) => [message_id, { ...file, size: Number(size) }]));
		return messages.map((one) => {
			const file = files.get(one.id);
			return file ? { ...one, file } : one;
		});
	},

	async get(db: Db, id: string): Promise<Message | undefined> {
		const row = await db.selectFrom("messages").selectAll().where("id", "=", id).executeTakeFirst();
		return row && toMessage(row);
	},

	async lock(trx: Trx, id: string): Promise<Message | undefined> {
		const row = await trx.selectFrom("messages").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
		return row && toMessage(row);
	},

	async ofConversation(db: Db, conversationId: string, ids: readonly string[]): Promise<Message[]> {
		const all = db.selectFrom("messages").selectAll().where("conversation_id", "=", conversationId);
		return (
			await all
				.where("id", "in", [...ids, ""])
				.orderBy("position")
				.execute()
		).map(toMessage);
	},

	/** @param before the id of a message: only older ones */
	async ofThread(db: Db, threadId: string, limit: number, before?: string): Promise<ThreadPage> {
		const rows = await db
			.selectFrom("messages")
			.selectAll()
			.where("thread_id", "=", threadId)
			.$if(before !== undefined, (query) =>
				query.where("position", "<", (inner) =>
					inner
						.selectFrom("messages")
						.select("position")
						.where("id", "=", before ?? ""),
				),
			)
			.orderBy("position", "desc")
			.limit(limit + 1)
			.execute();
		return { messages: rows.slice(0, limit).reverse().map(toMessage), hasMore: rows.length > limit };
	},

	/** What follows the first `count` of an exchange, the oldest first: messages are numbered by their place in it, from 1. */
	async following(db: Db, threadId: string, count: number, limit: number): Promise<Message[]> {
		const all = db.selectFrom("messages").selectAll().where("thread_id", "=", threadId);
		return (await all.orderBy("position").offset(count).limit(limit).execute()).map(toMessage);
	},

	/** How many an exchange has; with a message, which number that has. */
	async count(db: Db, threadId: string, upTo?: string): Promise<number> {
		const row = await db
			.selectFrom("messages")
			.select(({ fn }) => fn.countAll<string>().as("count"))
			.where("thread_id", "=", threadId)
			.$if(upTo !== undefined, (query) =>
				query.where("position", "<=", (inner) =>
					inner
						.selectFrom("messages")
						.select("position")
						.where("id", "=", upTo ?? ""),
				),
			)
			.executeTakeFirstOrThrow();
		return Number(row.count);
	},

	/** What was sent among the last of the first `count` of an exchange, and is in one of these states. */
	async sentAmong(
		db: Db,
		threadId: string,
		count: number,
		states: readonly MessageStatus[],
		limit: number,
	): Promise<Message[]> {
		const from = Math.max(0, count - limit);
		const found = await messageStore.following(db, threadId, from, count - from);
		return found.filter(({ direction, status }) => direction === "outbound" && states.includes(status));
	},

	/** What a customer wrote, by what the provider calls it. */
	async arrived(db: Db, threadId: string, providerId: string): Promise<Message | undefined> {
		const all = db.selectFrom("messages").selectAll().where("thread_id", "=", threadId);
		const row = await all.where("direction", "=", "inbound").where("provider_id", "=", providerId).executeTakeFirst();
		return row && toMessage(row);
	},

	/** Whether a message that had failed was sent again since. */
	async isSentAgain(db: Db, threadId: string, id: string): Promise<boolean> {
		const all = db.selectFrom("messages").select("id").where("thread_id", "=", threadId);
		return (await all.where("again_of", "=", id).limit(1).executeTakeFirst()) !== undefined;
	},

	/** What was sent, by what the provider calls it. */
	async sentAs(db: Db, addressId: string, providerId: string): Promise<Message | undefined> {
		const all = db.selectFrom("messages").selectAll().where("address_id", "=", addressId);
		const row = await all.where("direction", "=", "outbound").where("provider_id", "=", providerId).executeTakeFirst();
		return row && toMessage(row);
	},

	/** The oldest of an exchange that is still to be sent. */
	async nextQueued(db: Db, threadId: string): Promise<Message | undefined> {
		const all = db.selectFrom("messages").selectAll().where("thread_id", "=", threadId);
		const row = await all.where("status", "=", "queued").orderBy("position").limit(1).executeTakeFirst();
		return row && toMessage(row);
	},

	/** Exchanges in which something is still to be sent. */
	async waitingThreads(db: Db): Promise<Array<{ threadId: string; addressId: string }>> {
		const queued = db.selectFrom("messages").select(["thread_id", "address_id"]).where("status", "=", "queued");
		const rows = await queued.groupBy(["thread_id", "address_id"]).execute();
		return rows.map((row) => ({ threadId: row.thread_id, addressId: row.address_id }));
	},

	async setState(trx: Trx, { id, status, providerId, error, attempts, tryAt }: Message): Promise<void> {
		const values = {
			status,
			provider_id: providerId ?? null,
			error: error ? JSON.stringify(error) : null,
			attempts,
			try_at: tryAt ?? null,
		};
		await trx.updateTable("messages").set(values).where("id", "=", id).execute();
	},

	/** A receipt of a message that nobody knows yet. */
	async keepReceipt(
		trx: Trx,
		addressId: string,
		providerId: string,
		receipt: { status: MessageStatus; error?: MessageError; at: Date },
	): Promise<void> {
		await sql`select pg_advisory_xact_lock(hashtextextended(${`receipt:${addressId}:${providerId}`}, 0))`.execute(trx);
		const kept = trx.selectFrom("message_receipts").select("status").where("address_id", "=", addressId);
		const before = await kept.where("provider_id", "=", providerId).executeTakeFirst();
		if (before && !isLater(before.status, receipt.status)) return;
		const error = receipt.error ? JSON.stringify(receipt.error) : null;
		const row = { status: receipt.status, error, at: receipt.at };
		await trx
			.insertInto("message_receipts")
			.values({ address_id: addressId, provider_id: providerId, ...row })
			.onConflict((conflict) => conflict.columns(["address_id", "provider_id"]).doUpdateSet(row))
			.execute();
	},

	/** The receipt that came early, if one did; those of before `since` are forgotten. */
	async takeReceipt(trx: Trx, addressId: string, providerId: string, since: Date) {
		await trx.deleteFrom("message_receipts").where("at", "<", since).execute();
		const all = trx.deleteFrom("message_receipts").where("address_id", "=", addressId);
		const row = await all.where("provider_id", "=", providerId).returningAll().executeTakeFirst();
		return row && { status: row.status, ...(row.error ? { error: row.error } : {}) };
	},

	async optedOutAt(db: Db, { channel, address: our }: MessageAddress, their: string): Promise<Date | undefined> {
		const all = db.selectFrom("message_opt_outs").select("at").where("channel", "=", channel);
		return (await all.where("our", "=", our).where("their", "=", their).executeTakeFirst())?.at;
	},

	async setOptOut(
		trx: Trx,
		{ channel, address: our }: MessageAddress,
		their: string,
		at: Date | undefined,
	): Promise<void> {
		const all = trx.deleteFrom("message_opt_outs").where("channel", "=", channel);
		await all.where("our", "=", our).where("their", "=", their).execute();
		if (at) await trx.insertInto("message_opt_outs").values({ channel, our, their, at }).execute();
	},
};

function toThread(row: ThreadRow): Thread {
	return {
		id: row.id,
		addressId: row.address_id,
		their: row.their,
		...(row.conversation_id ? { conversationId: row.conversation_id } : {}),
		...(row.last_at ? { lastAt: row.last_at } : {}),
		...(row.name ? { name: row.name } : {}),
	};
}

function toMessage(row: Row): Message {
	const { id, direction, channel, our, their, text, status, attempts, at } = row;
	return {
		...{ id, direction, channel, our, their, text, status, attempts, at },
		addressId: row.address_id,
		threadId: row.thread_id,
		isAutomatic: row.is_automatic,
		...(row.conversation_id ? { conversationId: row.conversation_id } : {}),
		...(row.user_id ? { userId: row.user_id } : {}),
		...(row.provider_id ? { providerId: row.provider_id } : {}),
		...(row.again_of ? { againOf: row.again_of } : {}),
		...(row.segments === null ? {} : { segments: row.segments }),
		...(row.error ? { error: row.error } : {}),
		...(row.try_at ? { tryAt: row.try_at } : {}),
	};
}

function toRow(message: Message) {
	const { id, direction, channel, our, their, text, status, attempts, at } = message;
	return {
		...{ id, direction, channel, our, their, text, status, attempts, at },
		address_id: message.addressId,
		thread_id: message.threadId,
		conversation_id: message.conversationId ?? null,
		user_id: message.userId ?? null,
		is_automatic: message.isAutomatic,
		provider_id: message.providerId ?? null,
		again_of: message.againOf ?? null,
		segments: message.segments ?? null,
		error: message.error ? JSON.stringify(message.error) : null,
		try_at: message.tryAt ?? null,
	};
}
