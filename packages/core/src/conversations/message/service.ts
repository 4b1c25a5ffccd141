import type { Trx } from "../../kernel/database/database.ts";
import type { Conversation, QueueFacts } from "../model.ts";
import type { Controller } from "../service.ts";
import type { WrittenState } from "../written/service.ts";
import type { Taking } from "../written/take.ts";
import type { MessageChannel, MessageEntry } from "./model.ts";

/** The exchange with one customer by one of our addresses. Whoever asks holds it. */
export interface Exchange {
	threadId: string;
	channel: MessageChannel;
	addressId: string;
	our: string;
	their: string;
	/** Who answers; read before the transaction (`queue`). */
	queue: QueueFacts;
	/** The customer's. */
	name?: string;
	externalContactId?: string;
	attributes?: Record<string, string>;
	/** The one that it had last, as long as it may be taken up again. */
	conversationId?: string;
}

/**
 * What there is for messages only. All is done in the caller's transaction, which holds the exchange before anything else:
 * conversations are held after it.
 */
export interface Messages {
	/** A customer has written: to whoever has the exchange in hand, or to the queue, the agent of before first. */
	receive(trx: Trx, exchange: Exchange, entry: MessageEntry): Promise<Conversation>;
	/** How an exchange stands, held. */
	stateOf(trx: Trx, exchange: Pick<Exchange, "conversationId">): Promise<WrittenState>;
	/**
	 * Whoever wants to write on behalf of a queue; read before the transaction.
	 * @throws ApiError 400 naming the queue where the user does not work for it
	 */
	writer(queue: QueueFacts, by: Controller): Promise<Taking>;
	/** A user writes to a customer on behalf of a queue, in a new conversation or the one of before. */
	begin(trx: Trx, exchange: Exchange, writer: Taking): Promise<Conversation>;
	/** Whose exchange it is, for who has it in hand. @throws ApiError 404 for a part that is not there, 403 for another's */
	requireInHand(conversationId: string, communicationId: string, by: Controller): Promise<Conversation>;
	/** A user has written. @throws ApiError 400 where they have left */
	write(trx: Trx, conversationId: string, entry: MessageEntry, by: Controller): Promise<Conversation>;
	/** Something is said in the name of who has the exchange in hand, and nobody wrote it. */
	say(trx: Trx, conversationId: string, entry: MessageEntry): Promise<void>;
	/** The customer has not answered for too long: it ends for everybody. */
	expire(trx: Trx, conversationId: string): Promise<void>;
	/** It is known what became of a message. */
	tell(trx: Trx, conversationId: string, entry: MessageEntry): Promise<void>;
	/** The queue by which an address of ours is answered. @throws ApiError 400 naming the field */
	queue(queueId: string, fieldName: string): Promise<QueueFacts>;
}
