import { type RightsNotice, rightsTopic } from "@inlay/contract";
import type { Actor, Announcement, NewEvent } from "../kernel/events/event-log.ts";
import type { ActivityBody } from "./activity.ts";
import type { Membership, Queue } from "./queue-model.ts";
import type { RoutingStatus } from "./routing-status.ts";

/** `routingstatus.changed`, announced as UserRoutingStatusUserRoutingStatus and as activity (platform-api 5.1). */
export function routingStatusChanged(now: RoutingStatus, activity: ActivityBody, actor?: Actor): NewEvent {
	const startTime = now.startTime?.toISOString();
	const routingStatus = { status: now.status, ...(startTime ? { startTime } : {}) };
	return {
		type: "routingstatus.changed",
		entityType: "user",
		entityId: now.userId,
		...(actor ? { actor } : {}),
		data: { userId: now.userId, ...routingStatus },
		announcements: [
			{ topics: [`v2.users.${now.userId}.routingStatus`], eventBody: { id: now.userId, routingStatus } },
			activityAnnouncement(activity),
		],
	};
}

export function activityAnnouncement(activity: ActivityBody): Announcement {
	return { topics: [`v2.users.${activity.id}.activity`], eventBody: activity };
}

/** What happened to a membership; a leaver is announced as not joined. */
export type MemberChange = Membership & { change: "added" | "removed" | "joined" | "left" | "changed" };

/** `queue.member.changed`, announced on the queue's topic as QueueUserEventTopicQueueMember. */
export function queueMemberChanged(member: MemberChange, activity: ActivityBody | undefined, actor: Actor): NewEvent {
	const { queueId, userId, joined, ringNumber, change } = member;
	return {
		type: "queue.member.changed",
		entityType: "queue",
		entityId: queueId,
		actor,
		data: { queueId, userId, joined, ringNumber, change },
		// The user first: it is with all else that is told of them that this stands in order.
		announcements: [
			...(activity ? [activityAnnouncement(activity)] : []),
			{
				topics: [`v2.routing.queues.${queueId}.users`],
				eventBody: { id: userId, user: { id: userId }, queueId, joined, additionalProperties: {} },
			},
			{ topics: [rightsTopic(userId)], eventBody: { queues: true } satisfies RightsNotice },
		],
	};
}

/**
 * `queue.changed`: made, edited, deleted, or other wrap-up codes.
 * @param members ids of the users whose own queues are others by it
 */
export function queueChanged(
	queue: Pick<Queue, "id" | "name" | "divisionId">,
	change: string,
	actor: Actor,
	members: readonly string[] = [],
): NewEvent {
	const topics = members.map((userId) => rightsTopic(userId));
	return {
		type: "queue.changed",
		entityType: "queue",
		entityId: queue.id,
		actor,
		data: { queueId: queue.id, name: queue.name, divisionId: queue.divisionId, change },
		...(topics.length > 0 ? { announcements: [{ topics, eventBody: { queues: true } satisfies RightsNotice }] } : {}),
	};
}

export function wrapupCodeChanged(code: { id: string; name: string }, change: string, actor: Actor): NewEvent {
	return {
		type: "wrapupcode.changed",
		entityType: "wrapupcode",
		entityId: code.id,
		actor,
		data: { codeId: code.id, name: code.name, change },
	};
}

/** `skill.changed`, `language.changed`: made, renamed, deleted. */
export function abilityChanged(
	kind: "skill" | "language",
	{ id, name }: { id: string; name: string },
	change: string,
	actor: Actor,
): NewEvent {
	return { type: `${kind}.changed`, entityType: kind, entityId: id, actor, data: { id, name, change } };
}

/** `user.skills.changed`, `user.languages.changed`: who waits for such somebody may have found them. */
export function abilitiesChanged(kind: "skill" | "language", userId: string, actor: Actor): NewEvent {
	return { type: `user.${kind}s.changed`, entityType: "userAbilities", entityId: userId, actor, data: { userId } };
}

/** `utilizationlabel.changed`: made, renamed, deleted. What is said of it is told by `utilization.changed`. */
export function labelChanged({ id, name }: { id: string; name: string }, change: string, actor: Actor): NewEvent {
	return {
		type: "utilizationlabel.changed",
		entityType: "utilizationLabel",
		entityId: id,
		actor,
		data: { id, name, change },
	};
}

/** `utilization.changed`, of the organization where no user is named. */
export function utilizationChanged(userId: string | undefined, actor: Actor): NewEvent {
	return {
		type: "utilization.changed",
		entityType: "utilization",
		entityId: userId ?? "organization",
		actor,
		data: userId === undefined ? {} : { userId },
	};
}
