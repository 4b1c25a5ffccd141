import { Type } from "typebox";
import { mayEnlist } from "../authorization/judge.ts";
import { notFound } from "../kernel/http/api-error.ts";
import { pageOf, pageOfAll, pageOffset, pageRequest } from "../kernel/http/paging.ts";
import { anyOf, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { CommaList, idParams, isDescending, pagedQuery, readList, SortOrder } from "../kernel/http/schemas.ts";
import { actorOf, type Principal, requireInDivision } from "../kernel/principal.ts";
import type { ListedMember } from "./member-store.ts";

import type { Queue } from "./queue-model.ts";
import type { Queues } from "./queues.ts";
import type { RoutingUsers } from "./routes.ts";
import { memberBody, memberListBody, refListBody } from "./schemas.ts";
import { memberView } from "./views.ts";

const path = "/api/v2/routing/queues/:queueId/members";
const reading = ["routing:queue:view", "routing:queue:edit", "routing:queue:readonly", "routing:queueMember:manage"];
const managing = ["routing:queue:edit", "routing:queueMember:manage"];

/** Who works in a queue (platform-api 5.2). */
export function memberRoutes(queues: Queues, users: RoutingUsers): Route[] {
	async function open(queueId: string, permissions: readonly string[], principal: Principal): Promise<Queue> {
		const queue = await queues.require(queueId);
		requireInDivision(principal, permissions, queue.divisionId);
		return queue;
	}

	/** `expand` tells more of each member's user; the routing status is there anyway. */
	async function views(members: readonly ListedMember[], asking: Principal, expand: string[]) {
		const shown = members.map(memberView);
		if (expand.length === 0) return shown;
		const ids = members.map((member) => member.userId);
		const people = await users.shown(ids, asking, expand);
		return shown.map((member) => ({ ...member, user: people.get(member.id) ?? member.user }));
	}

	return [
		route({
			method: "GET",
			path,
			operationId: "getRoutingQueueMembers",
			summary: "Lists a queue's members by name.",
			permission: anyOf(...reading),
			scope: readScope("routing"),
			params: idParams("queueId"),
			query: pagedQuery({
				name: Type.Optional(Type.String()),
				joined: Type.Optional(Type.Boolean()),
				routingStatus: CommaList,
				memberBy: Type.Optional(Type.String()),
				sortOrder: SortOrder,
				expand: CommaList,
			}),
			success: { status: 200, model: "QueueMemberEntityListing" },
			async handler({ params, query, principal, url }) {
				const queue = await open(params.queueId, reading, principal);
				const statuses = readList(query.routingStatus).map((one) => one.toUpperCase());
				const page = pageRequest(query);
				// Whoever is a member is one by themselves: groups and skills make nobody a member yet.
				if (query.memberBy && query.memberBy.toLowerCase() !== "user") return pageOf([], 0, page, url);
				const filter = {
					...(query.name ? { name: query.name } : {}),
					...(query.joined === undefined ? {} : { joined: query.joined }),
					...(statuses.length > 0 ? { statuses } : {}),
					descending: isDescending(query.sortOrder),
				};
				const slice = { limit: page.pageSize, offset: pageOffset(page) };
				const { members, total } = await queues.listMembers(queue.id, filter, slice);
				return pageOf(await views(members, principal, readList(query.expand)), total, page, url);
			},
		}),
		route({
			method: "POST",
			path,
			operationId: "postRoutingQueueMembers",
			summary: "Adds members, or removes them with delete=true.",
			permission: anyOf(...managing),
			scope: writeScope("routing"),
			params: idParams("queueId"),
			query: Type.Object({ delete: Type.Optional(Type.Boolean()) }),
			body: refListBody,
			success: { status: 204 },
			async handler({ params, query, body, principal }) {
				const queue = await open(params.queueId, managing, principal);
				const ids = [...new Set(body.map((one) => one.id))];
				if (query.delete) await queues.removeMembers(queue.id, ids, actorOf(principal));
				else {
					mayEnlist(principal, managing, await users.find(ids));
					await queues.addMembers(queue.id, ids, actorOf(principal));
				}
			},
		}),
		route({
			method: "PATCH",
			path,
			operationId: "patchRoutingQueueMembers",
			summary: "Changes members' joined state and ring; those who are no members are ignored.",
			permission: anyOf(...managing),
			scope: writeScope("routing"),
			params: idParams("queueId"),
			body: memberListBody,
			readOnly: "rest",
			success: { status: 200, model: "QueueMemberEntityListing" },
			async handler({ params, body, principal, url }) {
				const queue = await open(params.queueId, managing, principal);
				const put = body.filter((one) => one.joined).map((one) => one.id);
				mayEnlist(principal, managing, await users.find(put));
				const changes = body.map((one) => ({ queueId: queue.id, userId: one.id, ...stated(one) }));
				const userIds = (await queues.changeMembers(changes, actorOf(principal))).map((member) => member.userId);
				const page = { pageNumber: 1, pageSize: 100 };
				const { members } = await queues.listMembers(queue.id, { userIds }, { limit: userIds.length, offset: 0 });
				return pageOfAll(members.map(memberView), page, url);
			},
		}),
		route({
			method: "PATCH",
			path: `${path}/:memberId`,
			operationId: "patchRoutingQueueMember",
			summary: "Changes a member's joined state and ring.",
			permission: anyOf(...managing),
			scope: writeScope("routing"),
			params: idParams("queueId", "memberId"),
			body: memberBody,
			readOnly: "rest",
			success: { status: 202 },
			async handler({ params, body, principal }) {
				const queue = await open(params.queueId, managing, principal);
				if (body.joined) mayEnlist(principal, managing, await users.find([params.memberId]));
				const change = { queueId: queue.id, userId: params.memberId, ...stated(body) };
				const changed = await queues.changeMembers([change], actorOf(principal));
				if (changed.length === 0) throw notFound("member", params.memberId);
			},
		}),
		route({
			method: "DELETE",
			path: `${path}/:memberId`,
			operationId: "deleteRoutingQueueMember",
			summary: "Removes a member.",
			permission: anyOf(...managing),
			scope: writeScope("routing"),
			params: idParams("queueId", "memberId"),
			success: { status: 204 },
			async handler({ params, principal }) {
				const queue = await open(params.queueId, managing, principal);
				await queues.removeMembers(queue.id, [params.memberId], actorOf(principal));
			},
		}),
	];
}

/** What a client said of a membership; null and absent say nothing. */
function stated(body: { joined?: boolean | null; ringNumber?: number | null }) {
	return {
		...(typeof body.joined === "boolean" ? { joined: body.joined } : {}),
		...(typeof body.ringNumber === "number" ? { ringNumber: body.ringNumber } : {}),
	};
}
