import { type Conversation, livePartOf, type QueueFacts, waitingAcd } from "../../model.ts";
import { illegalState } from "../../refusals.ts";
import { stamp, type TransitionContext } from "../../transitions/context.ts";
import { newParty } from "../../transitions/parties.ts";
import { agentOf, messageParts } from "../model.ts";
import { bringCustomer } from "./customer.ts";

/** Who writes. */
export interface Taking {
	userId: string;
	name: string;
	/** Where the user is. */
	divisionId?: string | undefined;
}

/** An agent writes to the customer on behalf of a queue. */
export function take(draft: Conversation, agent: Taking, queue: QueueFacts, context: TransitionContext): void {
	if (livePartOf(draft, agent.userId)) return;
	if (agentOf(draft) || waitingAcd(draft)) throw illegalState("Somebody else has this exchange of messages in hand.");
	const customer = bringCustomer(draft, context);
	const party = newParty(
		{
			purpose: "agent",
			state: "connected",
			direction: "outbound",
			acd: true,
			provider: draft.internal.provider,
			queue,
			line: customer,
			...agent,
		},
		messageParts,
		context,
	);
	party.connectedTime = stamp(context);
	draft.participants.push(party);
}
