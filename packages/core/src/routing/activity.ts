import type { Trx } from "../kernel/database/database.ts";

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

type Reader = (trx: Trx, userIds: readonly string[]) => Promise<ReadonlyMap<string, ActivityPart>>;
type Key = keyof ActivityPart;

/**
 * Puts together what users are doing. The event carries presence, routing status and queues in one, but these are
 * facts of different domains: each adds its part, read in the transaction of the change that is announced.
 */
export interface Activity {
	/** @param key the key that the part always has */
	addPart(key: Key, read: Reader): void;
	/** All that the parts say, by user, in one round trip. @param known keys of parts that the caller knows itself */
	of(trx: Trx, userIds: readonly string[], known?: readonly Key[]): Promise<Map<string, ActivityBody>>;
}

export function createActivity(): Activity {
	const parts: Array<{ key: Key; read: Reader }> = [];
	return {
		addPart(key, read) {
			parts.push({ key, read });
		},
		async of(trx, userIds, known = []) {
			const wanted = parts.filter(({ key }) => !known.includes(key));
			const found = await Promise.all(wanted.map(({ read }) => read(trx, userIds)));
			const bodyOf = (id: string): ActivityBody => Object.assign({ id }, ...found.map((part) => part.get(id)));
			return new Map(userIds.map((id) => [id, bodyOf(id)]));
		},
	};
}
