import { type Conversation, isLive, type Participant } from "./model.ts";

/** A division that a conversation belongs to, and the queues and people of it by whom it does. */
export interface DivisionMembership {
	divisionId: string;
	entities: Array<{ kind: "queue" | "user"; id: string }>;
}

/**
 * Where a conversation belongs (`divisions` of the platform's `Conversation`): where it began, and wherever a queue or
 * person is who took part, as that was when they came. It only grows, so who might read what was may read on.
 */
export function divisionMembershipsOf(conversation: Conversation): DivisionMembership[] {
	const entities = [...conversation.participants.flatMap(entitiesOf), ...nextOf(conversation)];
	return divisionIdsOf(conversation).map((divisionId) => {
		const own = entities.filter((one) => one.divisionId === divisionId);
		const byId = new Map(own.map(({ kind, id }) => [id, { kind, id }]));
		return { divisionId, entities: [...byId.values()] };
	});
}

/** Holders of the view permission in any of them read the conversation, and are told of it. */
export function divisionIdsOf(conversation: Conversation): string[] {
	const reached = [...conversation.participants.flatMap(entitiesOf), ...nextOf(conversation)].map(
		(one) => one.divisionId,
	);
	return [...new Set([conversation.divisionId, ...reached])];
}

/**
 * Where it is just now: who interferes needs the permission in one of these. Who was left behind reads on, and no longer
 * ends or hands out what is somebody else's.
 */
export function divisionIdsNow(conversation: Conversation): string[] {
	const live = conversation.participants.filter(isLive).flatMap(entitiesOf);
	const there = live.length > 0 ? live : nextOf(conversation);
	return there.length > 0 ? [...new Set(there.map((one) => one.divisionId))] : divisionIdsOf(conversation);
}

type Entity = DivisionMembership["entities"][number] & { divisionId: string };

/** The queue to which it goes next: all that says where a callback is before it is due. */
function nextOf({ internal: { next } }: Conversation): Entity[] {
	if (next?.kind !== "queue" || !next.queue.divisionId) return [];
	return [{ kind: "queue", id: next.queue.id, divisionId: next.queue.divisionId }];
}

/** Documents of before there were several divisions tell none of their parties. */
function entitiesOf({ internal, queueId, userId }: Participant): Entity[] {
	const { queue, user } = internal.divisions ?? {};
	return [
		...(queue && queueId ? [{ kind: "queue" as const, id: queueId, divisionId: queue }] : []),
		...(user && userId ? [{ kind: "user" as const, id: userId, divisionId: user }] : []),
	];
}
