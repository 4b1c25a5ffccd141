import type { Trx } from "../kernel/database.ts";

/** Body of `v2.users.{id}.activity`, model AgentActivityChangedTopicAgentActivity (platform-api Appendix A). */
export interface ActivityBody {
	id: string;
	routingStatus?: { status: string; startTime?: string };
	presence?: {
		presenceDefinition: { id: string; systemPresence: string };
		presenceMessage: string;
		modifiedDate?: string;
	};
	activeQueueIds?: string[];
	dateActiveQueuesChanged?: string;
}

type Part = (trx: Trx, userId: string) => Promise<Partial<ActivityBody>>;

/**
 * Puts together what a user is doing. The event carries presence, routing status and queues in one, but these are
 * facts of different domains: each adds its part, read in the transaction of the change that is announced.
 */
export interface Activity {
	addPart(part: Part): void;
	of(trx: Trx, userId: string): Promise<ActivityBody>;
}

export function createActivity(): Activity {
	const parts: Part[] = [];
	return {
		addPart(part) {
			parts.push(part);
		},
		async of(trx, userId) {
			const body: ActivityBody = { id: userId };
			// One after the other: a transaction is one connection.
			for (const part of parts) Object.assign(body, await part(trx, userId));
			return body;
		},
	};
}
