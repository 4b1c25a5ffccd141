import { type Conversation, communicationOf, type Participant, placeOf, waitingAcd } from "../../model.ts";
import { connect } from "../../transitions/connect.ts";
import type { Life } from "../../transitions/context.ts";
import { endAll } from "../../transitions/leave.ts";
import { enterQueue } from "../../transitions/queueing.ts";
import { factsOf, routingFor } from "../model.ts";

/** How long an owned callback waits for its owner, and what comes then (agent-features 3). */
const ownedMs = 24 * 3_600_000;

/** The agreed time has come, or the owner's time is over. */
export function due(draft: Conversation, customer: Participant, life: Life): void {
	customer.internal.due = undefined;
	if (communicationOf(customer).state === "scheduled") enter(draft, customer, life);
	else ownerOver(draft, life);
}

/** It becomes an item of its queue; an owned one is kept for its owner there. */
function enter(draft: Conversation, customer: Participant, life: Life): void {
	const facts = factsOf(draft);
	connect(customer, life);
	draft.internal.next = undefined;
	if (facts.ownerId) {
		const ms = facts.queue.callback?.ownedMs ?? ownedMs;
		facts.ownedUntil = new Date(Date.parse(facts.scheduledAt) + ms).toISOString();
		customer.internal.due = facts.ownedUntil;
	}
	Object.assign(draft.internal, routingFor(facts, draft.internal.routing ?? {}, draft.internal.campaign));
	enterQueue(draft, facts.queue, life, placeOf(draft));
}

/** The owner had their time: by the queue's setting everybody is asked now, or it ends. */
function ownerOver(draft: Conversation, life: Life): void {
	const facts = factsOf(draft);
	if (!facts.ownerId || !waitingAcd(draft) || facts.queue.callback?.afterOwner !== "end") return;
	facts.outcome = "ownerExpired";
	endAll(draft, "system", life);
}
