import type { Route } from "../kernel/http/route.ts";
import type { Sight } from "../kernel/sight.ts";
import { callRoutes } from "./call/routes.ts";
import { callbackRoutes } from "./callback/routes.ts";
import { allMedia } from "./media.ts";
import { conversationSummary } from "./projection/summary.ts";
import { genericRoutes } from "./routes/generic-routes.ts";
import { mediaRoutes } from "./routes/media-routes.ts";
import { participantRoutes } from "./routes/participant-routes.ts";
import { transferRoutes } from "./routes/transfer-routes.ts";
import type { Conversations } from "./service.ts";
import { timelineRoutes } from "./timeline/routes.ts";

/** Conversations (platform-api 5.3 to 5.6): what all have, what each medium has, and what one medium alone has. */
export function conversationsRoutes(service: Conversations, sight: Sight): Route[] {
	return [
		...genericRoutes(service),
		...timelineRoutes(service),
		...callRoutes(service),
		...callbackRoutes(service, sight),
		...allMedia().flatMap((medium) => mediaRoutes(service, medium)),
		...participantRoutes(service),
		...transferRoutes(service),
	];
}

/** For users' `expand=conversationSummary`; everybody asked for is answered. */
export function conversationSummaryExpander(service: Conversations) {
	return async (userIds: string[]): Promise<Map<string, unknown>> => {
		const work = await service.workOf(userIds);
		return new Map(userIds.map((userId) => [userId, conversationSummary(userId, work.get(userId))]));
	};
}
