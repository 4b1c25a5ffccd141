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

/** What one domain knows of it. */
export type ActivityPart = Partial<Omit<ActivityBody, "id">>;

type Reader = (trx: Trx, userId: string) => Promise<ActivityPart>;
type Key = keyof ActivityPart;

/**
 * Puts together what a user is doing. The event carries presence, routing status and queues in one, but these are
 * facts of different domains: each adds its part, read in the transaction of the change that is announced.
 */
export interface Activity {
	/** @param key the key that the part always has: where it is known already, the part is not read */
	addPart(key: Key, read: Reader): void;
	/** @param known what the caller has just read or written in this transaction */
	of(trx: Trx, userId: string, known?: ActivityPart): Promise<ActivityBody>;
}

export function createActivity(): Activity {
	const parts: Array<{ key: Key; read: Reader }> = [];
	return {
		addPart(key, read) {
			parts.push({ key, read });
		},
		async of(trx, userId, known = {}) {
			const body: ActivityBody = { id: userId };
			// One after the other: a transaction is one connection.
			for (const { key, read } of parts) {
				Object.assign(body, key in known ? { [key]: known[key] } : await read(trx, userId));
			}
			return body;
		},
	};
}
