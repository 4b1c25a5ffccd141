import { effectiveStationOf, type Station, type UserStations, webRtcStationType } from "./model.ts";

/** Calls that a station shows at once. */
const callAppearances = 1;

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
		...(station.type === webRtcStationType ? webRtcFacts : {}),
		webRtcCallAppearances: callAppearances,
		selfUri: `/api/v2/stations/${station.id}`,
	};
}

const webRtcFacts = { webRtcPersistentEnabled: false, webRtcForceTurn: false, webRtcRequireMediaHelper: false };

/** `UserStations`; keys are absent where there is no station (platform-api 4.2). */
export function userStationsView(userId: string, stations: UserStations) {
	const effective = effectiveStationOf(stations);
	const defaultUser = { defaultUser: { id: userId, selfUri: `/api/v2/users/${userId}` } };
	const view = (station: Station) => ({
		...userStationView(station),
		...(station.id === stations.default?.id ? defaultUser : {}),
	});
	return {
		...(stations.associated ? { associatedStation: view(stations.associated) } : {}),
		...(effective ? { effectiveStation: view(effective) } : {}),
		...(stations.default ? { defaultStation: view(stations.default) } : {}),
		...(stations.lastAssociated ? { lastAssociatedStation: view(stations.lastAssociated) } : {}),
	};
}

function userStationView(station: Station) {
	const user = station.associatedUserId;
	return {
		id: station.id,
		name: station.name,
		type: station.type,
		...(user ? { associatedUser: { id: user, selfUri: `/api/v2/users/${user}` } } : {}),
		...(station.associatedDate ? { associatedDate: station.associatedDate.toISOString() } : {}),
		providerInfo: {},
		webRtcCallAppearances: callAppearances,
	};
}
