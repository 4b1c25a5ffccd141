import type { Actor, NewEvent } from "../kernel/events/event-log.ts";
import { type PresenceDefinition, type UserPresence, upperPresence } from "./model.ts";

/** The body of `v2.users.{id}.activity`, which routing puts together. */
interface ActivityBody {
	id: string;
}

/** `presence.changed`, announced as PresenceEventUserPresence and as activity (platform-api 5.1, Appendix A). */
export function presenceChanged(now: UserPresence, activity: ActivityBody, actor?: Actor): NewEvent {
	const presenceDefinition = { id: now.definition.id, systemPresence: upperPresence(now.definition.systemPresence) };
	const modifiedDate = now.modifiedDate?.toISOString();
	return {
		type: "presence.changed",
		entityType: "user",
		entityId: now.userId,
		...(actor ? { actor } : {}),
		data: { userId: now.userId, presenceDefinition, message: now.message, modifiedDate },
		announcements: [
			{
				topics: [`v2.users.${now.userId}.presence`],
				eventBody: { source: "PURECLOUD", presenceDefinition, primary: true, message: now.message, modifiedDate },
			},
			{ topics: [`v2.users.${now.userId}.activity`], eventBody: activity },
		],
	};
}

/** `presencedefinition.changed`: made, edited or deleted. */
export function definitionChanged(definition: PresenceDefinition, change: string, actor: Actor): NewEvent {
	return {
		type: "presencedefinition.changed",
		entityType: "presencedefinition",
		entityId: definition.id,
		actor,
		data: { definitionId: definition.id, systemPresence: definition.systemPresence, change },
	};
}
