import type { Conversation } from "../model.ts";
import { type CallbackAttempt, type CallbackState, callbackOf, customerOf, factsOf, stateOf } from "./model.ts";

/** A callback as its people list it; the platform lists only those that live. */
export interface CallbackView {
	id: string;
	state: CallbackState;
	/** ISO 8601. */
	scheduledAt: string;
	zone?: string;
	numbers: string[];
	name?: string;
	queueId: string;
	queueName: string;
	ownerId?: string;
	preferredId?: string;
	createdBy?: string;
	ownedUntil?: string;
	/** The conversation from which it was made. */
	source?: string;
	attempts: CallbackAttempt[];
	note?: string;
}

export function callbackView(conversation: Conversation): CallbackView {
	const facts = factsOf(conversation);
	const customer = customerOf(conversation);
	const { zone, ownerId, preferredId, createdBy, ownedUntil, source } = facts;
	const optional = {
		zone,
		name: customer.name,
		ownerId,
		preferredId,
		createdBy,
		ownedUntil,
		source,
		note: customer.attributes.note,
	};
	return {
		id: conversation.id,
		state: stateOf(conversation),
		scheduledAt: facts.scheduledAt,
		numbers: callbackOf(customer).callbackNumbers,
		queueId: facts.queue.id,
		queueName: facts.queue.name,
		attempts: facts.attempts,
		...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as typeof optional),
	};
}
