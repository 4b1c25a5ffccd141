import { Type } from "typebox";
import { derived } from "../kernel/database/derived.ts";
import { pageOf, pageOffset, pageRequest } from "../kernel/http/paging.ts";
import { Answer, allOf, anyOf, jsonText, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
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
import type { Sight } from "../kernel/sight.ts";
import { chosenDivision, type DivisionDirectory, divisionNames } from "./ports.ts";
import type { CountedQueue, Queue, QueueInput } from "./queue-model.ts";
import type { QueueFilter } from "./queue-store.ts";
import type { Queues } from "./queues.ts";
import { newQueueBody, queueBody } from "./schemas.ts";
import { queueView } from "./views.ts";

const path = "/api/v2/routing/queues";

interface ListQuery {
	pageSize?: number;
	pageNumber?: number;
	sortOrder?: string;
	name?: string;
	id?: string | string[];
	divisionId?: string | string[];
	peerId?: string | string[];
}

/** The whole answer: a queue is read with every call that is shown, and changed once in a while. */
const answerOf = derived(
	(queue: CountedQueue, names: ReadonlyMap<string, string>) =>
		new Answer(200, JSON.stringify(queueView(queue, names)), { ...jsonText, etag: etagOf(queue.version) }),
);

/** Queues themselves; lists show those of the caller's divisions. */
export function queueRoutes(queues: Queues, directory: DivisionDirectory, sight: Sight): Route[] {
	/** The platform's `Queue` has no version: it stands in the ETag alone. */
	const view = async (queue: Queue) => {
		const [counted, names] = await Promise.all([queues.counted(queue), divisionNames(directory)]);
		return answerOf(counted, names);
	};

	async function list(query: ListQuery, permission: string, principal: Principal, url: string) {
		const page = pageRequest(query);
		const filter = queueFilter(query, permission, principal);
		const found = await queues.list(filter, { limit: page.pageSize, offset: pageOffset(page) });
		const names = await divisionNames(directory);
		return pageOf(
			found.queues.map((queue) => queueView(queue, names)),
			found.total,
			page,
			url,
		);
	}

	async function requireView(queueId: string, principal: Principal): Promise<Queue> {
		const queue = await queues.require(queueId);
		requireInDivision(principal, ["routing:queue:view"], queue.divisionId);
		return queue;
	}

	/** The queue, if the caller holds the permission where it is and where it shall be. */
	async function editable(queueId: string, input: QueueInput, principal: Principal): Promise<Queue> {
		const queue = await queues.require(queueId);
		requireInDivision(principal, ["routing:queue:edit"], queue.divisionId);
		if (input.division?.id) requireInDivision(principal, ["routing:queue:edit"], input.division.id);
		return queue;
	}

	return [
		route({
			method: "GET",
			path,
			operationId: "getRoutingQueues",
			summary: "Lists queues by name.",
			permission: anyOf("routing:queue:view"),
			scope: readScope("routing"),
			query: listQuery,
			success: { status: 200, model: "QueueEntityListing" },
			handler: ({ query, principal, url }) => list(query, "routing:queue:view", principal, url),
		}),
		route({
			method: "GET",
			path: `${path}/divisionviews`,
			operationId: "getRoutingQueuesDivisionviews",
			summary: "Lists the queues that the caller may search, for choosing one.",
			permission: allOf("routing:queue:search"),
			scope: readScope("routing"),
			query: choiceQuery,
			success: { status: 200, model: "QueueEntityListing" },
			handler: ({ query, principal, url }) => list(query, "routing:queue:search", principal, url),
		}),
		route({
			method: "POST",
			path,
			operationId: "postRoutingQueues",
			summary: "Makes a queue.",
			permission: anyOf("routing:queue:add"),
			scope: writeScope("routing"),
			body: newQueueBody,
			readOnly: ["memberCount", "userMemberCount", "joinedMemberCount"],
			success: { status: 200, model: "Queue" },
			errors: ["general.conflict"],
			async handler({ body, principal }) {
				const input = body as QueueInput;
				requireInDivision(principal, ["routing:queue:add"], await chosenDivision(directory, input.division));
				const source = input.sourceQueueId ? await requireView(input.sourceQueueId, principal) : undefined;
				await sight.requireNew(principal, namedBy(input.defaultScripts ?? source?.settings.defaultScripts));
				return view(await queues.create(input, actorOf(principal)));
			},
		}),
		route({
			method: "GET",
			path: `${path}/:queueId`,
			operationId: "getRoutingQueue",
			summary: "One queue.",
			permission: allOf("routing:queue:view"),
			scope: readScope("routing"),
			params: idParams("queueId"),
			success: { status: 200, model: "Queue" },
			async handler({ params, principal }) {
				return view(await requireView(params.queueId, principal));
			},
		}),
		route({
			method: "PUT",
			path: `${path}/:queueId`,
			operationId: "putRoutingQueue",
			summary: "Changes a queue; what is left away stays, null clears.",
			permission: anyOf("routing:queue:edit"),
			scope: writeScope("routing"),
			params: idParams("queueId"),
			body: queueBody,
			readOnly: ["memberCount", "userMemberCount", "joinedMemberCount"],
			honoursIfMatch: true,
			success: { status: 200, model: "Queue" },
			errors: ["general.conflict", "version.conflict"],
			async handler({ params, body, principal, headers }) {
				const input = body as QueueInput;
				const queue = await editable(params.queueId, input, principal);
				await sight.requireNew(principal, namedBy(input.defaultScripts), namedBy(queue.settings.defaultScripts));
				return view(await queues.update(queue.id, input, actorOf(principal), seenVersion(headers)));
			},
		}),
		route({
			method: "DELETE",
			path: `${path}/:queueId`,
			operationId: "deleteRoutingQueue",
			summary: "Deletes a queue without members, or any with forceDelete.",
			permission: allOf("routing:queue:delete"),
			scope: writeScope("routing"),
			params: idParams("queueId"),
			query: Type.Object({ forceDelete: Type.Optional(Type.Boolean()) }),
			honoursIfMatch: true,
			success: { status: 200 },
			errors: ["general.conflict", "version.conflict"],
			async handler({ params, query, principal, headers }) {
				const queue = await queues.require(params.queueId);
				requireInDivision(principal, ["routing:queue:delete"], queue.divisionId);
				const version = seenVersion(headers);
				await queues.remove(queue.id, actorOf(principal), {
					asker: principal,
					...(query.forceDelete === undefined ? {} : { force: query.forceDelete }),
					...(version === undefined ? {} : { version }),
				});
			},
		}),
	];
}

const namedBy = (scripts: QueueInput["defaultScripts"]) => ({
	script: Object.values(scripts ?? {}).map((one) => one?.id),
});

const shared = {
	name: Type.Optional(Type.String({ maxLength: 200 })),
	id: CommaList,
	divisionId: CommaList,
	sortOrder: SortOrder,
};
const listQuery = pagedQuery({ ...shared, peerId: CommaList });
const choiceQuery = pagedQuery({ ...shared, sortBy: honouring("name") });

function queueFilter(query: ListQuery, permission: string, principal: Principal): QueueFilter {
	const [ids, wanted, peerIds] = [readList(query.id), readList(query.divisionId), readList(query.peerId)];
	const allowed = divisionsWith(principal, [permission]);
	const chosen = new Set(wanted.filter((id) => allowed === "all" || allowed.has(id)));
	return {
		...(query.name ? { name: query.name } : {}),
		...(ids.length > 0 ? { ids } : {}),
		...(peerIds.length > 0 ? { peerIds } : {}),
		divisions: wanted.length > 0 ? chosen : allowed,
		descending: isDescending(query.sortOrder),
	};
}
