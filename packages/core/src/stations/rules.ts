import { ApiError, badField } from "../kernel/http/api-error.ts";
import { type Station, type StationSettings, webRtcStationType } from "./model.ts";

/**
 * May the user take this station? A WebRTC phone rings in its own user's browser and nowhere else, and nobody is
 * put out of a station that they use: they give it up, or an administrator disassociates them first.
 * @throws ApiError 409 `general.conflict`
 */
export function requireAssociable(station: Station, userId: string): void {
	if (station.webRtcUserId !== undefined && station.webRtcUserId !== userId) {
		throw refused(station, "The station {name} is another user's WebRTC phone; choose one of your own.");
	}
	if (station.associatedUserId !== undefined && station.associatedUserId !== userId) {
		throw refused(station, "The station {name} is in use by another user; disassociate them first.");
	}
}

/**
 * Only a phone in a browser has a media connection that can stay open.
 * @throws ApiError 400 that names `webRtcPersistentEnabled`
 */
export function requireSettable(station: Station, { persistentEnabled }: StationSettings): void {
	if (persistentEnabled && station.type !== webRtcStationType)
		throw badField("webRtcPersistentEnabled", "Only a WebRTC phone keeps its connection between calls.");
}

function refused(station: Station, text: string): ApiError {
	return new ApiError(409, "general.conflict", text, {
		params: { name: station.name },
		entityId: station.id,
		entityName: "station",
	});
}
