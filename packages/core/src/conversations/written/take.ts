import type { MediumParts } from "../medium.ts";
import type { Conversation, Participant, QueueFacts } from "../model.ts";
import { stamp, type TransitionContext } from "../transitions/context.ts";
import { newParty } from "../transitions/parties.ts";
import { labelByQueue } from "../transitions/queueing.ts";

/** Who writes. */
export interface Taking {
	userId: string;
	name: string;
	/** Where the user is. */
	divisionId?: string | undefined;
}

/** An agent writes to the customer on behalf of a queue: they have it in hand at once. */
export function takeInHand(
	draft: Conversation,
	{ agent, queue, customer }: { agent: Taking; queue: QueueFacts; customer: Participant },
	medium: MediumParts,
	context: TransitionContext,
): void {
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
		medium,
		context,
	);
	party.connectedTime = stamp(context);
	labelByQueue(draft, queue);
	draft.participants.push(party);
}
