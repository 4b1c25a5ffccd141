import { Type } from "typebox";
import { badField, notFound, notSupported } from "../kernel/http/api-error.ts";
import { pageOf, pageRequest } from "../kernel/http/paging.ts";
import { anyOf, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { CommaList, idParams, isDescending, pagedQuery, readList, SortOrder } from "../kernel/http/schemas.ts";
import { seenVersion } from "../kernel/http/versions.ts";
import { actorOf, type Principal, requireInDivision, requireUser } from "../kernel/principal.ts";
import type { UserState } from "./model.ts";
import { readQ64, searchAnswer } from "./search-answer.ts";
import { readSearchRequest, type SearchRequest, stateIsWanted, UserSearchBody } from "./search-schema.ts";
import { readSort } from "./search-sort.ts";
import type { SearchCriterion } from "./search-store.ts";
import type { UserFilter } from "./store.ts";
import { CreateUserBody, toUserChange, UpdateUserBody } from "./user-bodies.ts";
import type { Users } from "./users.ts";

/** Users that are changed by one request. */
const mostAtOnce = 50;
const Expand = Type.Object({ expand: CommaList });
/** One of these is held where somebody is who is changed: their name, or whether they work. */
export const changingUsers = ["admin", "directory:user:edit", "directory:organization:admin"];
const deleting = ["admin", "directory:user:delete", "directory:organization:admin"];

/** Users (platform-api 4.1, 4.2). */
export function userRoutes(users: Users): Route[] {
	const { views } = users;
	return [
		route({
			method: "GET",
			path: "/api/v2/users",
			operationId: "getUsers",
			summary: "List users",
			permission: noPermission,
			scope: readScope("users"),
			query: pagedQuery({
				id: CommaList,
				jabberId: CommaList,
				state: Type.Optional(Type.String()),
				sortOrder: SortOrder,
				expand: CommaList,
			}),
			success: { status: 200, model: "UserEntityListing" },
			async handler({ query, url, principal }) {
				const page = pageRequest(query);
				const ids = [...readList(query.id), ...readList(query.jabberId).map(userIdOfJabberId)];
				const filter: UserFilter = {
					state: readState(query.state),
					descending: isDescending(query.sortOrder),
					...(ids.length > 0 ? { ids } : {}),
				};
				const { users: found, total } = await users.list(filter, page);
				return pageOf(await views.usersView(found, principal, readList(query.expand)), total, page, url);
			},
		}),
		route({
			method: "POST",
			path: "/api/v2/users",
			operationId: "postUsers",
			summary: "Create a user",
			permission: anyOf("directory:user:add"),
			scope: writeScope("users"),
			body: CreateUserBody,
			success: { status: 200, model: "User" },
			errors: ["resource.already.exists"],
			async handler({ body, principal }) {
				requireInDivision(principal, ["directory:user:add"], body.divisionId);
				return views.userView(await users.create(toNewUser(body), { actor: actorOf(principal) }), principal);
			},
		}),
		route({
			method: "GET",
			path: "/api/v2/users/me",
			operationId: "getUsersMe",
			summary: "The user whose token asks",
			permission: noPermission,
			scope: { anyOf: ["user-basic-info"] },
			query: Expand,
			success: { status: 200, model: "UserMe" },
			errors: ["not.a.user"],
			handler: async ({ principal, query }) =>
				views.meView(await users.get(requireUser(principal)), principal, readList(query.expand)),
		}),
		route({
			method: "GET",
			path: "/api/v2/users/search",
			operationId: "getUsersSearch",
			summary: "Search users; the request stands in q64",
			permission: anyOf("directory:user:view"),
			scope: readScope("users"),
			query: Type.Object({ q64: Type.String(), expand: CommaList }),
			success: { status: 200, model: "UsersSearchResponse" },
			handler({ query, principal }) {
				const request = readSearchRequest(readQ64(query.q64), UserSearchBody);
				return search(request, [...readList(query.expand), ...(request.expand ?? [])], principal);
			},
		}),
		route({
			method: "POST",
			path: "/api/v2/users/search",
			operationId: "postUsersSearch",
			summary: "Search users",
			permission: anyOf("directory:user:view"),
			scope: readScope("users"),
			body: UserSearchBody,
			success: { status: 200, model: "UsersSearchResponse" },
			handler: ({ body, principal }) => search(body, body.expand ?? [], principal),
		}),
		route({
			method: "GET",
			path: "/api/v2/users/:userId",
			operationId: "getUser",
			summary: "One user",
			permission: noPermission,
			scope: readScope("users"),
			params: idParams("userId"),
			query: Type.Object({ expand: CommaList, state: Type.Optional(Type.String()) }),
			success: { status: 200, model: "User" },
			async handler({ params, query, principal }) {
				const user = await users.get(params.userId);
				const wanted = query.state === undefined ? "any" : readState(query.state);
				if (wanted !== "any" && user.state !== wanted) throw notFound("user", params.userId);
				return views.userView(user, principal, readList(query.expand));
			},
		}),
		route({
			method: "PATCH",
			path: "/api/v2/users/:userId",
			operationId: "patchUser",
			summary: "Change a user",
			permission: anyOf(...changingUsers),
			scope: writeScope("users"),
			params: idParams("userId"),
			body: UpdateUserBody,
			readOnly: ["chat"],
			honoursIfMatch: true,
			success: { status: 200, model: "User" },
			errors: ["version.conflict", "resource.already.exists", "last.administrator"],
			async handler({ params, body, principal, headers }) {
				const before = await users.get(params.userId);
				requireInDivision(principal, changingUsers, before.divisionId);
				if (body.state === "deleted") requireInDivision(principal, deleting, before.divisionId);
				// Sent back with the rest it stays; to move somebody is another operation.
				if (body.division?.id && body.division.id !== before.divisionId) throw notSupported(["division"]);
				const changes = toUserChange(body, before);
				const options = { version: seenVersion(headers, body.version) ?? body.version, by: principal };
				return views.userView(await users.update(params.userId, changes, options), principal);
			},
		}),
		route({
			method: "PATCH",
			path: "/api/v2/users/bulk",
			operationId: "patchUsersBulk",
			summary: "Changes several users at once, all of them or none.",
			permission: anyOf("directory:user:edit", "directory:organization:admin"),
			scope: writeScope("users"),
			body: Type.Array(
				Type.Object({
					id: Type.String({ minLength: 1, maxLength: 200 }),
					acdAutoAnswer: Type.Optional(Type.Boolean()),
				}),
				{ maxItems: mostAtOnce },
			),
			success: { status: 200, model: "UserEntityListing" },
			async handler({ body, principal, url }) {
				const before = await users.find(body.map(({ id }) => id));
				const known = new Map(before.map((one) => [one.id, one]));
				for (const { id } of body) {
					const one = known.get(id);
					if (!one || one.state === "deleted") throw notFound("user", id);
					requireInDivision(principal, changingUsers, one.divisionId);
				}
				const changed = await users.changeAnswering(
					body.flatMap(({ id, acdAutoAnswer }) => (acdAutoAnswer === undefined ? [] : [{ id, acdAutoAnswer }])),
					principal,
				);
				const now = new Map(changed.map((one) => [one.id, one]));
				const all = [...known.values()].map((one) => now.get(one.id) ?? one);
				const page = { pageSize: Math.max(1, all.length), pageNumber: 1 };
				return pageOf(await views.usersView(all, principal, []), all.length, page, url);
			},
		}),
		route({
			method: "DELETE",
			path: "/api/v2/users/:userId",
			operationId: "deleteUser",
			summary: "Delete a user",
			permission: anyOf(...deleting),
			scope: writeScope("users"),
			params: idParams("userId"),
			success: { status: 200 },
			errors: ["last.administrator"],
			async handler({ params, principal }) {
				const before = await users.get(params.userId);
				requireInDivision(principal, deleting, before.divisionId);
				await users.remove(params.userId, principal);
				return {};
			},
		}),
	];

	async function search(request: SearchRequest, expand: readonly string[], principal: Principal) {
		const { pageSize = 25, pageNumber = 1 } = request;
		const query = (request.query ?? []) as SearchCriterion[];
		const filter: UserFilter = {
			// Deleted users are found only by those who ask for a state.
			state: stateIsWanted(query) ? "any" : "active",
			search: query,
			...readSort(request, ["name", "email", "department", "title"]),
		};
		const { users: found, total } = await users.list(filter, { pageSize, pageNumber });
		return searchAnswer(
			{ results: await views.usersView(found, principal, expand), total, type: "users" },
			pageSize,
			pageNumber,
		);
	}
}

function readState(sent: string | undefined): UserState | "any" {
	const known = ["active", "inactive", "deleted", "any"] as const;
	const state = known.find((one) => one === (sent ?? "active").toLowerCase());
	if (state) return state;
	throw badField("state", `state must be one of ${known.join(", ")}.`, "invalid.query.param.value");
}

function userIdOfJabberId(jabberId: string): string {
	return jabberId.split("@")[0] ?? "";
}

function toNewUser<T extends { [key: string]: unknown }>(body: T) {
	return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)) as {
		[K in keyof T]: NonNullable<T[K]>;
	};
}
