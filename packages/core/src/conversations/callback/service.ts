import type { CallbackView, ExpectedCallback } from "@inlay/contract";
import type { Trx } from "../../kernel/database/database.ts";
import type { Conversation } from "../model.ts";
import type { Controller } from "../service.ts";

/** `CreateCallbackCommand` and its relative, as far as this server acts on it (platform-api 5.8). */
export interface CallbackWish {
	/** As people write them. */
	callbackNumbers: string[];
	/** Of the conversation from which it is made, unless told. */
	queueId?: string;
	/** ISO 8601; now, unless told. */
	callbackScheduledTime?: string;
	callbackUserName?: string;
	/** ISO 3166 code of numbers without a country code; the organization's, unless told. */
	countryCode?: string;
	/** Who is offered it first, or owns it. */
	agentId?: string;
	owned?: boolean;
	/** IANA name of the zone in which the time was chosen, and what was chosen, as `2027-03-14T02:30`. */
	zone?: string;
	wallTime?: string;
	scriptId?: string;
	priority?: number;
	skillIds?: string[];
	languageId?: string;
	data?: Record<string, string>;
	callerId?: string;
	callerIdName?: string;
}

/** `PatchCallbackRequest`; what is absent stays as it is. */
export interface CallbackChange
	extends Pick<CallbackWish, "agentId" | "callbackScheduledTime" | "countryCode" | "queueId" | "zone" | "wallTime"> {
	callbackNumbers?: string[];
}

/** A message that somebody has left in a queue. */
export interface QueueMessage {
	id: string;
	queueId: string;
	name?: string;
	/** As the caller's part has it; whoever has none cannot be called back. */
	address?: string;
	attributes?: Record<string, string>;
	priority?: number;
}

export interface CallbackPage {
	/** Upcoming ones come in the order in which they are due, others newest first. */
	upcoming: boolean;
	limit: number;
	offset: number;
}

/** What there is for callbacks only. */
export interface Callbacks {
	/**
	 * @param source the conversation from which it is made: each may have one
	 * @throws ApiError 400 `callback.time.past`, `callback.time.tooFar`, `callback.number.invalid`; 409 `callback.limit.perInteraction`
	 */
	create(wish: CallbackWish, by: Controller, source?: string): Promise<Conversation>;
	/**
	 * A caller leaves the line and keeps their place in the queue.
	 * @param number as people write it; the caller's own, unless told
	 * @throws ApiError 400 where nobody waits, or the number cannot be called
	 */
	keepPlace(conversationId: string, number?: string): Promise<Conversation>;
	/**
	 * A message that was left in a queue becomes an item of it, routed like a callback (agent-features 7).
	 * @returns adds it, in the transaction that keeps the message; undefined where the queue is gone
	 */
	ofMessage(message: QueueMessage): Promise<((trx: Trx) => Promise<Conversation>) | undefined>;
	/** For owner, creator, and who may edit callbacks. */
	change(conversationId: string, wanted: CallbackChange, by: Controller): Promise<Conversation>;
	/** The agent who has accepted it calls a number. */
	call(conversationId: string, number: string, by: Controller): Promise<Conversation>;
	/** An answering machine has answered. @returns false where somebody is to talk to it */
	machine(conversationId: string): Promise<boolean>;
	/** What is agreed upon with the customer of a conversation and nobody has in hand; for its readers. */
	expected(conversationId: string, by: Controller): Promise<ExpectedCallback[]>;
	/** Whoever talks to the customer cancels what is agreed upon with them. @throws ApiError 404 for one of somebody else's */
	cancelExpected(conversationId: string, callbackId: string, by: Controller): Promise<void>;
	/** The user's: owned, preferred, created or taken by them. */
	listOf(userId: string, page: CallbackPage): Promise<{ callbacks: CallbackView[]; total: number }>;
}
