import { anyOf, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { actorOf, type Principal, requireInDivision, requireUser } from "../kernel/principal.ts";
import type { Stations, StationUser } from "./stations.ts";
import { userStationsView } from "./views.ts";

/** What station routes ask of the users domain. */
export interface StationRouteUsers {
	/** @throws ApiError 404 `not.found` */
	get(userId: string): Promise<StationUser & { divisionId: string }>;
}

const view = "telephony:otherStationAssociation:view";
const edit = "telephony:otherStationAssociation:edit";
const disassociate = "telephony:station:disassociate";
const assignDefault = ["telephony:plugin:all", "telephony:phone:assign"];

/** One's own station. */
export function ownStationRoutes(stations: Stations, users: StationRouteUsers): Route[] {
	return [
		route({
			method: "GET",
			path: "/api/v2/users/stations/me",
			operationId: "getUsersStationsMe",
			summary: "The caller's stations.",
			permission: anyOf("telephony:selfStationAssociation:view"),
			scope: readScope("users"),
			success: { status: 200, model: "UserStations" },
			async handler({ principal }) {
				const user = await users.get(requireUser(principal));
				return userStationsView(user, await stations.stationsOf(user.id));
			},
		}),
		route({
			method: "PUT",
			path: "/api/v2/users/stations/me/associatedstation/:stationId",
			operationId: "putUsersStationsMeAssociatedstationStationId",
			summary: "Takes a station; its events tell when it is done.",
			permission: anyOf("telephony:selfStationAssociation:edit"),
			scope: writeScope("users"),
			params: idParams("stationId"),
			success: { status: 204 },
			errors: ["general.conflict"],
			handler: ({ params, principal }) =>
				stations.associate(requireUser(principal), params.stationId, actorOf(principal)),
		}),
		route({
			method: "DELETE",
			path: "/api/v2/users/stations/me/associatedstation",
			operationId: "deleteUsersStationsMeAssociatedstation",
			summary: "Gives the caller's station up.",
			permission: anyOf("telephony:station:disassociateSelf"),
			scope: writeScope("users"),
			success: { status: 204 },
			handler: ({ principal }) => stations.disassociate(requireUser(principal), actorOf(principal)),
		}),
	];
}

/** Another user's station. */
export function userStationRoutes(stations: Stations, users: StationRouteUsers): Route[] {
	async function open(userId: string, permissions: readonly string[], principal: Principal): Promise<StationUser> {
		const user = await users.get(userId);
		requireInDivision(principal, permissions, user.divisionId);
		return user;
	}

	return [
		route({
			method: "GET",
			path: "/api/v2/users/:userId/station",
			operationId: "getUserStation",
			summary: "A user's stations.",
			permission: anyOf(view),
			scope: readScope("users"),
			params: idParams("userId"),
			success: { status: 200, model: "UserStations" },
			async handler({ params, principal }) {
				const user = await open(params.userId, [view], principal);
				return userStationsView(user, await stations.stationsOf(user.id));
			},
		}),
		route({
			method: "PUT",
			path: "/api/v2/users/:userId/station/associatedstation/:stationId",
			operationId: "putUserStationAssociatedstationStationId",
			summary: "Gives a user a station.",
			permission: anyOf(edit),
			scope: writeScope("users"),
			params: idParams("userId", "stationId"),
			success: { status: 202 },
			errors: ["general.conflict"],
			async handler({ params, principal }) {
				const { id } = await open(params.userId, [edit], principal);
				await stations.associate(id, params.stationId, actorOf(principal));
			},
		}),
		route({
			method: "DELETE",
			path: "/api/v2/users/:userId/station/associatedstation",
			operationId: "deleteUserStationAssociatedstation",
			summary: "Takes a user's station away.",
			permission: anyOf(disassociate),
			scope: writeScope("users"),
			params: idParams("userId"),
			success: { status: 202 },
			async handler({ params, principal }) {
				const { id } = await open(params.userId, [disassociate], principal);
				await stations.disassociate(id, actorOf(principal));
			},
		}),
		route({
			method: "PUT",
			path: "/api/v2/users/:userId/station/defaultstation/:stationId",
			operationId: "putUserStationDefaultstationStationId",
			summary: "Sets the station that a user has when none is associated.",
			permission: anyOf(...assignDefault),
			scope: writeScope("users"),
			params: idParams("userId", "stationId"),
			success: { status: 202 },
			errors: ["general.conflict"],
			async handler({ params, principal }) {
				const { id } = await open(params.userId, assignDefault, principal);
				await stations.setDefault(id, params.stationId, actorOf(principal));
			},
		}),
		route({
			method: "DELETE",
			path: "/api/v2/users/:userId/station/defaultstation",
			operationId: "deleteUserStationDefaultstation",
			summary: "Takes a user's default station away.",
			permission: anyOf(...assignDefault),
			scope: writeScope("users"),
			params: idParams("userId"),
			success: { status: 202 },
			async handler({ params, principal }) {
				const { id } = await open(params.userId, assignDefault, principal);
				await stations.setDefault(id, undefined, actorOf(principal));
			},
		}),
	];
}
