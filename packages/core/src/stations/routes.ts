import type { Route } from "../kernel/http/route.ts";
import { stationListRoutes } from "./station-routes.ts";
import type { Stations } from "./stations.ts";
import { ownStationRoutes, type StationRouteUsers, userStationRoutes } from "./user-routes.ts";

/** Stations and who uses them (platform-api 5.2). */
export function stationRoutes(stations: Stations, deps: { users: StationRouteUsers }): Route[] {
	return [
		...stationListRoutes(stations, deps.users),
		...ownStationRoutes(stations, deps.users),
		...userStationRoutes(stations, deps.users),
	];
}
