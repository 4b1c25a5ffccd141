import { ApiError } from "../kernel/http/api-error.ts";
import { pageOf, pageOffset, pageRequest } from "../kernel/http/paging.ts";
import { anyOf, everywhere, type Route, readScope, route } from "../kernel/http/route.ts";
import { idParams, pagedQuery } from "../kernel/http/schemas.ts";
import { divisionsWith, requireInDivision } from "../kernel/principal.ts";
import type { Authorization } from "./authorization.ts";
import { everyDivision } from "./model.ts";
import type { Holder } from "./store.ts";

const viewing = ["authorization:grant:view"];

/** Who holds a role: what an administrator wants to know before changing one. An operation of Inlay's own. */
export function holderRoutes({ roles, grants, divisions, hangsOn }: Authorization): Route[] {
	return [
		route({
			method: "GET",
			path: "/api/inlay/v1/roles/:roleId/holders",
			operationId: "getInlayRoleHolders",
			summary: "Who holds a role themselves, and in which divisions; of those in which one may view grants",
			permission: anyOf(...viewing),
			scope: readScope("authorization"),
			params: idParams("roleId"),
			query: pagedQuery(),
			success: { status: 200 },
			async handler({ params, query, principal, url }) {
				const role = await roles.get(params.roleId);
				const page = pageRequest(query);
				const slice = { limit: page.pageSize, offset: pageOffset(page) };
				const found = await grants.holdersOf(role.id, divisionsWith(principal, viewing), slice);
				const names = new Map((await divisions.list()).map((division) => [division.id, division.name]));
				const entities = await Promise.all(found.holders.map((holder) => view(holder, names)));
				return pageOf(entities, found.total, page, url);
			},
		}),
		route({
			method: "GET",
			path: "/api/inlay/v1/divisions/:divisionId/holders",
			operationId: "getInlayDivisionHolders",
			summary: "Who holds roles in just this division themselves, and which: they go with it",
			permission: anyOf(...viewing),
			scope: readScope("authorization"),
			params: idParams("divisionId"),
			query: pagedQuery(),
			success: { status: 200 },
			async handler({ params: { divisionId }, query, principal, url }) {
				// First whether it is theirs to see: a 404 would tell which divisions there are.
				requireInDivision(principal, viewing, divisionId);
				await divisions.get(divisionId);
				const page = pageRequest(query);
				const found = await grants.holdersIn(divisionId, { limit: page.pageSize, offset: pageOffset(page) });
				const names = new Map((await roles.list()).map(({ id, name }) => [id, name]));
				const entities = found.holders.map(async ({ id, type, roleIds }) => ({
					...{ id, name: await nameOf(id, type), type },
					roles: roleIds.map((one) => ({ id: one, name: names.get(one) ?? "" })),
				}));
				return pageOf(await Promise.all(entities), found.total, page, url);
			},
		}),
		route({
			method: "GET",
			path: "/api/inlay/v1/roles/:roleId/holders/:subjectId",
			operationId: "getInlayRoleHolder",
			summary:
				"Whether nobody may do everything without this role, held in every division: then it cannot be taken away",
			permission: everywhere(anyOf(...viewing)),
			scope: readScope("authorization"),
			params: idParams("roleId", "subjectId"),
			success: { status: 200, description: "{isLastAdministrator}" },
			async handler({ params: { roleId, subjectId } }) {
				await roles.get(roleId);
				return { isLastAdministrator: await hangsOn({ roleId, subjectId }) };
			},
		}),
	];

	async function view({ id, type, divisionIds }: Holder, names: ReadonlyMap<string, string>) {
		const places = divisionIds.map((one) => ({ id: one, name: one === everyDivision ? one : (names.get(one) ?? "") }));
		return { id, name: await nameOf(id, type), type, divisions: places };
	}

	/** Somebody who is being deleted this moment has no name any more. */
	async function nameOf(id: string, type: Holder["type"]): Promise<string> {
		try {
			return (await grants.subject(id, type)).subject.name;
		} catch (error) {
			if (error instanceof ApiError && error.status === 404) return id;
			throw error;
		}
	}
}
