import type { RoutingStatuses } from "./routing-status.ts";
import { routingStatusView } from "./views.ts";

/** `expand=routingStatus` of users. */
export function routingStatusExpander(routingStatus: RoutingStatuses) {
	return async (userIds: string[]): Promise<Map<string, unknown>> => {
		const found = await routingStatus.find(userIds);
		return new Map(found.map((one) => [one.userId, routingStatusView(one)]));
	};
}
