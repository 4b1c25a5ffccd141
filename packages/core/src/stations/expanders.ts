import type { Stations } from "./stations.ts";
import { userStationsView } from "./views.ts";

/** `expand=station` of users. Whoever is shown with their station has a WebRTC phone to choose. */
export function stationExpander(stations: Stations) {
	return async (userIds: string[]): Promise<Map<string, unknown>> => {
		await stations.ensureWebRtcStations(userIds);
		const [users, found] = await Promise.all([stations.users.find(userIds), stations.stationsOfAll(userIds)]);
		return new Map(users.map((user) => [user.id, userStationsView(user, found.get(user.id) ?? {})]));
	};
}
