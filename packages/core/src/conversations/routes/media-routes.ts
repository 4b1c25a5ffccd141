import { Type } from "typebox";
import { badField } from "../../kernel/http/api-error.ts";
import { pageOrAll } from "../../kernel/http/paging.ts";
import { anyOf, noPermission, type Route, readScope, route, writeScope } from "../../kernel/http/route.ts";
import { idParams, pagesIfAsked } from "../../kernel/http/schemas.ts";
import { requireUser } from "../../kernel/principal.ts";
import type { Medium } from "../medium.ts";
import type { Conversation } from "../model.ts";
import { restMediaConversation } from "../projection/flat.ts";
import { restConversation } from "../projection/generic.ts";
import type { Conversations, SharedConversations } from "../service.ts";
import { controllerOf, ending, orInHand, textAnswer, visible } from "./context.ts";
import { mediaParticipantRoutes } from "./participant-routes.ts";
import { conversationPatchBody, recordingStateBody } from "./schemas.ts";
import { mediaTransferRoute } from "./transfer-routes.ts";

const params = idParams("conversationId");

/** What every medium offers under its own path: the same operations, each declared once (platform-api 5.3). */
export function mediaRoutes(all: Conversations, medium: Medium<never>): Route[] {
	const service = all.ofMedium(medium.list);
	return [
		...conversationRoutes(service, medium),
		...mediaParticipantRoutes(service, medium),
		mediaTransferRoute(service, medium),
		...(medium.isRecorded ? [recordingRoute(service, medium)] : []),
	];
}

function conversationRoutes(service: SharedConversations, medium: Medium<never>): Route[] {
	const { one, many } = medium.words;
	const path = `/api/v2/conversations/${medium.list}`;
	return [
		route({
			method: "GET",
			path,
			operationId: `getConversations${many}`,
			summary: `Lists the user's own ${medium.words.inText}s that are live or wait for a wrap-up.`,
			permission: noPermission,
			scope: readScope("conversations"),
			query: Type.Object(pagesIfAsked),
			success: { status: 200, model: `${one}ConversationEntityListing` },
			handler: async ({ principal, query, url }) => {
				const own = await service.liveForUser(requireUser(principal));
				return pageOrAll(own.map(restMediaConversation), query, url);
			},
		}),
		route({
			method: "GET",
			path: `${path}/:conversationId`,
			operationId: `getConversations${one}`,
			summary: `Reads one of the ${medium.words.inText}s, with the media fields on its participants.`,
			permission: noPermission,
			scope: readScope("conversations"),
			params,
			success: { status: 200, model: `${one}Conversation` },
			handler: async ({ principal, params: ids }) => {
				return restMediaConversation(await visible(service, ids.conversationId, principal));
			},
		}),
		route({
			method: "PATCH",
			path: `${path}/:conversationId`,
			operationId: `patchConversations${one}`,
			summary: `Ends one of the ${medium.words.inText}s${medium.isRecorded ? ", or changes its recording state" : ""}.`,
			permission: orInHand(service, anyOf(...ending)),
			scope: writeScope("conversations"),
			params,
			body: conversationPatchBody,
			success: { status: 200, model: "Conversation" },
			handler: async ({ principal, params: ids, body }) => {
				const by = controllerOf(principal);
				return restConversation(await patchWhole(service, ids.conversationId, body, by));
			},
		}),
	];
}

function recordingRoute(service: SharedConversations, medium: Medium<never>): Route {
	const { one } = medium.words;
	const path = `/api/v2/conversations/${medium.list}`;
	return route({
		method: "PUT",
		path: `${path}/:conversationId/recordingstate`,
		operationId: `putConversations${one}Recordingstate`,
		summary: "Pauses, resumes or ends the recording.",
		// Whoever is in a call may pause what is recorded of it; others' take the permission (platform-api 5.6).
		permission: orInHand(service, anyOf("conversation:recording:pauseOthers", "conversation:call:record")),
		scope: writeScope("conversations"),
		params,
		body: recordingStateBody,
		success: { status: 200, model: "string" },
		handler: async ({ params: ids, body, principal }) => {
			const changed = await service.setRecordingState(ids.conversationId, body.recordingState, controllerOf(principal));
			return textAnswer(200, changed.recordingState);
		},
	});
}

async function patchWhole(
	service: SharedConversations,
	conversationId: string,
	{ state, recordingState }: { state?: string; recordingState?: string },
	by: ReturnType<typeof controllerOf>,
): Promise<Conversation> {
	if (state !== undefined && state !== "disconnected")
		throw badField("state", "An interaction as a whole can only be disconnected.");
	if (state === "disconnected") return service.disconnect(conversationId, by);
	const wanted = recordingState?.toUpperCase();
	if (wanted === "ACTIVE" || wanted === "PAUSED" || wanted === "NONE")
		return service.setRecordingState(conversationId, wanted, by);
	throw badField("state", "Send state disconnected, or a recordingState of ACTIVE, PAUSED or NONE.");
}
