import { Type } from "typebox";
import { pageOf, pageOffset, pageRequest } from "../kernel/http/paging.ts";
import { allOf, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import {
	CommaList,
	honouring,
	idParams,
	isDescending,
	pagedQuery,
	readList,
	SortOrder,
} from "../kernel/http/schemas.ts";
import { actorOf, divisionsWith, type Principal, requireInDivision } from "../kernel/principal.ts";
import { chosenDivision, type DivisionDirectory, divisionNames, requireToRead } from "./ports.ts";
import { wrapupCodeBody } from "./schemas.ts";
import { wrapupCodeView } from "./views.ts";
import type { WrapupCodes } from "./wrapup-codes.ts";
import type { WrapupCode, WrapupCodeInput } from "./wrapup-model.ts";
import type { WrapupFilter } from "./wrapup-store.ts";

const path = "/api/v2/routing/wrapupcodes";
const permission = (action: string) => `routing:wrapupCode:${action}`;

/** Wrap-up codes themselves (platform-api 5.7). */
export function wrapupRoutes(codes: WrapupCodes, directory: DivisionDirectory): Route[] {
	const view = async (code: WrapupCode) => wrapupCodeView(code, await divisionNames(directory));

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
				return view(await codes.create(input, actorOf(principal)));
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
			handler: async ({ params, principal }) => view(await allowed(params.codeId, "view", principal)),
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
			success: { status: 200, model: "WrapupCode" },
			errors: ["general.conflict"],
			async handler({ params, body, principal }) {
				const input = body as WrapupCodeInput;
				const code = await allowed(params.codeId, "edit", principal);
				if (input.division?.id) requireInDivision(principal, [permission("edit")], input.division.id);
				return view(await codes.update(code.id, input, actorOf(principal)));
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
			success: { status: 200 },
			errors: ["general.conflict"],
			async handler({ params, principal }) {
				const code = await allowed(params.codeId, "delete", principal);
				await codes.remove(code.id, actorOf(principal));
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
