import { Type } from "typebox";
import { mayEnlist } from "../authorization/judge.ts";
import { notFound } from "../kernel/http/api-error.ts";
import { pageOf, pageOfAll, pageOffset, pageRequest } from "../kernel/http/paging.ts";
import { anyOf, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { CommaList, idParams, isDescending, pagedQuery, readList, SortOrder } from "../kernel/http/schemas.ts";
import {
	actorOf,
	type DivisionSet,
	divisionsWith,
	type Principal,
	requireInDivision,
	requireUser,
} from "../kernel/principal.ts";
import { type DivisionDirectory, divisionNames } from "./ports.ts";
import type { Queues } from "./queues.ts";
import type { RoutingUsers } from "./routes.ts";
import { userQueueBody, userQueueListBody } from "./schemas.ts";
import { userQueueView } from "./views.ts";

interface UserQueueRouteDeps {
	queues: Queues;
	users: RoutingUsers;
	authorization: DivisionDirectory;
}

const joining = ["routing:queue:join", "routing:queueMember:manage"];

/** The queues of one user, and in which of them they take work ("activate queues", platform-api 5.2). */
export function userQueueRoutes({ queues, users, authorization }: UserQueueRouteDeps): Route[] {
	/** One's own queues are all shown; of others' those in divisions that one may view. */
	function visible(principal: Principal, userId: string): DivisionSet {
		return principal.userId === userId ? "all" : divisionsWith(principal, ["routing:queue:view"]);
	}

	/** The queues among these of which the user is a member, as they are after a change. */
	async function viewsOf(userId: string, queueIds: string[]) {
		const [mine, names] = await Promise.all([queues.queuesOfUser(userId), divisionNames(authorization)]);
		return mine.filter((queue) => queueIds.includes(queue.id)).map((queue) => userQueueView(queue, names));
	}

	/**
	 * Sets `joined` where the user is a member; other queues are ignored. Joining oneself needs routing:queue:join,
	 * somebody else routing:queueMember:manage.
	 */
	async function join(userId: string, wanted: Array<{ id: string; joined: boolean }>, principal: Principal) {
		const mine = new Map((await queues.queuesOfUser(userId)).map((queue) => [queue.id, queue]));
		const known = wanted.filter((one) => mine.has(one.id));
		const needed = principal.userId === userId ? joining : ["routing:queueMember:manage"];
		for (const { id } of known) requireInDivision(principal, needed, mine.get(id)?.divisionId ?? "");
		if (principal.userId !== userId) mayEnlist(principal, needed, await users.find([userId]));
		await queues.changeMembers(
			known.map(({ id, joined }) => ({ queueId: id, userId, joined })),
			actorOf(principal),
		);
		return viewsOf(
			userId,
			known.map(({ id }) => id),
		);
	}

	return [
		route({
			method: "GET",
			path: "/api/v2/users/:userId/queues",
			operationId: "getUserQueues",
			summary: "The queues that a user is a member of; only the joined ones unless joined=false.",
			permission: anyOf("routing:queue:view"),
			scope: readScope("users"),
			params: idParams("userId"),
			query: pagedQuery({ joined: Type.Optional(Type.Boolean({ default: true })), divisionId: CommaList }),
			success: { status: 200, model: "UserQueueEntityListing" },
			async handler({ params, query, principal, url }) {
				const user = await users.get(params.userId);
				const page = pageRequest(query);
				const divisions = narrowed(visible(principal, user.id), readList(query.divisionId));
				const { joined = true } = query;
				const found = await queues.list(
					{ member: { userId: user.id, joined }, divisions },
					{ limit: page.pageSize, offset: pageOffset(page) },
				);
				const names = await divisionNames(authorization);
				return pageOf(
					found.queues.map((queue) => userQueueView(queue, names)),
					found.total,
					page,
					url,
				);
			},
		}),
		route({
			method: "GET",
			path: "/api/v2/routing/queues/me",
			operationId: "getRoutingQueuesMe",
			summary: "The caller's queues, joined or not.",
			permission: noPermission,
			scope: readScope("routing"),
			query: pagedQuery({ joined: Type.Optional(Type.Boolean()), sortOrder: SortOrder }),
			success: { status: 200, model: "UserQueueEntityListing" },
			async handler({ query, principal, url }) {
				const userId = requireUser(principal);
				const page = pageRequest(query);
				const { joined } = query;
				const found = await queues.list(
					{
						member: { userId, ...(joined === undefined ? {} : { joined }) },
						descending: isDescending(query.sortOrder),
					},
					{ limit: page.pageSize, offset: pageOffset(page) },
				);
				const names = await divisionNames(authorization);
				return pageOf(
					found.queues.map((queue) => userQueueView(queue, names)),
					found.total,
					page,
					url,
				);
			},
		}),
		route({
			method: "PATCH",
			path: "/api/v2/users/:userId/queues",
			operationId: "patchUserQueues",
			summary: "Starts or stops taking work of queues; queues that the user is no member of are ignored.",
			permission: anyOf(...joining),
			forOthers: anyOf("routing:queueMember:manage"),
			scope: writeScope("users"),
			params: idParams("userId"),
			body: userQueueListBody,
			readOnly: "rest",
			success: { status: 200, model: "UserQueueEntityListing" },
			async handler({ params, body, principal, url }) {
				const user = await users.get(params.userId);
				const views = await join(user.id, body, principal);
				return pageOfAll(views, { pageNumber: 1, pageSize: Math.max(25, views.length) }, url);
			},
		}),
		route({
			method: "PATCH",
			path: "/api/v2/users/:userId/queues/:queueId",
			operationId: "patchUserQueue",
			summary: "Starts or stops taking work of a queue.",
			permission: anyOf(...joining),
			forOthers: anyOf("routing:queueMember:manage"),
			scope: writeScope("users"),
			params: idParams("userId", "queueId"),
			body: userQueueBody,
			readOnly: "rest",
			success: { status: 200, model: "UserQueue" },
			async handler({ params, body, principal }) {
				const user = await users.get(params.userId);
				const [view] = await join(user.id, [{ id: params.queueId, joined: body.joined }], principal);
				if (!view) throw notFound("queue", params.queueId);
				return view;
			},
		}),
	];
}

function narrowed(divisions: DivisionSet, wanted: string[]): DivisionSet {
	if (wanted.length === 0) return divisions;
	return new Set(wanted.filter((id) => divisions === "all" || divisions.has(id)));
}
