import { licenses as definitions } from "@inlay/contract/licenses";
import { Type } from "typebox";
import { badField, notFound } from "../../kernel/http/api-error.ts";
import { pageOf, pageRequest } from "../../kernel/http/paging.ts";
import { anyOf, everywhere, noPermission, type Route, readScope, route, writeScope } from "../../kernel/http/route.ts";
import { idParams, pagedQuery } from "../../kernel/http/schemas.ts";
import { actorOf, type Principal, requireInDivision } from "../../kernel/principal.ts";
import type { User } from "../model.ts";
import type { Users } from "../users.ts";

const viewing = ["authorization:grant:view", "authorization:grant:add"];
const giving = ["authorization:grant:add"];
const base = "/api/v2/license";
const mostUsers = 1_000;
const ids = Type.Array(Type.String({ maxLength: 200 }), { maxItems: mostUsers });

const assignment = Type.Object({
	licenseId: Type.String({ maxLength: 200 }),
	userIdsAdd: Type.Optional(ids),
	userIdsRemove: Type.Optional(ids),
});

/** What users are licensed for, as the platform has it (its License API). */
export function licenseRoutes(users: Users): Route[] {
	return [...definitionRoutes(), ...userLicenseRoutes(users), assignRoute(users)];
}

function definitionRoutes(): Route[] {
	const common = { method: "GET", permission: noPermission, scope: readScope("authorization") } as const;
	return [
		route({
			...common,
			path: `${base}/definitions`,
			operationId: "getLicenseDefinitions",
			summary: "Lists the licenses that users can have.",
			success: { status: 200 },
			handler: async () => definitions.map(({ id }) => definitionView(id)),
		}),
		route({
			...common,
			path: `${base}/definitions/:licenseId`,
			operationId: "getLicenseDefinition",
			summary: "One license.",
			params: idParams("licenseId"),
			success: { status: 200, model: "LicenseDefinition" },
			async handler({ params: { licenseId } }) {
				if (!definitions.some(({ id }) => id === licenseId)) throw notFound("license", licenseId);
				return definitionView(licenseId);
			},
		}),
	];
}

function userLicenseRoutes(users: Users): Route[] {
	const view = async (user: User) => userView(user.id, await users.licenses.of(user.id));
	return [
		route({
			method: "GET",
			path: `${base}/users`,
			operationId: "getLicenseUsers",
			summary: "Lists users with the ids of their licenses.",
			permission: everywhere(anyOf(...viewing)),
			scope: readScope("authorization"),
			query: pagedQuery({}),
			success: { status: 200, model: "UserLicensesEntityListing" },
			async handler({ query, url }) {
				const page = pageRequest(query);
				const found = await users.list({ state: "active" }, page);
				const held = await users.licenses.ofAll(found.users.map(({ id }) => id));
				const entities = found.users.map(({ id }) => ({
					id,
					licenses: held.get(id) ?? [],
					selfUri: `${base}/users/${id}`,
				}));
				return pageOf(entities, found.total, page, url);
			},
		}),
		route({
			method: "GET",
			path: `${base}/users/:userId`,
			operationId: "getLicenseUser",
			summary: "What a user is licensed for; one's own needs no permission.",
			permission: noPermission,
			forOthers: anyOf(...viewing),
			scope: readScope("authorization"),
			params: idParams("userId"),
			success: { status: 200, model: "LicenseUser" },
			async handler({ params: { userId }, principal }) {
				const user = await users.get(userId);
				if (principal.userId !== userId) requireInDivision(principal, viewing, user.divisionId);
				return view(user);
			},
		}),
		route({
			method: "POST",
			path: `${base}/users`,
			operationId: "postLicenseUsers",
			summary: "What each of several users is licensed for, by id.",
			permission: anyOf(...viewing),
			scope: readScope("authorization"),
			body: ids,
			success: { status: 200 },
			async handler({ body, principal }) {
				const found = await named(users, "body", body, principal, viewing);
				const views = await Promise.all(found.map(async (user) => [user.id, (await view(user)).licenses] as const));
				return Object.fromEntries(views);
			},
		}),
	];
}

function assignRoute(users: Users): Route {
	return route({
		method: "POST",
		path: `${base}/organization`,
		operationId: "postLicenseOrganization",
		summary: "Gives users licenses, and takes them: all of it or nothing.",
		permission: anyOf(...giving),
		scope: writeScope("authorization"),
		body: Type.Object({ assignments: Type.Array(assignment, { minItems: 1, maxItems: 20 }) }),
		success: { status: 200 },
		errors: ["invalid.value"],
		async handler({ body, principal }) {
			const wanted = body.assignments.map(({ licenseId, userIdsAdd = [], userIdsRemove = [] }) => {
				return { licenseId, userIdsAdd, userIdsRemove };
			});
			for (const [index, { userIdsAdd, userIdsRemove }] of wanted.entries()) {
				await named(users, `assignments[${index}].userIdsAdd`, userIdsAdd, principal, giving);
				await named(users, `assignments[${index}].userIdsRemove`, userIdsRemove, principal, giving);
			}
			const done = await users.licenses.assign(wanted, actorOf(principal));
			return done.map((one) => ({ ...one, result: "success" }));
		},
	});
}

/** @throws ApiError 400 naming the field for who is none, 403 where one may not be touched */
async function named(
	users: Users,
	field: string,
	wanted: readonly string[],
	principal: Principal,
	permissions: readonly string[],
): Promise<User[]> {
	return Promise.all(
		[...new Set(wanted)].map(async (id) => {
			const user = await users.living(id).catch(() => undefined);
			if (!user) throw badField(field, `There is no user ${id}.`);
			requireInDivision(principal, permissions, user.divisionId);
			return user;
		}),
	);
}

function definitionView(id: string) {
	const at = definitions.findIndex((one) => one.id === id);
	const comprises = definitions.slice(0, at).map((one) => ({ id: one.id, description: one.description }));
	return { ...definitions[at], comprises, selfUri: `${base}/definitions/${id}` };
}

function userView(id: string, held: readonly string[]) {
	return { id, licenses: held.map(definitionView), selfUri: `${base}/users/${id}` };
}
