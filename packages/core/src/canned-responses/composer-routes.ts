import { Type } from "typebox";
import { visible } from "../conversations/routes/context.ts";
import type { SharedConversations } from "../conversations/service.ts";
import { pageOrAll } from "../kernel/http/paging.ts";
import { anyOf, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams, pagesIfAsked } from "../kernel/http/schemas.ts";
import { actorOf } from "../kernel/principal.ts";
import type { CannedResponses } from "./canned-responses.ts";
import { responseMedia } from "./model.ts";
import { offeredView } from "./views.ts";

const viewing = anyOf("responses:response:view");

/** What whoever writes to a customer is offered, and that they have taken it; ours. */
export function composerRoutes(canned: CannedResponses, conversations: SharedConversations): Route[] {
	return [
		route({
			method: "GET",
			path: "/api/inlay/v1/responses/offered",
			operationId: "getInlayResponsesOffered",
			summary:
				"The responses for conversations of a queue: those of its libraries, and of those for all. By medium: that may be written by it.",
			permission: viewing,
			scope: readScope("response-management"),
			query: Type.Object({
				queueId: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
				medium: Type.Optional(Type.Union(responseMedia.map((one) => Type.Literal(one)))),
				...pagesIfAsked,
			}),
			success: { status: 200 },
			async handler({ query, url }) {
				const found = await canned.offeredIn(query.queueId, query.medium);
				const libraries = new Map((await canned.libraries.all()).map(({ id, name }) => [id, name]));
				const assets = await canned.assets.store.facts(found.flatMap(({ assetIds }) => assetIds));
				return pageOrAll(
					found.map((one) => offeredView(one, { libraries, assets })),
					query,
					url,
				);
			},
		}),
		route({
			method: "POST",
			path: "/api/inlay/v1/responses/:responseId/uses",
			operationId: "postInlayResponseUses",
			summary: "Says that a response was used in a conversation: each conversation counts once.",
			permission: viewing,
			scope: writeScope("conversations"),
			params: idParams("responseId"),
			body: Type.Object({ conversationId: Type.String({ minLength: 1, maxLength: 200 }) }),
			success: { status: 204 },
			async handler({ params: { responseId }, body: { conversationId }, principal }) {
				await visible(conversations, conversationId, principal);
				await canned.noteUse(responseId, conversationId, actorOf(principal));
			},
		}),
	];
}
