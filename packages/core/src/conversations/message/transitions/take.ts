import { type Conversation, livePartOf, type QueueFacts, waitingAcd } from "../../model.ts";
import { illegalState } from "../../refusals.ts";
import type { TransitionContext } from "../../transitions/context.ts";
import { agentOf } from "../../written/parties.ts";
import { type Taking, takeInHand } from "../../written/take.ts";
import { messageParts } from "../model.ts";
import { bringCustomer } from "./customer.ts";

/** An agent writes to the customer on behalf of a queue. */
export function take(draft: Conversation, agent: Taking, queue: QueueFacts, context: TransitionContext): void {
	if (livePartOf(draft, agent.userId)) return;
	if (agentOf(draft) || waitingAcd(draft)) throw illegalState("Somebody else has this exchange of messages in hand.");
	takeInHand(draft, { agent, queue, customer: bringCustomer(draft, context) }, messageParts, context);
}
