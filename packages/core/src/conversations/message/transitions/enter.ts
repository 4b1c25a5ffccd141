import type { Conversation, QueueFacts } from "../../model.ts";
import type { Life } from "../../transitions/context.ts";
import { stamp } from "../../transitions/context.ts";
import { enterQueue } from "../../transitions/queueing.ts";
import { bringCustomer } from "./customer.ts";

/** Whom the customer knows from before, and until when only they are asked; ISO 8601. */
export interface Preferred {
	userId: string;
	until: string;
}

/** The customer waits in a queue; whoever had the exchange last is asked first (agent-features 1, last-agent routing). */
export function enter(draft: Conversation, queue: QueueFacts, preferred: Preferred | undefined, life: Life): void {
	bringCustomer(draft, life);
	draft.internal.routing = preferred
		? { ...draft.internal.routing, preferredUserIds: [preferred.userId], reservedUntil: preferred.until }
		: withoutPreferred(draft.internal.routing);
	enterQueue(draft, queue, life, stamp(life));
}

function withoutPreferred(routing: Conversation["internal"]["routing"]) {
	const { preferredUserIds: _ids, reservedUntil: _until, ...rest } = routing ?? {};
	return rest;
}
