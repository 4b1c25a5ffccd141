import type { Actor, NewEvent } from "../kernel/events/event-log.ts";
import { type PresenceDefinition, type UserPresence, upperPresence } from "./model.ts";

/** The body of `v2.users.{id}.activity`, which routing puts together. */
interface ActivityBody {
	id: string;
}

/** `presence.changed`, announced as PresenceEventUserPresence and as activity (platform-api 5.1, Appendix A). */
export function presenceChanged(now: UserPresence, activity: ActivityBody, actor?: Actor): NewEvent {
	const body = presenceBody(now);
	const { presenceDefinition, message, modifiedDate } = body;
	return {
		type: "presence.changed",
		entityType: "user",
		entityId: now.userId,
		...(actor ? { actor } : {}),
		data: { userId: now.userId, presenceDefinition, message, modifiedDate },
		announcements: [
			{ topics: [`v2.users.${now.userId}.presence`], eventBody: body },
			{ topics: [`v2.users.${now.userId}.activity`], eventBody: activity },
		],
	};
}

/** `presence.wished`: what waits for after-call work to be done is another one, or none; the presence stays as it is. */
export function presenceWished(now: UserPresence, actor?: Actor): NewEvent {
	return {
		type: "presence.wished",
		entityType: "user",
		entityId: now.userId,
		...(actor ? { actor } : {}),
		data: { userId: now.userId, ...(now.next ? { wishedId: now.next.definition.id } : {}) },
		announcements: [{ topics: [`v2.users.${now.userId}.presence`], eventBody: presenceBody(now) }],
	};
}

function presenceBody({ definition, message, modifiedDate, next }: UserPresence) {
	return {
		source: "PURECLOUD",
		presenceDefinition: told(definition),
		primary: true,
		message,
		modifiedDate: modifiedDate?.toISOString(),
		...(next ? { inlayThen: told(next.definition) } : {}),
	};
}

const told = ({ id, systemPresence }: PresenceDefinition) => ({ id, systemPresence: upperPresence(systemPresence) });

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
