import { anyOf, noPermission, type Route, readScope, route } from "../../kernel/http/route.ts";
import { idParams } from "../../kernel/http/schemas.ts";
import { controllerOf, visible } from "../routes/context.ts";
import type { SharedConversations } from "../service.ts";

/** All that there was with one customer. */
export function timelineRoutes(service: SharedConversations): Route[] {
	return [
		route({
			method: "GET",
			path: "/api/v2/inlay/conversations/:conversationId/timeline",
			operationId: "getInlayConversationTimeline",
			summary:
				"Lists the conversations of any medium with this one's customer that began no later, newest first: those that one may view.",
			// As for reading a conversation: who takes part in it needs none.
			permission: noPermission,
			forOthers: anyOf("conversation:communication:view"),
			scope: readScope("conversations"),
			params: idParams("conversationId"),
			success: {
				status: 200,
				description:
					"{entities: [{id, mediaType, direction, startTime, endTime, subject, queue, users: [{id, name}], wrapup: {name, notes}}], isAll}; isAll is false where there are older ones",
			},
			handler: async ({ principal, params }) => {
				const conversation = await visible(service, params.conversationId, principal);
				return service.timelineOf(conversation, controllerOf(principal));
			},
		}),
	];
}
