/** A phone that a user can be associated with (platform-api 5.2). */
export interface Station {
	id: string;
	name: string;
	/** `inin_webrtc_softphone` for the phone in the browser. */
	type: string;
	/** Whose WebRTC phone it is; nobody else can use it. */
	webRtcUserId?: string;
	lineAppearanceId: string;
	/** Calls that may be on the line at once; the server holds what is beyond (conversations/lines.ts). */
	callAppearances: number;
	/** Who uses it now. */
	associatedUserId?: string;
	associatedDate?: Date;
}

export const webRtcStationType = "inin_webrtc_softphone";

/** As many calls as a person could hear at once, and some. */
export const maxCallAppearances = 8;

/** The stations around one user. */
export interface UserStations {
	associated?: Station;
	default?: Station;
	lastAssociated?: Station;
}

/** Where a user's calls ring. */
export function effectiveStationOf(stations: UserStations): Station | undefined {
	return stations.associated ?? stations.default;
}
