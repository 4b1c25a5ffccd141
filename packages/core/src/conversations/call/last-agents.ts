import type { Db } from "../../kernel/database/database.ts";
import { lastAgentMs, type RoutingRequest } from "../../routing/offer-rules.ts";
import type { Book, MediumChange } from "../medium.ts";
import { type Conversation, isOutside, isStaff, type Participant } from "../model.ts";
import { lastAgentOf, noteTalk, type Talk } from "./last-agent-store.ts";
import { findCall } from "./model.ts";

/** Notes who has talked to whom for a queue whose callers are first offered to their last agent; of other queues nothing is kept. */
export interface LastAgents extends Book {
	/** Who talked to them last for the queue, where they work for it still and are on queue: nobody waits for who is away. */
	of(queueId: string, address: string): Promise<string | undefined>;
}

export function createLastAgents(db: Db): LastAgents {
	return {
		of: (queueId, address) => lastAgentOf(db, queueId, address),
		async follow(trx, changes) {
			for (const change of changes) for (const one of begun(change)) await noteTalk(trx, one);
		},
	};
}

/** Who talks to whom from now on. */
function begun({ before, after }: MediumChange): Talk[] {
	const address = customerIn(after)?.address;
	if (!address) return [];
	return after.participants.flatMap((party) => {
		const { userId, queueId } = party;
		if (!isStaff(party) || !userId || !queueId || !talks(party)) return [];
		const was = before?.participants.find((one) => one.id === party.id);
		return was && talks(was) ? [] : [{ queueId, address, userId }];
	});
}

const talks = (party: Participant) => findCall(party)?.connectedTime !== undefined;

function customerIn({ participants }: Conversation): Participant | undefined {
	return participants.find((one) => isOutside(one) && one.purpose === "customer");
}

/** What is asked of who answers a caller: for a while only their last agent. */
export function askingFirst(userId: string, now: Date): RoutingRequest {
	return { preferredUserIds: [userId], reservedUntil: new Date(now.getTime() + lastAgentMs).toISOString() };
}
