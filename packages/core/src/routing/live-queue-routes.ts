import type { LiveQueues } from "@inlay/contract/home";
import { anyOf, type Route, readScope, route } from "../kernel/http/route.ts";
import { type DivisionSet, divisionsWith } from "../kernel/principal.ts";

const observing = "analytics:queueObservation:view";

/** Our own operation: all queues at a glance, for who watches over them. */
export function liveQueueRoutes(queuesNow: (where: DivisionSet) => Promise<LiveQueues>): Route[] {
	return [
		route({
			method: "GET",
			path: "/api/inlay/v1/routing/queues/live",
			operationId: "getInlayRoutingQueuesLive",
			summary:
				"How the queues stand that the caller may observe: who waits, since when, what goes on, who is on queue.",
			permission: anyOf(observing),
			scope: readScope("routing"),
			success: {
				status: 200,
				description: "{entities: [{id, name, waiting, longestWaitSeconds, interacting, onQueue}], …}",
			},
			handler: ({ principal }) => queuesNow(divisionsWith(principal, [observing])),
		}),
	];
}
