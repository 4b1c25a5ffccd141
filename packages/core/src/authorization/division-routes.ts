import { Type } from "typebox";
import { pageOfAll, pageRequest } from "../kernel/http/paging.ts";
import {
	Answer,
	allOf,
	anyOf,
	everywhere,
	noPermission,
	type Route,
	readScope,
	route,
	writeScope,
} from "../kernel/http/route.ts";
import { CommaList, honouring, idParams, pagedQuery, readList } from "../kernel/http/schemas.ts";
import { etagOf, seenVersion } from "../kernel/http/versions.ts";
import { actorOf, requireInDivision } from "../kernel/principal.ts";
import type { Authorization } from "./authorization.ts";
import type { Division } from "./model.ts";
import { divisionView } from "./views.ts";

const DivisionBody = Type.Object({
	name: Type.String(),
	description: Type.Optional(Type.Union([Type.String({ maxLength: 2_000 }), Type.Null()])),
});

/** Objects that one request moves. */
const mostMoved = 500;

/** Divisions (platform-api 4.1). */
export function divisionRoutes({ divisions }: Authorization): Route[] {
	return [
		route({
			method: "GET",
			path: "/api/v2/authorization/divisions",
			operationId: "getAuthorizationDivisions",
			summary: "List divisions",
			permission: noPermission,
			scope: readScope("authorization"),
			query: pagedQuery({
				objectCount: Type.Optional(Type.Boolean()),
				id: CommaList,
				name: Type.Optional(Type.String()),
				sortBy: honouring("name"),
			}),
			success: { status: 200, model: "AuthzDivisionEntityListing" },
			async handler({ query, url }) {
				const ids = readList(query.id);
				const name = query.name?.toLowerCase() ?? "";
				const matching = (await divisions.list()).filter(
					(division) => (ids.length === 0 || ids.includes(division.id)) && division.name.toLowerCase().includes(name),
				);
				const page = pageOfAll(matching, pageRequest(query), url);
				return { ...page, entities: await views(page.entities, query.objectCount) };
			},
		}),
		route({
			method: "POST",
			path: "/api/v2/authorization/divisions",
			operationId: "postAuthorizationDivisions",
			summary: "Create a division",
			permission: everywhere(allOf("authorization:division:add", "authorization:grant:add")),
			scope: writeScope("authorization"),
			body: DivisionBody,
			success: { status: 200, model: "AuthzDivision" },
			errors: ["resource.already.exists"],
			handler: async ({ body, principal }) => answer(await divisions.create(toRequest(body), actorOf(principal))),
		}),
		route({
			method: "GET",
			path: "/api/v2/authorization/divisions/home",
			operationId: "getAuthorizationDivisionsHome",
			summary: "The home division",
			permission: noPermission,
			scope: readScope("authorization"),
			success: { status: 200, model: "AuthzDivision" },
			handler: async () => divisionView(await divisions.home()),
		}),
		route({
			method: "GET",
			path: "/api/v2/authorization/divisions/:divisionId",
			operationId: "getAuthorizationDivision",
			summary: "One division",
			permission: noPermission,
			scope: readScope("authorization"),
			params: idParams("divisionId"),
			query: Type.Object({ objectCount: Type.Optional(Type.Boolean()) }),
			success: { status: 200, model: "AuthzDivision" },
			async handler({ params, query }) {
				const division = await divisions.get(params.divisionId);
				const counts = query.objectCount ? await divisions.objectCounts([division.id]) : undefined;
				return answer(division, counts?.get(division.id));
			},
		}),
		route({
			method: "PUT",
			path: "/api/v2/authorization/divisions/:divisionId",
			operationId: "putAuthorizationDivision",
			summary: "Rename a division",
			permission: anyOf("authorization:division:edit"),
			scope: writeScope("authorization"),
			params: idParams("divisionId"),
			body: DivisionBody,
			honoursIfMatch: true,
			success: { status: 200, model: "AuthzDivision" },
			errors: ["resource.already.exists", "version.conflict"],
			async handler({ params, body, principal, headers }) {
				await divisions.get(params.divisionId);
				requireInDivision(principal, ["authorization:division:edit"], params.divisionId);
				const seen = { actor: actorOf(principal), version: seenVersion(headers) };
				return answer(await divisions.update(params.divisionId, toRequest(body), seen));
			},
		}),
		route({
			method: "POST",
			path: "/api/v2/authorization/divisions/:divisionId/objects/:objectType",
			operationId: "postAuthorizationDivisionObject",
			summary: "Move objects of one type into a division, all of them or none",
			// The objects' own domain judges: by the permission that changes them, where they are and where they go.
			permission: noPermission,
			scope: writeScope("authorization"),
			params: idParams("divisionId", "objectType"),
			body: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: mostMoved }),
			success: { status: 204 },
			handler: ({ params, body, principal }) => divisions.move(principal, params.objectType, body, params.divisionId),
		}),
		route({
			method: "DELETE",
			path: "/api/v2/authorization/divisions/:divisionId",
			operationId: "deleteAuthorizationDivision",
			summary: "Delete an empty division",
			permission: anyOf("authorization:division:delete"),
			scope: writeScope("authorization"),
			params: idParams("divisionId"),
			honoursIfMatch: true,
			success: { status: 204 },
			errors: ["division.not.empty", "version.conflict"],
			async handler({ params, principal, headers }) {
				await divisions.get(params.divisionId);
				requireInDivision(principal, ["authorization:division:delete"], params.divisionId);
				await divisions.remove(principal, params.divisionId, seenVersion(headers));
			},
		}),
	];

	/** The platform's model has no version: it is the ETag alone. */
	function answer(division: Division, objectCounts?: Record<string, number>): Answer {
		return new Answer(200, divisionView(division, objectCounts), { etag: etagOf(division.version) });
	}

	async function views(found: readonly Division[], withCounts: boolean | undefined) {
		const counts = withCounts ? await divisions.objectCounts(found.map((one) => one.id)) : undefined;
		return found.map((division) => divisionView(division, counts?.get(division.id)));
	}
}

function toRequest({ name, description }: { name: string; description?: string | null }) {
	return { name, description: description ?? "" };
}
