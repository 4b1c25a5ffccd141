import type { Conversation } from "../../model.ts";
import { callbackOf, customerOf, factsOf } from "../model.ts";

/** It is due then, and for its queue. */
export function scheduleFor(draft: Conversation, at: string): void {
	const facts = factsOf(draft);
	const customer = customerOf(draft);
	callbackOf(customer).state = "scheduled";
	for (const one of draft.participants) if (one.callbacks) callbackOf(one).callbackScheduledTime = at;
	facts.scheduledAt = at;
	customer.internal.due = at;
	draft.internal.next = { kind: "queue", queue: facts.queue };
}
