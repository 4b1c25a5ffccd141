/** A phone that a user can be associated with (platform-api 5.2). */
export interface Station {
	id: string;
	name: string;
	/** `inin_webrtc_softphone` for the phone in the browser. */
	type: string;
	/** Whose WebRTC phone it is; nobody else can use it. */
	webRtcUserId?: string;
	lineAppearanceId: string;
	/** Calls that may be on the line at once; the server holds what is beyond (conversations/call/lines.ts). */
	callAppearances: number;
	/** Its media connection stays open between calls (persistent connection, framework-contract 13). */
	persistentEnabled: boolean;
	/** How long that connection stays without a call, in seconds. */
	persistentIdleSeconds: number;
	/** Who uses it now. */
	associatedUserId?: string;
	associatedDate?: Date;
}

export const webRtcStationType = "inin_webrtc_softphone";

/** As many calls as a person could hear at once, and some. */
export const maxCallAppearances = 8;

/** As the original has it where nobody sets anything (framework-contract 13): ten minutes. */
export const defaultPersistentIdleSeconds = 600;

/** What an administrator may set of a station; what is not named stays. */
export interface StationSettings {
	callAppearances?: number | undefined;
	persistentEnabled?: boolean | undefined;
	persistentIdleSeconds?: number | undefined;
}

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
