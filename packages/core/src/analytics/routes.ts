import type { SharedConversations } from "../conversations/service.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Route } from "../kernel/http/route.ts";
import { aggregateRoutes } from "./aggregates/routes.ts";
import { ConversationDetails } from "./details/details.ts";
import { DetailJobs } from "./details/jobs.ts";
import { detailRoutes } from "./details/routes.ts";

type Conversations = Pick<SharedConversations, "get" | "all">;

/** What was and what is, in the platform's queries (platform-api 5.15). */
export function createAnalytics(kernel: Pick<Kernel, "database" | "jobs" | "clock">, conversations: Conversations) {
	const details = new ConversationDetails(kernel, conversations);
	return { details, jobs: new DetailJobs(kernel, details) };
}

export function analyticsRoutes(
	{ details, jobs }: ReturnType<typeof createAnalytics>,
	{ database, clock }: Pick<Kernel, "database" | "clock">,
): Route[] {
	return [...detailRoutes(details, jobs, clock), ...aggregateRoutes(database.db)];
}
