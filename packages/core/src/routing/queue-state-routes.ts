import { Type } from "typebox";
import { badField } from "../kernel/http/api-error.ts";
import { anyOf, type Route, readScope, route } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { divisionsWith, requireInDivision } from "../kernel/principal.ts";
import type { QueueStates } from "./queue-states.ts";
import type { Queues } from "./queues.ts";
import { waitEstimate } from "./wait-estimate.ts";

/** Queues of one request. */
const most = 25;
const observing = "analytics:queueObservation:view";

/** How calls of a queue stand, and how long who comes now waits (agent-features 2, "estimated wait"). */
export function queueStateRoutes(states: QueueStates, queues: Pick<Queues, "require" | "all">): Route[] {
	return [
		route({
			method: "GET",
			path: "/api/v2/routing/queues/:queueId/estimatedwaittime",
			operationId: "getRoutingQueueEstimatedwaittime",
			summary: "How long a call that comes now waits for an agent; nothing where that cannot be said.",
			permission: anyOf("routing:queue:view"),
			scope: readScope("routing"),
			params: idParams("queueId"),
			success: { status: 200, model: "EstimatedWaitTimePredictions" },
			async handler({ params, principal }) {
				const { id, divisionId } = await queues.require(params.queueId);
				requireInDivision(principal, ["routing:queue:view"], divisionId);
				const [state] = await states.of([id]);
				const seconds = state && waitEstimate(state);
				const result = { intent: "CALL", formula: "SIMPLE", estimatedWaitTimeSeconds: seconds };
				return { results: seconds === undefined ? [] : [result] };
			},
		}),
		route({
			method: "GET",
			path: "/api/v2/inlay/routing/queues/states",
			operationId: "getInlayRoutingQueuesStates",
			summary:
				"Of each of the queues, how many calls wait, how many agents are free, and how long who comes now waits; without those that one may not observe.",
			permission: anyOf(observing),
			scope: readScope("routing"),
			query: Type.Object({
				id: Type.String({ minLength: 1, maxLength: 1_000 }),
				conversationId: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
			}),
			success: {
				status: 200,
				description:
					"{entities: [{id, waiting, free, waitSeconds, position}]}; `position` for the queue in which `conversationId` waits",
			},
			async handler({ query, principal }) {
				const ids = [...new Set(query.id.split(",").map((one) => one.trim()))].filter((one) => one !== "");
				if (ids.length > most) throw badField("id", `id names at most ${most} queues.`);
				const found = [...(await queues.all(ids)).values()];
				const there = divisionsWith(principal, [observing]);
				const seen = found.filter(({ divisionId }) => there === "all" || there.has(divisionId)).map((one) => one.id);
				const place = query.conversationId === undefined ? undefined : await states.place(query.conversationId);
				return {
					entities: (await states.of(seen)).map((state) => ({
						...{ id: state.id, waiting: state.waiting, free: state.free },
						waitSeconds: waitEstimate(state) ?? null,
						...(place?.queueId === state.id ? { position: place.position } : {}),
					})),
				};
			},
		}),
	];
}
