import { Type } from "typebox";
import { controllerOf } from "../conversations/routes/context.ts";
import { pageOrAll } from "../kernel/http/paging.ts";
import { anyOf, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams, pagesIfAsked } from "../kernel/http/schemas.ts";
import { requireUser } from "../kernel/principal.ts";
import type { Mailing } from "./mailing.ts";
import { leftDraft } from "./views.ts";

const draftPath = "/api/inlay/v1/conversations/emails/:conversationId/draft";

/** What one had begun to write when the conversation ended: nothing typed is lost (agent-features 0.1-5). */
export function leftDraftRoutes({ drafts, goingOn }: Pick<Mailing, "drafts" | "goingOn">): Route[] {
	return [
		route({
			method: "GET",
			path: "/api/inlay/v1/email/drafts/me",
			operationId: "getInlayEmailDraftsMe",
			summary: "What one has begun to write and not sent in conversations that are over, the latest first.",
			permission: noPermission,
			scope: readScope("conversations"),
			query: Type.Object(pagesIfAsked),
			success: { status: 200 },
			handler: async ({ principal, query, url }) =>
				pageOrAll((await goingOn.left(requireUser(principal))).map(leftDraft), query, url),
		}),
		route({
			method: "POST",
			path: `${draftPath}/resume`,
			operationId: "postInlayConversationsEmailDraftResume",
			summary: "Goes on with what one has begun in a conversation that is over, in the next one with that customer.",
			// A conversation begins by it, as by writing first: work after the old one lends no right to it.
			permission: anyOf("conversation:email:create"),
			scope: writeScope("conversations"),
			params: idParams("conversationId"),
			success: { status: 200 },
			errors: ["email.goesOn"],
			handler: async ({ params: { conversationId }, principal }) => ({
				conversationId: await goingOn.goOn(conversationId, controllerOf(principal)),
			}),
		}),
		route({
			method: "DELETE",
			path: draftPath,
			operationId: "deleteInlayConversationsEmailDraft",
			summary: "Throws away what one has begun to write.",
			permission: noPermission,
			scope: writeScope("conversations"),
			params: idParams("conversationId"),
			success: { status: 204 },
			handler: ({ params: { conversationId }, principal }) => drafts.discard(conversationId, controllerOf(principal)),
		}),
	];
}
