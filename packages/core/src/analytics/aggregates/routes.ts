import type { Db } from "../../kernel/database/database.ts";
import { anyOf, type Route, readScope, route } from "../../kernel/http/route.ts";
import { divisionsWith } from "../../kernel/principal.ts";
import { aggregateQueryBody, readAggregateQuery } from "./query.ts";
import { sumFacts } from "./sums-store.ts";
import { aggregatesView } from "./view.ts";

const view = "analytics:conversationAggregate:view";

/** Numbers of conversations (agent-features 14). What was measured in divisions that are not the caller's is left out. */
export function aggregateRoutes(db: Db): Route[] {
	return [
		route({
			method: "POST",
			path: "/api/v2/analytics/conversations/aggregates/query",
			operationId: "postAnalyticsConversationsAggregatesQuery",
			summary: "Metrics of conversations in an interval of at most 31 days, by groups and by parts of it.",
			permission: anyOf(view),
			scope: readScope("analytics"),
			body: aggregateQueryBody,
			success: { status: 200, model: "ConversationAggregateQueryResponse" },
			async handler({ body, principal }) {
				const query = readAggregateQuery(body);
				return aggregatesView(query, await sumFacts(db, query, divisionsWith(principal, [view])));
			},
		}),
	];
}
