import { Type } from "typebox";
import { ApiError } from "../kernel/http/api-error.ts";
import { pageOf, pageRequest } from "../kernel/http/paging.ts";
import { anyOf, everywhere, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { CommaList, idParams, isDescending, pagedQuery, readList, SortOrder } from "../kernel/http/schemas.ts";
import { SeenVersion, seenVersion, versioned } from "../kernel/http/versions.ts";
import { holds, type Principal, requireInDivision } from "../kernel/principal.ts";
import { GroupCreateBody, GroupUpdateBody, groupView, toGroupChange } from "./group-bodies.ts";
import type { Group } from "./group-store.ts";
import { readQ64, searchAnswer } from "./search-answer.ts";
import { GroupSearchBody, readSearchRequest, type SearchRequest } from "./search-schema.ts";
import { readSort } from "./search-sort.ts";
import type { SearchCriterion } from "./search-store.ts";
import type { Users } from "./users.ts";

/** Groups and their members (platform-api 4.1). */
export function groupRoutes(users: Users): Route[] {
	const { groups, views } = users;
	return [
		route({
			method: "GET",
			path: "/api/v2/groups",
			operationId: "getGroups",
			summary: "List groups",
			permission: noPermission,
			scope: readScope("groups"),
			query: pagedQuery({ id: CommaList, sortOrder: SortOrder }),
			success: { status: 200, model: "GroupEntityListing" },
			async handler({ query, url }) {
				const page = pageRequest(query);
				const ids = readList(query.id);
				const descending = isDescending(query.sortOrder);
				const { groups: found, total } = await groups.list({ ...(ids.length > 0 ? { ids } : {}), descending }, page);
				return pageOf(await groupViews(found), total, page, url);
			},
		}),
		route({
			method: "POST",
			path: "/api/v2/groups",
			operationId: "postGroups",
			summary: "Create a group",
			permission: everywhere(anyOf("directory:group:add")),
			scope: writeScope("groups"),
			body: GroupCreateBody,
			success: { status: 200, model: "Group" },
			errors: ["resource.already.exists"],
			handler: async ({ body, principal }) => view(await groups.create(principal, { ...body, ...toGroupChange(body) })),
		}),
		route({
			method: "GET",
			path: "/api/v2/groups/search",
			operationId: "getGroupsSearch",
			summary: "Search groups; the request stands in q64",
			permission: noPermission,
			scope: readScope("groups"),
			query: Type.Object({ q64: Type.String() }),
			success: { status: 200, model: "GroupsSearchResponse" },
			handler: ({ query }) => search(readSearchRequest(readQ64(query.q64), GroupSearchBody)),
		}),
		route({
			method: "POST",
			path: "/api/v2/groups/search",
			operationId: "postGroupsSearch",
			summary: "Search groups",
			permission: noPermission,
			scope: writeScope("groups"),
			body: GroupSearchBody,
			success: { status: 200, model: "GroupsSearchResponse" },
			handler: ({ body }) => search(body),
		}),
		route({
			method: "GET",
			path: "/api/v2/groups/:groupId",
			operationId: "getGroup",
			summary: "One group",
			permission: noPermission,
			scope: readScope("groups"),
			params: idParams("groupId"),
			success: { status: 200, model: "Group" },
			handler: async ({ params }) => view(await groups.get(params.groupId)),
		}),
		route({
			method: "PUT",
			path: "/api/v2/groups/:groupId",
			operationId: "putGroup",
			summary: "Change a group",
			permission: everywhere(anyOf("directory:group:edit")),
			scope: writeScope("groups"),
			params: idParams("groupId"),
			body: GroupUpdateBody,
			honoursIfMatch: true,
			success: { status: 200, model: "Group" },
			errors: ["version.conflict", "resource.already.exists", "last.administrator"],
			async handler({ params, body, principal, headers }) {
				const version = seenVersion(headers, body.version) ?? body.version;
				const changes = toGroupChange(body, await groups.get(params.groupId));
				return view(await groups.update(principal, params.groupId, changes, version));
			},
		}),
		route({
			method: "DELETE",
			path: "/api/v2/groups/:groupId",
			operationId: "deleteGroup",
			summary: "Delete a group",
			permission: everywhere(anyOf("directory:group:delete")),
			scope: writeScope("groups"),
			params: idParams("groupId"),
			query: Type.Object({
				/** Inlay's own: deployments that this group alone may use are for everybody from then on. */
				opensDeployments: Type.Optional(Type.Boolean()),
			}),
			honoursIfMatch: true,
			success: { status: 204 },
			errors: ["version.conflict", "last.administrator", "group.in.use"],
			async handler({ params, principal, headers, query }) {
				const opens = query.opensDeployments === true;
				if (opens) requireInDivision(principal, ["integrations:integration:edit"], "*");
				await groups.remove(principal, params.groupId, seenVersion(headers), { opens });
			},
		}),
		route({
			method: "GET",
			path: "/api/v2/groups/:groupId/members",
			operationId: "getGroupMembers",
			summary: "The members of a group",
			permission: noPermission,
			scope: readScope("groups"),
			params: idParams("groupId"),
			query: pagedQuery({ sortOrder: SortOrder, expand: CommaList }),
			success: { status: 200, model: "UserEntityListing" },
			handler: ({ params, query, url, principal }) => members(params.groupId, query, url, principal),
		}),
		route({
			method: "GET",
			path: "/api/inlay/v1/groups/:groupId/members",
			operationId: "getInlayGroupMembers",
			summary:
				"The members of a group whose name, e-mail address or user name holds a text; an operation of Inlay's own",
			permission: noPermission,
			scope: readScope("groups"),
			params: idParams("groupId"),
			query: pagedQuery({ text: Type.Optional(Type.String({ maxLength: 500 })) }),
			success: { status: 200, model: "UserEntityListing" },
			handler: ({ params, query, url, principal }) => members(params.groupId, query, url, principal),
		}),
		route({
			method: "GET",
			path: "/api/v2/groups/:groupId/individuals",
			operationId: "getGroupIndividuals",
			summary: "The members of a group as persons",
			permission: noPermission,
			scope: readScope("groups"),
			params: idParams("groupId"),
			success: { status: 200, model: "UserEntityListing" },
			handler: ({ params, url, principal }) => members(params.groupId, { pageSize: 10_000 }, url, principal),
		}),
		route({
			method: "POST",
			path: "/api/v2/groups/:groupId/members",
			operationId: "postGroupMembers",
			summary: "Add members to a group",
			permission: noPermission,
			forOthers: anyOf("directory:group:edit"),
			scope: writeScope("groups"),
			params: idParams("groupId"),
			body: Type.Object({
				memberIds: Type.Array(Type.String(), { maxItems: 1_000 }),
				version: SeenVersion,
			}),
			honoursIfMatch: true,
			success: { status: 202 },
			errors: ["version.conflict"],
			async handler({ params, body, principal, headers }) {
				requireOwnership(await groups.get(params.groupId), principal);
				await groups.addMembers(principal, params.groupId, body.memberIds, seenVersion(headers, body.version));
				return {};
			},
		}),
		route({
			method: "DELETE",
			path: "/api/v2/groups/:groupId/members",
			operationId: "deleteGroupMembers",
			summary: "Remove members from a group",
			permission: noPermission,
			forOthers: anyOf("directory:group:edit"),
			scope: writeScope("groups"),
			params: idParams("groupId"),
			query: Type.Object({ ids: Type.Union([Type.String(), Type.Array(Type.String())]) }),
			honoursIfMatch: true,
			success: { status: 202 },
			errors: ["version.conflict", "last.administrator"],
			async handler({ params, query, principal, headers }) {
				requireOwnership(await groups.get(params.groupId), principal);
				await groups.removeMembers(principal, params.groupId, readList(query.ids), seenVersion(headers));
				return {};
			},
		}),
	];

	async function view(group: Group) {
		const counts = await groups.memberCounts([group.id]);
		return versioned(groupView(group, counts.get(group.id) ?? 0));
	}

	async function groupViews(found: readonly Group[]) {
		const counts = await groups.memberCounts(found.map((group) => group.id));
		return found.map((group) => groupView(group, counts.get(group.id) ?? 0));
	}

	async function members(
		groupId: string,
		query: { pageSize?: number; pageNumber?: number; sortOrder?: string; expand?: string | string[]; text?: string },
		url: string,
		principal: Principal,
	) {
		await groups.get(groupId);
		const page = pageRequest(query);
		const filter = {
			memberOf: groupId,
			descending: isDescending(query.sortOrder),
			...(query.text ? { search: [searchFor(query.text)] } : {}),
		};
		const { users: found, total } = await users.list(filter, page);
		return pageOf(await views.usersView(found, principal, readList(query.expand)), total, page, url);
	}

	async function search(request: SearchRequest) {
		const { pageSize = 25, pageNumber = 1 } = request;
		const criteria = (request.query ?? []) as SearchCriterion[];
		const { descending, byScore } = readSort(request, ["name"]);
		const filter = { search: criteria, descending, byScore };
		const { groups: found, total } = await groups.list(filter, { pageSize, pageNumber });
		return searchAnswer({ results: await groupViews(found), total, type: "groups" }, pageSize, pageNumber);
	}
}

function searchFor(value: string): SearchCriterion {
	return { type: "QUERY_STRING", fields: ["name", "email", "username"], value };
}

/**
 * The platform lists no permission for membership; here it takes the group's ownership or directory:group:edit, since
 * groups can hold roles and open deployments: nobody lets themselves in.
 */
function requireOwnership(group: Group, principal: Principal): void {
	if (principal.userId && group.ownerIds.includes(principal.userId)) return;
	// A group has no division: whom it takes in is the whole organization's, as the group itself.
	if (holds(principal, "directory:group:edit")) {
		requireInDivision(principal, ["directory:group:edit"], "*");
		return;
	}
	throw new ApiError(403, "missing.permissions", "This needs the permission {permissions} or the group's ownership.", {
		params: { permissions: "directory:group:edit" },
		entityId: group.id,
		entityName: "group",
	});
}
