import type { Stations } from "./stations.ts";
import { userStationsView } from "./views.ts";

/** `expand=station` of users. Whoever is shown with their station has a WebRTC phone to choose. */
export function stationExpander(stations: Stations) {
	return async (userIds: string[]): Promise<Map<string, unknown>> => {
		await stations.ensureWebRtcStations(userIds);
		const found = await stations.stationsOfAll(userIds);
		return new Map([...found].map(([id, one]) => [id, userStationsView(id, one)]));
	};
}
