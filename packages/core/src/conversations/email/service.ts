import type { Db, Trx } from "../../kernel/database/database.ts";
import type { Conversation, QueueFacts } from "../model.ts";
import type { Controller } from "../service.ts";
import type { WrittenState } from "../written/service.ts";
import type { Taking } from "../written/take.ts";
import type { DraftAttachment, EmailFacts } from "./model.ts";
import type { Fate, Noted } from "./transitions/note.ts";

/** What a new email conversation is about. */
export interface EmailWish extends EmailFacts {
	subject: string;
	/** The customer's. */
	name?: string;
	externalContactId?: string;
	attributes?: Record<string, string>;
	priority?: number;
	skillIds?: string[];
	languageId?: string;
}

/** How somebody has a conversation, or had. */
export interface Holding {
	conversation: Conversation;
	/** They have it in hand, or had. */
	hasHad: boolean;
	/** They have it in hand now. */
	isInHand: boolean;
	/** When they left it. */
	leftAt?: Date;
}

/**
 * What there is for emails only. All is done in the caller's transaction, which holds the thread before anything else:
 * conversations are held after it.
 */
export interface Emails {
	/** How a conversation stands, held. */
	stateOf(trx: Trx, conversationId: string | undefined): Promise<WrittenState>;
	/** A customer has written, and somebody is wanted. @param before the thread's last one: who had it is asked first */
	receive(trx: Trx, wish: EmailWish, mail: Noted, before?: Conversation): Promise<Conversation>;
	/** A mail has come in one that is under way, or somebody has written one. @throws ApiError 400 where they have left */
	note(trx: Trx, conversationId: string, mail: Noted, by?: Controller): Promise<Conversation>;
	/** What somebody has written was taken back. @param messageId the latest mail of before; absent: there is none */
	takeBack(trx: Trx, conversationId: string, before: { messageId?: string; by: Controller }): Promise<void>;
	/** The files with what somebody has begun to write; of what is over, with what they had. */
	draft(trx: Trx, conversationId: string, userId: string, attachments: DraftAttachment[]): Promise<void>;
	/** What became of what somebody has written. */
	tell(trx: Trx, conversationId: string, fate: Fate): Promise<void>;
	/** @throws ApiError 400 naming the queue where the user does not work for it */
	writer(queue: QueueFacts, by: Controller): Promise<Taking>;
	/** Whoever has it in hand says that nobody wants it: it ends for that reason. @throws ApiError 403 */
	endAsSpam(trx: Trx, conversationId: string, by: Controller): Promise<void>;
	/** A user writes to a customer on behalf of a queue. */
	begin(trx: Trx, wish: EmailWish, writer: Taking): Promise<Conversation>;
	/** Whose it is, for who has it in hand. @throws ApiError 404, 403 */
	requireOwn(conversationId: string, by: Controller): Promise<Conversation>;
	/** How somebody has it, if at all. @throws ApiError 404 */
	holding(conversationId: string, by: Controller): Promise<Holding>;
	/** Whether somebody may read it: what a thread holds of others is judged by each. */
	mayView(conversationId: string, by: Controller, db?: Db): Promise<boolean>;
	/** For who has it in hand, or had. @throws ApiError 404, 403 for everybody else */
	requireHolder(conversationId: string, by: Controller): Promise<Holding>;
	/** @throws ApiError 404 */
	conversation(conversationId: string, db?: Db): Promise<Conversation>;
	/** Our address and the queue of a conversation. @throws ApiError 404 */
	routeOf(conversationId: string): Promise<{ routeId: string; queueId: string }>;
	/** The queue by which an address of ours is answered. @throws ApiError 400 naming the field */
	queue(queueId: string, fieldName: string): Promise<QueueFacts>;
}
