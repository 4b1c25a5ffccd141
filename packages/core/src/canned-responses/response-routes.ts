import { Type } from "typebox";
import { type Page, pageOf, pageOffset, pageRequest } from "../kernel/http/paging.ts";
import { anyOf, everywhere, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams, pagedQuery } from "../kernel/http/schemas.ts";
import { seenVersion, versioned } from "../kernel/http/versions.ts";
import { actorOf } from "../kernel/principal.ts";
import { readResponse, responseBody } from "./bodies.ts";
import type { ResponseRouteContext } from "./library-routes.ts";
import type { CannedResponse } from "./model.ts";
import { queryBody, readFilters } from "./queries.ts";
import type { ResponseFilter } from "./response-store.ts";
import { responseView } from "./views.ts";

const path = "/api/v2/responsemanagement/responses";
const params = idParams("responseId");
const may = (action: string) => everywhere(anyOf(`responses:response:${action}`));
const viewing = anyOf("responses:response:view");

/** Canned responses (platform-api 5.22). */
export function responseRoutes(context: ResponseRouteContext): Route[] {
	const { canned, usersOf, sight } = context;

	async function views(responses: readonly CannedResponse[]) {
		const users = await usersOf([...new Set(responses.flatMap(({ createdBy }) => createdBy ?? []))]);
		const libraries = new Map((await canned.libraries.all()).map(({ id, name }) => [id, name]));
		const assets = await canned.assets.store.facts(responses.flatMap(({ assetIds }) => assetIds));
		return responses.map((one) => ({ ...responseView(one, { users, libraries, assets }), version: one.version }));
	}

	async function answer(response: CannedResponse) {
		const [view] = await views([response]);
		return versioned(view ?? response);
	}

	async function page(filter: ResponseFilter, asked: { pageSize?: number; pageNumber?: number }, url: string) {
		const request = pageRequest(asked);
		const { found, total } = await canned.responses.page(filter, {
			limit: request.pageSize,
			offset: pageOffset(request),
		});
		return pageOf(await views(found), total, request, url) satisfies Page<object>;
	}

	return [
		route({
			method: "GET",
			path,
			operationId: "getResponsemanagementResponses",
			summary: "Lists the responses of a library by name.",
			permission: viewing,
			scope: readScope("response-management"),
			query: pagedQuery({ libraryId: Type.String({ minLength: 1, maxLength: 200 }) }),
			success: { status: 200, model: "ResponseEntityListing" },
			async handler({ query, url }) {
				await canned.requireLibrary(query.libraryId);
				return page({ libraryIds: [query.libraryId] }, query, url);
			},
		}),
		route({
			method: "POST",
			path,
			operationId: "postResponsemanagementResponses",
			summary: "Makes a response.",
			permission: may("add"),
			scope: writeScope("response-management"),
			body: responseBody,
			readOnly: ["version", "uses"],
			success: { status: 200, model: "Response" },
			errors: ["response.assets.size"],
			async handler({ body, principal }) {
				const wish = readResponse(body);
				await sight.requireNew(principal, { responseAsset: wish.assetIds });
				return answer(await canned.createResponse(wish, actorOf(principal)));
			},
		}),
		route({
			method: "GET",
			path: `${path}/:responseId`,
			operationId: "getResponsemanagementResponse",
			summary: "One response.",
			permission: viewing,
			scope: readScope("response-management"),
			params,
			success: { status: 200, model: "Response" },
			handler: async ({ params: { responseId } }) => answer(await canned.requireResponse(responseId)),
		}),
		route({
			method: "PUT",
			path: `${path}/:responseId`,
			operationId: "putResponsemanagementResponse",
			summary: "Changes a response.",
			permission: may("edit"),
			scope: writeScope("response-management"),
			params,
			body: responseBody,
			readOnly: ["uses"],
			honoursIfMatch: true,
			success: { status: 200, model: "Response" },
			errors: ["version.conflict", "response.assets.size"],
			async handler({ params: { responseId }, body, principal, headers }) {
				const seen = seenVersion(headers, body.version);
				const [wish, before] = [readResponse(body), await canned.requireResponse(responseId)];
				await sight.requireNew(principal, { responseAsset: wish.assetIds }, { responseAsset: before.assetIds });
				return answer(await canned.changeResponse(responseId, wish, seen, actorOf(principal)));
			},
		}),
		route({
			method: "DELETE",
			path: `${path}/:responseId`,
			operationId: "deleteResponsemanagementResponse",
			summary: "Deletes a response.",
			permission: may("delete"),
			scope: writeScope("response-management"),
			params,
			honoursIfMatch: true,
			success: { status: 204 },
			errors: ["version.conflict"],
			handler: ({ params: { responseId }, principal, headers }) =>
				canned.removeResponse(responseId, seenVersion(headers), actorOf(principal)),
		}),
		route({
			method: "POST",
			path: `${path}/query`,
			operationId: "postResponsemanagementResponsesQuery",
			summary: "Finds responses by words of their names and texts.",
			permission: viewing,
			scope: readScope("response-management"),
			body: queryBody,
			success: { status: 200, model: "ResponseQueryResults" },
			handler: async ({ body, url }) => ({ results: await page(readFilters(body), body, url) }),
		}),
	];
}
