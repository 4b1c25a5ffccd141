import { Type } from "typebox";
import { badField } from "../kernel/http/api-error.ts";
import { allOf, anyOf, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { actingId, type DivisionSet, divisionsWith, type Principal, requireInDivision } from "../kernel/principal.ts";
import type { Authorization } from "./authorization.ts";
import { toldIn } from "./effective-grants.ts";
import { mostGrantsAtOnce } from "./grants.ts";
import { type Grant, type SubjectType, subjectTypes } from "./model.ts";
import { subjectView, type UserAuthorization } from "./views.ts";

const Duplicates = Type.Object({ includeDuplicates: Type.Optional(Type.Boolean()) });

/** Subjects and their grants (platform-api 4.1). */
export function subjectRoutes(authorization: Authorization): Route[] {
	const { grants, roles, divisions } = authorization;
	return [
		route({
			method: "GET",
			path: "/api/v2/authorization/subjects/me",
			operationId: "getAuthorizationSubjectsMe",
			summary: "The grants of whoever asks",
			permission: noPermission,
			scope: readScope("authorization"),
			query: Duplicates,
			success: { status: 200, model: "AuthzSubject" },
			handler: ({ principal, query }) => view(actingId(principal), query.includeDuplicates),
		}),
		route({
			method: "GET",
			path: "/api/v2/authorization/subjects/:subjectId",
			operationId: "getAuthorizationSubject",
			summary: "The grants of a user, a group or an OAuth client",
			permission: anyOf("authorization:grant:view"),
			scope: readScope("authorization"),
			params: idParams("subjectId"),
			query: Duplicates,
			success: { status: 200, model: "AuthzSubject" },
			handler: ({ params, query, principal }) => view(params.subjectId, query.includeDuplicates, viewableBy(principal)),
		}),
		route({
			method: "POST",
			path: "/api/v2/authorization/subjects/:subjectId/divisions/:divisionId/roles/:roleId",
			operationId: "postAuthorizationSubjectDivisionRole",
			summary: "Grant a role in a division; * means every division",
			permission: allOf("authorization:grant:add"),
			scope: writeScope("authorization"),
			params: idParams("subjectId", "divisionId", "roleId"),
			query: Type.Object({ subjectType: Type.Optional(Type.String()) }),
			success: { status: 204 },
			async handler({ params, query, principal }) {
				const { subjectId, divisionId, roleId } = params;
				requireInDivision(principal, ["authorization:grant:add"], divisionId);
				const { type } = await grants.subject(subjectId, readSubjectType(query.subjectType));
				await grants.grant(principal, { subjectId, subjectType: type }, { roleId, divisionId });
			},
		}),
		route({
			method: "DELETE",
			path: "/api/v2/authorization/subjects/:subjectId/divisions/:divisionId/roles/:roleId",
			operationId: "deleteAuthorizationSubjectDivisionRole",
			summary: "Take a role in a division away",
			permission: allOf("authorization:grant:delete"),
			scope: writeScope("authorization"),
			params: idParams("subjectId", "divisionId", "roleId"),
			success: { status: 204 },
			errors: ["last.administrator"],
			handler: ({ params, principal }) => grants.revoke(principal, params),
		}),
		route({
			method: "POST",
			path: "/api/v2/authorization/roles/:roleId",
			operationId: "postAuthorizationRole",
			summary: "Grant a role to many at once, in each of the divisions",
			permission: allOf("authorization:grant:add"),
			scope: writeScope("authorization"),
			params: idParams("roleId"),
			query: Type.Object({ subjectType: Type.Optional(Type.String()) }),
			body: Type.Object({
				subjectIds: Type.Array(Type.String(), { minItems: 1, maxItems: 1_000 }),
				divisionIds: Type.Array(Type.String(), { minItems: 1, maxItems: 100 }),
			}),
			success: { status: 204 },
			async handler({ params: { roleId }, query, body, principal }) {
				const subjectType = readSubjectType(query.subjectType);
				const receivers = [...new Set(body.subjectIds)].map((subjectId) => ({ subjectId, subjectType }));
				const divisionIds = [...new Set(body.divisionIds)];
				for (const divisionId of divisionIds) requireInDivision(principal, ["authorization:grant:add"], divisionId);
				if (receivers.length * divisionIds.length > mostGrantsAtOnce) throw tooMany();
				const roles = divisionIds.map((divisionId) => ({ roleId, divisionId }));
				await grants.grantAll(principal, receivers, roles);
			},
		}),
		route({
			method: "PUT",
			path: "/api/v2/authorization/roles/:roleId/users/remove",
			operationId: "putAuthorizationRoleUsersRemove",
			summary: "Take a role from users, in whatever division they hold it themselves",
			permission: anyOf("authorization:grant:delete"),
			scope: writeScope("authorization"),
			params: idParams("roleId"),
			body: Type.Array(Type.String(), { minItems: 1, maxItems: 1_000 }),
			success: { status: 200 },
			errors: ["last.administrator"],
			handler: ({ params, body, principal }) => grants.revokeAll(principal, params.roleId, [...new Set(body)]),
		}),
		route({
			method: "GET",
			path: "/api/v2/users/:subjectId/roles",
			operationId: "getUserRoles",
			summary: "The roles and effective permissions of a user",
			permission: anyOf("authorization:grant:view"),
			scope: readScope("authorization"),
			params: idParams("subjectId"),
			success: { status: 200, model: "UserAuthorization" },
			async handler({ params, principal }) {
				await grants.subject(params.subjectId, "PC_USER");
				return authorization.userAuthorization(params.subjectId, viewableBy(principal));
			},
		}),
		route({
			method: "PUT",
			path: "/api/v2/users/:subjectId/roles",
			operationId: "putUserRoles",
			summary: "Set the roles of a user; new ones hold in the home division",
			permission: anyOf("authorization:grant:add"),
			scope: writeScope("authorization"),
			params: idParams("subjectId"),
			body: Type.Array(Type.String(), { maxItems: 500 }),
			success: { status: 200, model: "UserAuthorization" },
			errors: ["last.administrator"],
			async handler({ params, body, principal }) {
				await grants.subject(params.subjectId, "PC_USER");
				await grants.setRoles(principal, params.subjectId, [...new Set(body)]);
				const told = await authorization.userAuthorization(params.subjectId, viewableBy(principal));
				return { ...told, roles: await withThoseSet(told.roles, body) };
			},
		}),
	];

	/** Whoever sets roles and may not see them, or not everywhere, knows those that they have just set. */
	async function withThoseSet(told: UserAuthorization["roles"], roleIds: readonly string[]) {
		const ids = new Set([...told.map(({ id }) => id), ...roleIds]);
		return (await roles.list()).filter(({ id }) => ids.has(id)).map(({ id, name }) => ({ id, name }));
	}

	async function view(subjectId: string, includeDuplicates: boolean | undefined, where: DivisionSet = "all") {
		const [{ subject }, held, allRoles, allDivisions] = await Promise.all([
			grants.subject(subjectId),
			authorization.effectiveRows(subjectId),
			roles.list(),
			divisions.list(),
		]);
		const rows = toldIn(held, where);
		const shown = includeDuplicates ? rows : withoutDuplicates(rows, subjectId);
		return subjectView(subject, shown, { roles: allRoles, divisions: allDivisions });
	}
}

function viewableBy(principal: Principal): DivisionSet {
	return divisionsWith(principal, ["authorization:grant:view"]);
}

/** A role that comes from several sides is shown once per division, the subject's own grant first. */
function withoutDuplicates(rows: readonly Grant[], subjectId: string): Grant[] {
	const ownLast = [...rows].sort((a, b) => Number(a.subjectId === subjectId) - Number(b.subjectId === subjectId));
	return [...new Map(ownLast.map((grant) => [`${grant.roleId}/${grant.divisionId}`, grant])).values()];
}

function readSubjectType(sent: string | undefined): SubjectType {
	const type = subjectTypes.find((known) => known === (sent ?? "PC_USER"));
	if (type) return type;
	throw badField("subjectType", `subjectType must be one of ${subjectTypes.join(", ")}.`, "invalid.query.param.value");
}

function tooMany() {
	return badField("subjectIds", `These are more than ${mostGrantsAtOnce} grants: give fewer at once.`);
}
