import type { Conversation, QueueFacts } from "../model.ts";
import type { Life } from "../transitions/context.ts";
import { stamp } from "../transitions/context.ts";
import { enterQueue } from "../transitions/queueing.ts";

/** Whom the customer knows from before, and until when only they are asked; ISO 8601. */
export interface Preferred {
	userId: string;
	until: string;
}

/** What was written waits in a queue; whoever had it last is asked first (agent-features 1, last-agent routing). */
export function waitFor(draft: Conversation, queue: QueueFacts, preferred: Preferred | undefined, life: Life): void {
	draft.internal.routing =
		preferred && !queue.asksNoLastAgent
			? { ...draft.internal.routing, preferredUserIds: [preferred.userId], reservedUntil: preferred.until }
			: withoutPreferred(draft.internal.routing);
	enterQueue(draft, queue, life, stamp(life));
}

function withoutPreferred(routing: Conversation["internal"]["routing"]) {
	const { preferredUserIds: _ids, reservedUntil: _until, ...rest } = routing ?? {};
	return rest;
}
