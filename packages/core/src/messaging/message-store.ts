import { randomUUID } from "node:crypto";
import { type ColumnType, type Generated, type Selectable, sql } from "kysely";
import type { MessageChannel, MessageStatus } from "../conversations/message/model.ts";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import type { Message, MessageError, Thread } from "./model.ts";

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
			segments: number | null;
			error: ColumnType<MessageError | null, string | null, string | null>;
			attempts: number;
			at: Date;
		};
		/** Receipts that came before it was known what the provider calls the message. */
		message_receipts: {
			address_id: string;
			provider_id: string;
			status: MessageStatus;
			error: ColumnType<MessageError | null, string | null, string | null>;
			at: Date;
		};
		message_opt_outs: { address_id: string; their: string; at: Date };
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

	/** By what the provider calls it. */
	async byProvider(
		db: Db,
		addressId: string,
		direction: Message["direction"],
		providerId: string,
	): Promise<Message | undefined> {
		const all = db.selectFrom("messages").selectAll().where("address_id", "=", addressId);
		const row = await all.where("direction", "=", direction).where("provider_id", "=", providerId).executeTakeFirst();
		return row && toMessage(row);
	},

	async setState(trx: Trx, { id, status, providerId, error, attempts }: Message): Promise<void> {
		const values = {
			status,
			provider_id: providerId ?? null,
			error: error ? JSON.stringify(error) : null,
			attempts,
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

	async optedOutAt(db: Db, addressId: string, their: string): Promise<Date | undefined> {
		const all = db.selectFrom("message_opt_outs").select("at").where("address_id", "=", addressId);
		return (await all.where("their", "=", their).executeTakeFirst())?.at;
	},

	async setOptOut(trx: Trx, addressId: string, their: string, at: Date | undefined): Promise<void> {
		const all = trx.deleteFrom("message_opt_outs").where("address_id", "=", addressId);
		await all.where("their", "=", their).execute();
		if (at) await trx.insertInto("message_opt_outs").values({ address_id: addressId, their, at }).execute();
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
		...(row.segments === null ? {} : { segments: row.segments }),
		...(row.error ? { error: row.error } : {}),
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
		segments: message.segments ?? null,
		error: message.error ? JSON.stringify(message.error) : null,
	};
}
