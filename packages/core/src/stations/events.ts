import type { Actor, NewEvent } from "../kernel/events/event-log.ts";
import type { Station } from "./model.ts";

/** `station.associated`, announced to the user as UserStationChangeTopicUserStations (platform-api 5.1). */
export function stationAssociated(userId: string, station: Station, actor: Actor): NewEvent {
	return stationEvent("station.associated", "Associated", userId, station, actor, {
		associatedStation: { id: station.id, name: station.name, associatedUser: { id: userId } },
	});
}

/** `station.disassociated`; the user has no station afterwards, so the body names none. */
export function stationDisassociated(userId: string, station: Station, actor: Actor): NewEvent {
	return stationEvent("station.disassociated", "Disassociated", userId, station, actor, {});
}

/**
 * `station.default.changed`: where the user's calls ring while no station is associated. Clients are not told, as the
 * platform's topic is about associations alone; assignment has to know.
 */
export function defaultStationChanged(userId: string, stationId: string | undefined, actor: Actor): NewEvent {
	return {
		type: "station.default.changed",
		entityType: "user",
		entityId: userId,
		actor,
		data: { userId, ...(stationId === undefined ? {} : { stationId }) },
	};
}

/** `station.changed`: what an administrator set; for audit. The platform has no topic for it. */
export function stationChanged(station: Station, actor: Actor): NewEvent {
	const { id, webRtcUserId, callAppearances, persistentEnabled, persistentIdleSeconds } = station;
	const set = { callAppearances, persistentEnabled, persistentIdleSeconds };
	const data = { stationId: id, ...set, ...(webRtcUserId ? { userId: webRtcUserId } : {}) };
	return { type: "station.changed", entityType: "station", entityId: id, actor, data };
}

function stationEvent(
	type: string,
	action: string,
	userId: string,
	station: Station,
	actor: Actor,
	eventBody: unknown,
): NewEvent {
	return {
		type,
		entityType: "station",
		entityId: station.id,
		actor,
		data: { userId, stationId: station.id },
		announcements: [{ topics: [`v2.users.${userId}.station`], eventBody, metadata: { action } }],
	};
}
