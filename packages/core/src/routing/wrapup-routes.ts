import { Type } from "typebox";
import { pageOf, pageOffset, pageRequest } from "../kernel/http/paging.ts";
import { Answer, allOf, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import {
	CommaList,
	honouring,
	idParams,
	isDescending,
	pagedQuery,
	readList,
	SortOrder,
} from "../kernel/http/schemas.ts";
import { etagOf, seenVersion } from "../kernel/http/versions.ts";
import { actorOf, divisionsWith, type Principal, requireInDivision } from "../kernel/principal.ts";
import { chosenDivision, type DivisionDirectory, divisionNames, requireToRead } from "./ports.ts";
import type { Queues } from "./queues.ts";
import { wrapupCodeBody } from "./schemas.ts";
import { queueView, wrapupCodeView } from "./views.ts";
import type { WrapupCodes } from "./wrapup-codes.ts";
import type { WrapupCode, WrapupCodeInput } from "./wrapup-model.ts";
import type { WrapupFilter } from "./wrapup-store.ts";

const path = "/api/v2/routing/wrapupcodes";
const permission = (action: string) => `routing:wrapupCode:${action}`;

/** Wrap-up codes themselves (platform-api 5.7). */
export function wrapupRoutes(codes: WrapupCodes, queues: Queues, directory: DivisionDirectory): Route[] {
	/** The platform's model has no version: it is the ETag alone. */
	const answer = async (code: WrapupCode) =>
		new Answer(200, wrapupCodeView(code, await divisionNames(directory)), { etag: etagOf(code.version) });

	async function allowed(
		codeId: string,
		action: "view" | "edit" | "delete",
		principal: Principal,
	): Promise<WrapupCode> {
		const code = await codes.require(codeId);
		const require = action === "view" ? requireToRead : requireInDivision;
		require(principal, [permission(action)], code.divisionId);
		return code;
	}

	return [
		route({
			method: "GET",
			path,
			operationId: "getRoutingWrapupcodes",
			summary: "Lists wrap-up codes.",
			permission: allOf(permission("view")),
			scope: readScope("routing"),
			query: listQuery,
			success: { status: 200, model: "WrapupCodeEntityListing" },
			async handler({ query, principal, url }) {
				const page = pageRequest(query);
				const slice = { limit: page.pageSize, offset: pageOffset(page) };
				const found = await codes.list(wrapupFilter(query, principal), slice);
				const names = await divisionNames(directory);
				return pageOf(
					found.codes.map((code) => wrapupCodeView(code, names)),
					found.total,
					page,
					url,
				);
			},
		}),
		route({
			method: "POST",
			path,
			operationId: "postRoutingWrapupcodes",
			summary: "Makes a wrap-up code.",
			permission: allOf(permission("add")),
			scope: writeScope("routing"),
			body: wrapupCodeBody,
			success: { status: 200, model: "WrapupCode" },
			errors: ["general.conflict"],
			async handler({ body, principal }) {
				const input = body as WrapupCodeInput;
				const divisionId = await chosenDivision(directory, input.division, { shared: true });
				requireInDivision(principal, [permission("add")], divisionId);
				return answer(await codes.create(input, actorOf(principal)));
			},
		}),
		route({
			method: "GET",
			path: `${path}/:codeId`,
			operationId: "getRoutingWrapupcode",
			summary: "One wrap-up code.",
			permission: allOf(permission("view")),
			scope: readScope("routing"),
			params: idParams("codeId"),
			success: { status: 200, model: "WrapupCode" },
			handler: async ({ params, principal }) => answer(await allowed(params.codeId, "view", principal)),
		}),
		route({
			method: "GET",
			path: "/api/inlay/v1/wrapupcodes/:codeId/queues",
			operationId: "getInlayWrapupcodeQueues",
			summary:
				"Queues in which a wrap-up code may be given, by name: those that lose it when it is deleted. `hidden` counts those besides that one may not view.",
			permission: allOf(permission("view")),
			scope: readScope("routing"),
			params: idParams("codeId"),
			query: pagedQuery({}),
			success: { status: 200, model: "QueueEntityListing" },
			async handler({ params, query, principal, url }) {
				const { id: wrapupCodeId } = await allowed(params.codeId, "view", principal);
				const page = pageRequest(query);
				const filter = { wrapupCodeId, divisions: divisionsWith(principal, ["routing:queue:view"]) };
				const found = await queues.list(filter, { limit: page.pageSize, offset: pageOffset(page) });
				const { total: all } = await queues.list({ wrapupCodeId, divisions: "all" }, { limit: 1, offset: 0 });
				const names = await divisionNames(directory);
				const seen = found.queues.map((queue) => queueView(queue, names));
				return { ...pageOf(seen, found.total, page, url), hidden: Math.max(0, all - found.total) };
			},
		}),
		route({
			method: "PUT",
			path: `${path}/:codeId`,
			operationId: "putRoutingWrapupcode",
			summary: "Changes a wrap-up code.",
			permission: allOf(permission("edit")),
			scope: writeScope("routing"),
			params: idParams("codeId"),
			body: wrapupCodeBody,
			honoursIfMatch: true,
			success: { status: 200, model: "WrapupCode" },
			errors: ["general.conflict", "version.conflict"],
			async handler({ params, body, principal, headers }) {
				const input = body as WrapupCodeInput;
				const code = await allowed(params.codeId, "edit", principal);
				if (input.division?.id) requireInDivision(principal, [permission("edit")], input.division.id);
				return answer(await codes.update(code.id, input, actorOf(principal), seenVersion(headers)));
			},
		}),
		route({
			method: "DELETE",
			path: `${path}/:codeId`,
			operationId: "deleteRoutingWrapupcode",
			summary: "Deletes a wrap-up code and takes it from all queues.",
			permission: allOf(permission("delete")),
			scope: writeScope("routing"),
			params: idParams("codeId"),
			honoursIfMatch: true,
			success: { status: 200 },
			errors: ["general.conflict", "version.conflict"],
			async handler({ params, principal, headers }) {
				const code = await allowed(params.codeId, "delete", principal);
				await codes.remove(code.id, actorOf(principal), seenVersion(headers));
			},
		}),
	];
}

const listQuery = pagedQuery({
	name: Type.Optional(Type.String({ maxLength: 200 })),
	id: CommaList,
	divisionId: CommaList,
	sortBy: honouring("name", "id"),
	sortOrder: SortOrder,
});

interface ListQuery {
	name?: string;
	sortBy?: string;
	sortOrder?: string;
	id?: string | string[];
	divisionId?: string | string[];
}

function wrapupFilter(query: ListQuery, principal: Principal): WrapupFilter {
	const [ids, wanted] = [readList(query.id), readList(query.divisionId)];
	const allowed = divisionsWith(principal, [permission("view")]);
	const chosen = new Set(wanted.filter((id) => allowed === "all" || allowed.has(id)));
	return {
		...(query.name ? { name: query.name } : {}),
		...(ids.length > 0 ? { ids } : {}),
		divisions: wanted.length > 0 ? chosen : allowed,
		sortBy: query.sortBy?.toLowerCase() === "id" ? "id" : "name",
		descending: isDescending(query.sortOrder),
	};
}
