import { effectiveStationOf, type Station, type UserStations, webRtcStationType } from "./model.ts";
import type { StationUser } from "./stations.ts";

/** `Station` of the platform. */
export function stationView(station: Station) {
	const { associatedUserId } = station;
	return {
		id: station.id,
		name: station.name,
		status: associatedUserId ? "ASSOCIATED" : "AVAILABLE",
		...(associatedUserId ? { userId: associatedUserId } : {}),
		...(station.webRtcUserId ? { webRtcUserId: station.webRtcUserId } : {}),
		type: station.type,
		lineAppearanceId: station.lineAppearanceId,
		...(station.type === webRtcStationType ? webRtcFacts(station) : {}),
		webRtcCallAppearances: station.callAppearances,
		selfUri: `/api/v2/stations/${station.id}`,
	};
}

function webRtcFacts({ persistentEnabled }: Station) {
	return { webRtcPersistentEnabled: persistentEnabled, webRtcForceTurn: false, webRtcRequireMediaHelper: false };
}

/** What an administrator has set of a station; the platform's model has no word for the time. */
export function stationSettingsView(station: Station) {
	return { ...stationView(station), webRtcPersistentIdleSeconds: station.persistentIdleSeconds };
}

/** `UserStations` of a user; keys are absent where there is no station (platform-api 4.2). */
export function userStationsView(user: StationUser, stations: UserStations) {
	const effective = effectiveStationOf(stations);
	const view = (station: Station) => userStationView(station, user, station.id === stations.default?.id);
	return {
		...(stations.associated ? { associatedStation: view(stations.associated) } : {}),
		...(effective ? { effectiveStation: view(effective) } : {}),
		...(stations.default ? { defaultStation: view(stations.default) } : {}),
		...(stations.lastAssociated ? { lastAssociatedStation: view(stations.lastAssociated) } : {}),
	};
}

/** Only this user is named: who else uses a station that was theirs once is not part of their answer. */
function userStationView(station: Station, user: StationUser, isDefault: boolean) {
	const associated = station.associatedUserId === user.id;
	return {
		id: station.id,
		name: station.name,
		type: station.type,
		...(associated ? { associatedUser: userRef(user) } : {}),
		...(associated && station.associatedDate ? { associatedDate: station.associatedDate.toISOString() } : {}),
		...(isDefault ? { defaultUser: userRef(user) } : {}),
		providerInfo: {},
		webRtcCallAppearances: station.callAppearances,
	};
}

function userRef({ id, name, version }: StationUser) {
	return { id, name, version, selfUri: `/api/v2/users/${id}` };
}
