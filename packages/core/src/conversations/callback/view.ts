import type { CallbackView } from "@inlay/contract";
import type { Conversation } from "../model.ts";
import { callbackOf, customerOf, factsOf, stateOf } from "./model.ts";

/** What its people are told of it. */
export function callbackView(conversation: Conversation): CallbackView {
	const facts = factsOf(conversation);
	const customer = customerOf(conversation);
	const { zone, ownerId, formerOwnerId, preferredId, createdBy, ownedUntil, source, movedFrom, dialsAt, endsAt } =
		facts;
	const { notDialed } = facts;
	const optional = {
		movedFrom,
		dialsAt,
		endsAt,
		notDialed,
		zone,
		name: customer.name,
		ownerId,
		formerOwnerId,
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
