import { limitsOf } from "../../call/rules/model.ts";
import type { Conversation } from "../../model.ts";
import { stamp, type TransitionContext } from "../../transitions/context.ts";
import { newParty } from "../../transitions/parties.ts";
import { keepTimeLines } from "../../transitions/segments.ts";
import { addressesOf, type MessageFacts, messageParts, messagesOf } from "../model.ts";

export interface NewExchange {
	facts: MessageFacts;
	/** Who writes first: the customer, or one of ours. */
	direction: "inbound" | "outbound";
	/** The customer's. */
	name?: string;
	externalContactId?: string;
	divisionId: string;
	/** What scripts find as attributes of the customer. */
	attributes?: Record<string, string>;
}

const provider = "Inlay Messaging";

/** An exchange of messages with its customer; who answers them, or writes to them, comes next. */
export function exchange(wish: NewExchange, context: TransitionContext): Conversation {
	const { facts, direction, name } = wish;
	const customer = newParty(
		{
			purpose: "customer",
			state: "connected",
			direction,
			acd: false,
			provider,
			address: facts.their,
			...(name ? { name } : {}),
			attributes: wish.attributes ?? {},
		},
		messageParts,
		context,
	);
	Object.assign(messagesOf(customer), { type: facts.channel, ...addressesOf(facts, name, direction) });
	customer.ani = facts.their;
	customer.dnis = facts.our;
	if (wish.externalContactId) customer.externalContactId = wish.externalContactId;
	const conversation: Conversation = {
		id: context.newId(),
		startTime: stamp(context),
		address: facts.their,
		...limitsOf(context),
		recordingState: "NONE",
		securePause: false,
		divisionId: wish.divisionId,
		recentTransfers: [],
		participants: [customer],
		internal: { medium: messageParts.list, direction, provider, priority: 0, exchange: facts },
	};
	keepTimeLines(conversation, context);
	return conversation;
}
