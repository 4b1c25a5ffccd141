import type { Conversation } from "../../model.ts";
import type { TransitionContext } from "../../transitions/context.ts";
import { written } from "../../written/create.ts";
import { addressesOf, type MessageFacts, messageParts } from "../model.ts";

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

/** An exchange of messages with its customer; who answers them, or writes to them, comes next. */
export function exchange({ facts, ...wish }: NewExchange, context: TransitionContext): Conversation {
	const { our, their, channel } = facts;
	const part = { type: channel, ...addressesOf(facts, wish.name, wish.direction) };
	const all = { ...wish, our, their, part, provider: "Inlay Messaging", internal: { exchange: facts } };
	return written(all, messageParts, context);
}
