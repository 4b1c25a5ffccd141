import { Type } from "typebox";
import { pageOfAll, pageRequest } from "../kernel/http/paging.ts";
import { anyOf, everywhere, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { CommaList, idParams, isDescending, pagedQuery, readList, SortOrder } from "../kernel/http/schemas.ts";
import { actorOf } from "../kernel/principal.ts";
import { readQ64, searchAnswer } from "../users/search-answer.ts";
import { GroupSearchBody, readSearchRequest, type SearchRequest } from "../users/search-schema.ts";
import { readSort } from "../users/search-sort.ts";
import type { SearchCriterion } from "../users/search-store.ts";
import { readWish, UpdateBody, WishBody } from "./bodies.ts";
import type { Locations } from "./locations.ts";
import type { Location } from "./model.ts";
import { fitting } from "./search.ts";

const path = "/api/v2/locations";
const params = idParams("locationId");
/** Everybody may see where the organization is; its places are the whole organization's. */
const read = { permission: noPermission, scope: readScope("locations") };
const write = { permission: everywhere(anyOf("directory:organization:admin")), scope: writeScope("locations") };
const readOnly = [
	"profileImage",
	"floorplanImage",
	"addressVerificationDetails",
	"addressVerified",
	"addressStored",
	"images",
];

/** Locations of the organization (`LocationsApi`). */
export function locationRoutes(locations: Locations): Route[] {
	async function search(request: SearchRequest) {
		const { pageSize = 25, pageNumber = 1 } = request;
		const { sortBy, descending } = readSort(request, ["name", "state"]);
		const found = (await locations.all()).filter(fitting((request.query ?? []) as SearchCriterion[]));
		const sorted = found.sort((a, b) => a[sortBy].localeCompare(b[sortBy]) * (descending ? -1 : 1));
		const results = sorted.slice((pageNumber - 1) * pageSize, pageNumber * pageSize).map(locationView);
		return searchAnswer({ results, total: found.length, type: "locations" }, pageSize, pageNumber);
	}

	return [
		route({
			method: "GET",
			path,
			operationId: "getLocations",
			summary: "Lists the organization's locations by name.",
			...read,
			query: pagedQuery({ id: CommaList, sortOrder: SortOrder }),
			success: { status: 200, model: "LocationEntityListing" },
			async handler({ query, url }) {
				const ids = new Set(readList(query.id));
				const all = (await locations.all()).filter(({ id }) => ids.size === 0 || ids.has(id));
				if (isDescending(query.sortOrder)) all.reverse();
				return pageOfAll(all.map(locationView), pageRequest(query), url);
			},
		}),
		route({
			method: "POST",
			path,
			operationId: "postLocations",
			summary: "Adds a location.",
			...write,
			body: WishBody,
			readOnly: ["version", ...readOnly],
			success: { status: 200, model: "LocationDefinition" },
			errors: ["resource.already.exists"],
			handler: async ({ body, principal }) =>
				locationView(await locations.create({ state: "active", path: [], ...readWish(body) }, actorOf(principal))),
		}),
		route({
			method: "GET",
			path: `${path}/search`,
			operationId: "getLocationsSearch",
			summary: "Looks for locations; the request stands in q64.",
			...read,
			query: Type.Object({ q64: Type.String(), expand: CommaList }),
			success: { status: 200, model: "LocationsSearchResponse" },
			handler: ({ query }) => search(readSearchRequest(readQ64(query.q64), GroupSearchBody)),
		}),
		route({
			method: "POST",
			path: `${path}/search`,
			operationId: "postLocationsSearch",
			summary: "Looks for locations.",
			...read,
			body: GroupSearchBody,
			success: { status: 200, model: "LocationsSearchResponse" },
			handler: ({ body }) => search(body),
		}),
		route({
			method: "GET",
			path: `${path}/:locationId`,
			operationId: "getLocation",
			summary: "One location.",
			...read,
			params,
			success: { status: 200, model: "LocationDefinition" },
			handler: async ({ params: { locationId } }) => locationView(await locations.require(locationId)),
		}),
		route({
			method: "GET",
			path: `${path}/:locationId/sublocations`,
			operationId: "getLocationSublocations",
			summary: "The locations inside of one.",
			...read,
			params,
			success: { status: 200, model: "LocationEntityListing" },
			async handler({ params: { locationId }, url }) {
				await locations.require(locationId);
				const inside = (await locations.all()).filter((one) => one.path.includes(locationId));
				return pageOfAll(inside.map(locationView), { pageSize: Math.max(1, inside.length), pageNumber: 1 }, url);
			},
		}),
		route({
			method: "PATCH",
			path: `${path}/:locationId`,
			operationId: "patchLocation",
			summary: "Changes a location.",
			...write,
			params,
			body: UpdateBody,
			readOnly,
			success: { status: 200, model: "LocationDefinition" },
			errors: ["version.conflict", "resource.already.exists"],
			async handler({ params: { locationId }, body: { version, ...wish }, principal }) {
				return locationView(await locations.change(locationId, readWish(wish), version, actorOf(principal)));
			},
		}),
		route({
			method: "DELETE",
			path: `${path}/:locationId`,
			operationId: "deleteLocation",
			summary: "Deletes a location that has none inside.",
			...write,
			params,
			success: { status: 204 },
			errors: ["location.not.empty"],
			handler: ({ params: { locationId }, principal }) => locations.remove(locationId, actorOf(principal)),
		}),
	];
}

/** Adds to users where they work, as far as they ask for it. */
export function locationsExpander(locations: Locations) {
	return async (userIds: string[]) => {
		const found = await locations.ofUsers(userIds);
		const views = [...found].map(([userId, theirs]) => {
			const shown = theirs.map(({ location, ...one }) => ({ ...one, locationDefinition: locationView(location) }));
			return [userId, shown] as const;
		});
		return new Map<string, unknown>(views);
	};
}

/** `LocationDefinition`. */
function locationView({ contactUserId, ...location }: Location) {
	const selfUri = `${path}/${location.id}`;
	const contactUser = contactUserId ? { id: contactUserId, selfUri: `/api/v2/users/${contactUserId}` } : undefined;
	return {
		...location,
		...(contactUser ? { contactUser } : {}),
		addressStored: location.address !== undefined,
		selfUri,
	};
}
