import type { Route } from "../kernel/http/route.ts";
import { callRoutes } from "./call/routes.ts";
import { conversationSummary } from "./projection/summary.ts";
import { genericRoutes } from "./routes/generic-routes.ts";
import { participantRoutes } from "./routes/participant-routes.ts";
import { transferRoutes } from "./routes/transfer-routes.ts";
import type { Conversations } from "./service.ts";

/** Conversations and their calls (platform-api 5.3 to 5.6). */
export function conversationsRoutes(service: Conversations): Route[] {
	return [...genericRoutes(service), ...callRoutes(service), ...participantRoutes(service), ...transferRoutes(service)];
}

/** For users' `expand=conversationSummary`; everybody asked for is answered. */
export function conversationSummaryExpander(service: Conversations) {
	return async (userIds: string[]): Promise<Map<string, unknown>> => {
		const work = await service.workOf(userIds);
		return new Map(userIds.map((userId) => [userId, conversationSummary(userId, work.get(userId))]));
	};
}
