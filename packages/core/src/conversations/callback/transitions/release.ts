import { type Conversation, waitingAcd } from "../../model.ts";
import { customerOf, factsOf, routingFor } from "../model.ts";

/** The owner is gone: whoever is free next is offered it. Somebody whom it rings at that moment may still take it. */
export function release(draft: Conversation, userId: string): void {
	const facts = factsOf(draft);
	if (draft.endTime || facts.ownerId !== userId) return;
	facts.formerOwnerId = userId;
	facts.ownerId = undefined;
	facts.ownedUntil = undefined;
	if (waitingAcd(draft)) customerOf(draft).internal.due = undefined;
	draft.internal.routing = routingFor(facts, draft.internal.routing ?? {}, draft.internal.campaign).routing;
}
