import { permissionMatches } from "@inlay/contract";
import { Type } from "typebox";
import { pageOfAll, pageRequest } from "../kernel/http/paging.ts";
import { anyOf, everywhere, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { CommaList, honouring, idParams, pagedQuery, readList } from "../kernel/http/schemas.ts";
import { SeenVersion, seenVersion, versioned } from "../kernel/http/versions.ts";
import type { Authorization } from "./authorization.ts";
import type { Role } from "./model.ts";
import { permissionsOf } from "./policies.ts";
import { permissionCollections, roleView } from "./views.ts";

const Text = Type.Optional(Type.Union([Type.String({ maxLength: 2_000 }), Type.Null()]));

const Policy = Type.Object({
	domain: Type.Optional(Type.String()),
	entityName: Type.Optional(Type.String()),
	policyName: Type.Optional(Type.String()),
	policyDescription: Type.Optional(Type.String()),
	actionSet: Type.Optional(Type.Array(Type.String(), { maxItems: 500 })),
	namedResources: Type.Optional(Type.Array(Type.String())),
	allowConditions: Type.Optional(Type.Boolean()),
	resourceConditionNode: Type.Optional(Type.Unknown()),
});

const RoleBody = Type.Object({
	name: Type.String(),
	description: Text,
	permissions: Type.Optional(Type.Array(Type.String(), { maxItems: 5_000 })),
	permissionPolicies: Type.Optional(Type.Array(Policy, { maxItems: 2_000 })),
	version: SeenVersion,
});

/** Roles and the permission catalogue (platform-api 4.1). */
export function roleRoutes({ roles }: Authorization): Route[] {
	return [
		route({
			method: "GET",
			path: "/api/v2/authorization/roles",
			operationId: "getAuthorizationRoles",
			summary: "List roles",
			permission: anyOf("authorization:role:view"),
			scope: readScope("authorization"),
			query: pagedQuery({
				name: Type.Optional(Type.String()),
				permission: CommaList,
				defaultRoleId: CommaList,
				userCount: Type.Optional(Type.Boolean()),
				id: CommaList,
				sortBy: honouring("name"),
			}),
			success: { status: 200, model: "OrganizationRoleEntityListing" },
			async handler({ query, url }) {
				const filter = {
					name: query.name,
					ids: readList(query.id),
					defaultRoleIds: readList(query.defaultRoleId),
					permissions: readList(query.permission),
				};
				const matching = (await roles.list()).filter((role) => isWanted(role, filter));
				const counts = query.userCount === false ? new Map<string, number>() : await roles.userCounts();
				const page = pageOfAll(matching, pageRequest(query), url);
				return { ...page, entities: page.entities.map((role) => roleView(role, counts.get(role.id) ?? 0)) };
			},
		}),
		route({
			method: "POST",
			path: "/api/v2/authorization/roles",
			operationId: "postAuthorizationRoles",
			summary: "Create a role",
			permission: everywhere(anyOf("authorization:role:add")),
			scope: writeScope("authorization"),
			body: RoleBody,
			readOnly: ["base", "default", "defaultRoleId", "roleNeedsUpdate", "userCount"],
			success: { status: 200, model: "DomainOrganizationRole" },
			errors: ["resource.already.exists", "unknown.permission"],
			handler: async ({ body, principal }) => versioned(roleView(await roles.create(principal, toRequest(body)), 0)),
		}),
		route({
			method: "GET",
			path: "/api/v2/authorization/roles/:roleId",
			operationId: "getAuthorizationRole",
			summary: "One role",
			permission: anyOf("authorization:role:view"),
			scope: readScope("authorization"),
			params: idParams("roleId"),
			success: { status: 200, model: "DomainOrganizationRole" },
			handler: async ({ params }) => versioned(await view(params.roleId)),
		}),
		route({
			method: "PUT",
			path: "/api/v2/authorization/roles/:roleId",
			operationId: "putAuthorizationRole",
			summary: "Change a role",
			permission: everywhere(anyOf("authorization:role:edit")),
			scope: writeScope("authorization"),
			params: idParams("roleId"),
			body: RoleBody,
			honoursIfMatch: true,
			success: { status: 200, model: "DomainOrganizationRole" },
			errors: ["resource.already.exists", "unknown.permission", "version.conflict", "last.administrator"],
			async handler({ params, body, principal, headers }) {
				const version = seenVersion(headers, body.version);
				const role = await roles.update(principal, params.roleId, toRequest(body), version);
				const counts = await roles.userCounts();
				return versioned(roleView(role, counts.get(role.id) ?? 0));
			},
		}),
		route({
			method: "DELETE",
			path: "/api/v2/authorization/roles/:roleId",
			operationId: "deleteAuthorizationRole",
			summary: "Delete a role; the product's own roles stay",
			permission: everywhere(anyOf("authorization:role:delete")),
			scope: writeScope("authorization"),
			params: idParams("roleId"),
			honoursIfMatch: true,
			success: { status: 204 },
			errors: ["version.conflict", "last.administrator"],
			handler: ({ params, principal, headers }) => roles.remove(principal, params.roleId, seenVersion(headers)),
		}),
		route({
			method: "GET",
			path: "/api/v2/authorization/permissions",
			operationId: "getAuthorizationPermissions",
			summary: "The catalogue of permissions",
			permission: noPermission,
			scope: readScope("authorization"),
			query: pagedQuery({ query: Type.Optional(Type.String()) }),
			success: { status: 200, model: "PermissionCollectionEntityListing" },
			handler: ({ query, url }) => pageOfAll(matchingCollections(query.query), pageRequest(query), url),
		}),
	];

	async function view(id: string) {
		const [role, counts] = await Promise.all([roles.get(id), roles.userCounts()]);
		return roleView(role, counts.get(id) ?? 0);
	}
}

interface RoleFilter {
	name: string | undefined;
	ids: string[];
	defaultRoleIds: string[];
	permissions: string[];
}

/** An empty part of the filter lets everything through; a name matches anywhere in the role's name. */
function isWanted(role: Role, { name, ids, defaultRoleIds, permissions }: RoleFilter): boolean {
	const held = permissionsOf(role.policies);
	return (
		(!name || role.name.toLowerCase().includes(name.toLowerCase())) &&
		(ids.length === 0 || ids.includes(role.id)) &&
		(defaultRoleIds.length === 0 || defaultRoleIds.includes(role.defaultRoleId ?? "")) &&
		permissions.every((wanted) => held.some((granted) => permissionMatches(granted, wanted)))
	);
}

function matchingCollections(query: string | undefined) {
	if (!query) return permissionCollections;
	const wanted = query.toLowerCase();
	return permissionCollections.filter((collection) => JSON.stringify(collection).toLowerCase().includes(wanted));
}

function toRequest<T extends { description?: string | null }>(body: T) {
	const { description, ...rest } = body;
	return { ...rest, ...(typeof description === "string" ? { description } : {}) };
}
