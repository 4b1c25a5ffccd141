import { Type } from "typebox";
import { pageOf, pageOfAll, pageRequest } from "../kernel/http/paging.ts";
import { anyOf, everywhere, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams, pagedQuery } from "../kernel/http/schemas.ts";
import { seenVersion, versioned } from "../kernel/http/versions.ts";
import { actorOf } from "../kernel/principal.ts";
import type { Sight } from "../kernel/sight.ts";
import type { AssetRouteContext } from "./assets/asset-routes.ts";
import { libraryBody, readLibrary } from "./bodies.ts";
import type { CannedResponses } from "./canned-responses.ts";
import type { Library } from "./model.ts";
import { libraryView } from "./views.ts";

const path = "/api/v2/responsemanagement/libraries";
const params = idParams("libraryId");
/** Libraries are the whole organization's, as the queues for which they are may be of any division. */
const may = (action: string) => everywhere(anyOf(`responses:library:${action}`));

export interface ResponseRouteContext extends Omit<AssetRouteContext, "assets"> {
	canned: CannedResponses;
	sight: Sight;
}

/** Libraries of canned responses (platform-api 5.22). */
export function libraryRoutes({ canned, usersOf, sight }: ResponseRouteContext): Route[] {
	async function views(libraries: readonly Library[]) {
		const users = await usersOf([...new Set(libraries.flatMap(({ createdBy }) => createdBy ?? []))]);
		return libraries.map((one) => ({ ...libraryView(one, { users }), version: one.version }));
	}

	async function answer(library: Library) {
		const [view] = await views([library]);
		return versioned(view ?? library);
	}

	return [
		route({
			method: "GET",
			path,
			operationId: "getResponsemanagementLibraries",
			summary: "Lists libraries of canned responses by name.",
			permission: anyOf("responses:library:view"),
			scope: readScope("response-management"),
			query: pagedQuery({ libraryPrefix: Type.Optional(Type.String({ maxLength: 200 })) }),
			success: { status: 200, model: "LibraryEntityListing" },
			async handler({ query, url }) {
				const prefix = query.libraryPrefix?.toLowerCase() ?? "";
				const all = (await canned.libraries.all()).filter(({ name }) => name.toLowerCase().startsWith(prefix));
				const page = pageOfAll(all, pageRequest(query), url);
				return pageOf(await views(page.entities), page.total, pageRequest(query), url);
			},
		}),
		route({
			method: "POST",
			path,
			operationId: "postResponsemanagementLibraries",
			summary: "Makes a library.",
			permission: may("add"),
			scope: writeScope("response-management"),
			body: libraryBody,
			readOnly: ["version"],
			success: { status: 200, model: "Library" },
			errors: ["resource.already.exists"],
			async handler({ body, principal }) {
				const wish = readLibrary(body);
				await sight.requireNew(principal, { queue: wish.queueIds ?? [] });
				return answer(await canned.createLibrary(wish, actorOf(principal)));
			},
		}),
		route({
			method: "GET",
			path: `${path}/:libraryId`,
			operationId: "getResponsemanagementLibrary",
			summary: "One library.",
			permission: anyOf("responses:library:view"),
			scope: readScope("response-management"),
			params,
			success: { status: 200, model: "Library" },
			handler: async ({ params: { libraryId } }) => answer(await canned.requireLibrary(libraryId)),
		}),
		route({
			method: "PUT",
			path: `${path}/:libraryId`,
			operationId: "putResponsemanagementLibrary",
			summary: "Changes a library.",
			permission: may("edit"),
			scope: writeScope("response-management"),
			params,
			body: libraryBody,
			honoursIfMatch: true,
			success: { status: 200, model: "Library" },
			errors: ["version.conflict", "resource.already.exists"],
			async handler({ params: { libraryId }, body, principal, headers }) {
				const seen = seenVersion(headers, body.version);
				const [wish, before] = [readLibrary(body), await canned.requireLibrary(libraryId)];
				await sight.requireNew(principal, { queue: wish.queueIds ?? [] }, { queue: before.queueIds ?? [] });
				return answer(await canned.changeLibrary(libraryId, wish, seen, actorOf(principal)));
			},
		}),
		route({
			method: "DELETE",
			path: `${path}/:libraryId`,
			operationId: "deleteResponsemanagementLibrary",
			summary: "Deletes a library with the responses that are in no other one.",
			permission: may("delete"),
			scope: writeScope("response-management"),
			params,
			honoursIfMatch: true,
			success: { status: 204 },
			errors: ["version.conflict"],
			handler: ({ params: { libraryId }, principal, headers }) =>
				canned.removeLibrary(libraryId, seenVersion(headers), actorOf(principal)),
		}),
	];
}
