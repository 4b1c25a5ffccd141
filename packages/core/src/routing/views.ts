import type { ListedMember } from "./member-store.ts";
import { divisionView } from "./ports.ts";
import { type CountedQueue, type QueueSettings, sameOfAll } from "./queue-model.ts";
import { routingOf } from "./queue-rules.ts";
import type { RoutingStatus } from "./routing-status.ts";
import type { WrapupCode } from "./wrapup-model.ts";

type Names = ReadonlyMap<string, string>;

/** `Queue` of the platform. */
export function queueView(queue: CountedQueue, names: Names) {
	return {
		id: queue.id,
		name: queue.name,
		...(queue.description === undefined ? {} : { description: queue.description }),
		division: divisionView(queue.divisionId, names),
		dateCreated: queue.dateCreated.toISOString(),
		dateModified: queue.dateModified.toISOString(),
		...(queue.modifiedBy ? { modifiedBy: queue.modifiedBy } : {}),
		...(queue.createdBy ? { createdBy: queue.createdBy } : {}),
		memberCount: queue.memberCount,
		userMemberCount: queue.memberCount,
		joinedMemberCount: queue.joinedMemberCount,
		...sameOfAll,
		enableTranscription: false,
		...methodsOf(queue.settings),
		...queue.settings,
		selfUri: `/api/v2/routing/queues/${queue.id}`,
	};
}

function methodsOf(settings: QueueSettings) {
	const { scoringMethod, skillEvaluationMethod } = routingOf(settings);
	return { scoringMethod, skillEvaluationMethod };
}

/** `UserQueue`: a queue as one of its members sees it. */
export function userQueueView(queue: CountedQueue & { joined: boolean }, names: Names) {
	return { ...queueView(queue, names), joined: queue.joined };
}

/** `RoutingStatus`. */
export function routingStatusView({ userId, status, startTime }: RoutingStatus) {
	return { userId, status, ...(startTime ? { startTime: startTime.toISOString() } : {}) };
}

/** `QueueMember`. */
export function memberView({ user, routingStatus, ...member }: ListedMember) {
	return {
		id: user.id,
		name: user.name,
		user: { id: user.id, name: user.name, version: user.version, selfUri: `/api/v2/users/${user.id}` },
		ringNumber: member.ringNumber,
		joined: member.joined,
		memberBy: "user",
		routingStatus: routingStatusView(routingStatus),
		selfUri: `/api/v2/routing/queues/${member.queueId}/members/${user.id}`,
	};
}

/** `WrapupCode`. */
export function wrapupCodeView(code: WrapupCode, names: Names) {
	return {
		id: code.id,
		name: code.name,
		division: divisionView(code.divisionId, names),
		...(code.description === undefined ? {} : { description: code.description }),
		dateCreated: code.dateCreated.toISOString(),
		dateModified: code.dateModified.toISOString(),
		...(code.createdBy ? { createdBy: code.createdBy } : {}),
		...(code.modifiedBy ? { modifiedBy: code.modifiedBy } : {}),
		selfUri: `/api/v2/routing/wrapupcodes/${code.id}`,
	};
}
