import { Type } from "typebox";
import { AsItStands, refuseOtherThanStands } from "../kernel/http/as-it-stands.ts";
import { pageOf, pageOffset, pageRequest } from "../kernel/http/paging.ts";
import { anyOf, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import {
	CommaList,
	honouring,
	idParams,
	isDescending,
	pagedQuery,
	readList,
	SortOrder,
} from "../kernel/http/schemas.ts";
import { actorOf, requireInDivision } from "../kernel/principal.ts";
import { maxCallAppearances } from "./model.ts";
import type { Stations } from "./stations.ts";
import type { StationFilter } from "./store.ts";
import type { StationRouteUsers } from "./user-routes.ts";
import { stationSettingsView, stationView } from "./views.ts";

const disassociate = "telephony:station:disassociate";
const administer = "telephony:plugin:all";

/** What the platform's `Station` has and nobody sets here. */
const fixed = {
	id: AsItStands,
	name: AsItStands,
	description: AsItStands,
	status: AsItStands,
	userId: AsItStands,
	webRtcUserId: AsItStands,
	primaryEdge: AsItStands,
	secondaryEdge: AsItStands,
	type: AsItStands,
	lineAppearanceId: AsItStands,
	webRtcMediaDscp: AsItStands,
	webRtcForceTurn: AsItStands,
	webRtcRequireMediaHelper: AsItStands,
	selfUri: AsItStands,
};

export function stationListRoutes(stations: Stations, users: StationRouteUsers): Route[] {
	return [
		route({
			method: "GET",
			path: "/api/v2/stations",
			operationId: "getStations",
			summary: "Lists stations by name.",
			permission: noPermission,
			scope: readScope("stations"),
			query: pagedQuery({
				name: Type.Optional(Type.String({ maxLength: 200 })),
				userSelectable: Type.Optional(Type.String()),
				webRtcUserId: Type.Optional(Type.String({ maxLength: 200 })),
				id: CommaList,
				lineAppearanceId: Type.Optional(Type.String({ maxLength: 200 })),
				sortBy: honouring("name", "-name"),
				sortOrder: SortOrder,
			}),
			success: { status: 200, model: "StationEntityListing" },
			async handler({ query, principal, url }) {
				if (principal.userId) await stations.ensureWebRtcStations([principal.userId]);
				const page = pageRequest(query);
				const filter = stationFilter(query, principal.userId);
				const found = await stations.list(filter, { limit: page.pageSize, offset: pageOffset(page) });
				return pageOf(found.stations.map(stationView), found.total, page, url);
			},
		}),
		route({
			method: "GET",
			path: "/api/v2/stations/:stationId",
			operationId: "getStation",
			summary: "One station.",
			permission: noPermission,
			scope: readScope("stations"),
			params: idParams("stationId"),
			success: { status: 200, model: "Station" },
			handler: async ({ params }) => stationView(await stations.require(params.stationId)),
		}),
		route({
			method: "PATCH",
			path: "/api/v2/inlay/stations/:stationId",
			operationId: "patchInlayStation",
			summary:
				"Sets how many calls a station has on the line at once (the server holds what is beyond), and whether its media connection stays open between calls, and for how long.",
			permission: anyOf(administer),
			scope: writeScope("stations"),
			params: idParams("stationId"),
			body: Type.Object({
				...fixed,
				webRtcCallAppearances: Type.Optional(Type.Integer({ minimum: 1, maximum: maxCallAppearances })),
				webRtcPersistentEnabled: Type.Optional(Type.Boolean()),
				webRtcPersistentIdleSeconds: Type.Optional(Type.Integer({ minimum: 10, maximum: 86_400 })),
			}),
			success: { status: 200, model: "Station" },
			async handler({ params, body, principal }) {
				const before = await stations.require(params.stationId);
				const { webRtcUserId } = before;
				// A station has no division; whose own it is has one, and what is nobody's is the whole organization's.
				const divisionId = webRtcUserId ? (await users.get(webRtcUserId)).divisionId : "*";
				requireInDivision(principal, [administer], divisionId);
				refuseOtherThanStands(body, stationSettingsView(before), Object.keys(fixed));
				const settings = {
					callAppearances: body.webRtcCallAppearances,
					persistentEnabled: body.webRtcPersistentEnabled,
					persistentIdleSeconds: body.webRtcPersistentIdleSeconds,
				};
				return stationSettingsView(await stations.change(params.stationId, settings, actorOf(principal)));
			},
		}),
		route({
			method: "DELETE",
			path: "/api/v2/stations/:stationId/associateduser",
			operationId: "deleteStationAssociateduser",
			summary: "Takes a station from whoever uses it.",
			permission: anyOf(disassociate),
			scope: writeScope("stations"),
			params: idParams("stationId"),
			success: { status: 200 },
			async handler({ params, principal }) {
				const { associatedUserId } = await stations.require(params.stationId);
				// A station has no division; whose it is just now has one.
				if (associatedUserId) {
					const { divisionId } = await users.get(associatedUserId);
					requireInDivision(principal, [disassociate], divisionId);
				}
				await stations.disassociateStation(params.stationId, actorOf(principal));
			},
		}),
	];
}

interface ListQuery {
	name?: string;
	userSelectable?: string;
	webRtcUserId?: string;
	id?: string | string[];
	lineAppearanceId?: string;
	sortBy?: string;
	sortOrder?: string;
}

function stationFilter(query: ListQuery, userId: string | undefined): StationFilter {
	const ids = readList(query.id);
	const selectable = query.userSelectable?.toLowerCase();
	const asked = selectable === "true" || selectable === "false";
	return {
		...(query.name ? { name: query.name } : {}),
		...(ids.length > 0 ? { ids } : {}),
		...(query.webRtcUserId ? { webRtcUserId: query.webRtcUserId } : {}),
		...(query.lineAppearanceId ? { lineAppearanceId: query.lineAppearanceId } : {}),
		...(asked ? { selectable: { userId, wanted: selectable === "true" } } : {}),
		// The platform's sortBy takes "-name" or a sortOrder for the other direction.
		descending: query.sortBy?.startsWith("-") === true || isDescending(query.sortOrder),
	};
}
