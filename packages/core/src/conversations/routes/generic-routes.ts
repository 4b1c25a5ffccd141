import { Type } from "typebox";
import { notFound } from "../../kernel/http/api-error.ts";
import { pageOrAll } from "../../kernel/http/paging.ts";
import { Answer, anyOf, noPermission, type Route, readScope, route, writeScope } from "../../kernel/http/route.ts";
import { idParams, pagesIfAsked } from "../../kernel/http/schemas.ts";
import { holds, missingWhere, requireUser } from "../../kernel/principal.ts";
import { isUuid } from "../../kernel/uuid.ts";
import { editLabel, mayView } from "../authority.ts";
import { divisionIdsOf } from "../divisions.ts";
import { allMedia } from "../media.ts";
import type { Conversation } from "../model.ts";
import { partIn } from "../parts.ts";
import { restConversation } from "../projection/generic.ts";
import type { SharedConversations } from "../service.ts";
import { controllerOf, ending, orInHand, textAnswer } from "./context.ts";
import { recordingStateBody, routingAttributesBody } from "./schemas.ts";

const path = "/api/v2/conversations";
const view = "conversation:communication:view";
const pulls = ["call", "callback", "webchat", "email", "message"].flatMap((media) => [
	`conversation:${media}:pull`,
	`conversation:${media}:assign`,
]);

/** Conversations of any medium (platform-api 5.3). */
export function genericRoutes(service: SharedConversations): Route[] {
	return [
		...readingRoutes(service),
		...endingRoutes(service),
		...partyRoutes(service),
		routingRoute(service),
		labelRoute(service),
	];
}

function readingRoutes(service: SharedConversations): Route[] {
	return [
		route({
			method: "GET",
			path,
			operationId: "getConversations",
			summary: "Lists the user's own conversations that are live or wait for a wrap-up.",
			permission: noPermission,
			scope: readScope("conversations"),
			query: Type.Object({ communicationType: Type.Optional(Type.String()), ...pagesIfAsked }),
			success: { status: 200, model: "ConversationEntityListing" },
			handler: async ({ principal, query, url }) => {
				const asked = query.communicationType?.toLowerCase();
				const own = await service.liveForUser(requireUser(principal));
				const found = own.filter((one) => asked === undefined || isOfType(one, asked));
				return pageOrAll(found.map(restConversation), query, url);
			},
		}),
		route({
			method: "GET",
			path: `${path}/:conversationId`,
			operationId: "getConversation",
			summary: "Reads a conversation: one's own, or any with the permission to view it.",
			// The table asks for conversation:communication:view; who takes part needs none, or no agent could see their call.
			permission: noPermission,
			forOthers: anyOf(view),
			scope: readScope("conversations"),
			params: idParams("conversationId"),
			success: { status: 200, model: "Conversation" },
			handler: async ({ principal, params }) => {
				const conversation = await service.get(params.conversationId);
				if (conversation && mayView(conversation, controllerOf(principal))) return restConversation(conversation);
				// Who may view none is not told which ids are conversations; what cannot be one is 404 to everybody.
				const may = (permission: string) => holds(principal, permission);
				if (conversation || (isUuid(params.conversationId) && !may(view)))
					throw missingWhere(view, conversation ? divisionIdsOf(conversation) : [], may);
				throw notFound("conversation", params.conversationId);
			},
		}),
	];
}

/** @param type a communication type in small letters, e.g. `callback` */
function isOfType(conversation: Conversation, type: string): boolean {
	return allMedia().some(({ list, words }) => words.inText === type && partIn(conversation, list));
}

function endingRoutes(service: SharedConversations): Route[] {
	return [
		route({
			method: "POST",
			path: `${path}/:conversationId/disconnect`,
			operationId: "postConversationDisconnect",
			summary: "Ends the whole conversation.",
			permission: orInHand(service, anyOf(...ending)),
			scope: writeScope("conversations"),
			params: idParams("conversationId"),
			success: { status: 202, model: "string" },
			handler: async ({ principal, params }) => {
				const { id } = await service.disconnect(params.conversationId, controllerOf(principal));
				return textAnswer(202, id);
			},
		}),
		route({
			method: "DELETE",
			path: `${path}/:conversationId`,
			operationId: "deleteConversation",
			summary: "Ends the whole conversation.",
			permission: orInHand(service, anyOf(...ending)),
			scope: writeScope("conversations"),
			params: idParams("conversationId"),
			success: { status: 204 },
			handler: async ({ principal, params }) => {
				await service.disconnect(params.conversationId, controllerOf(principal));
				return new Answer(204);
			},
		}),
		route({
			method: "POST",
			path: `${path}/:conversationId/assign`,
			operationId: "postConversationAssign",
			summary: "Rings a user for a waiting conversation: oneself to pull it, another to assign it.",
			permission: anyOf(...pulls),
			scope: writeScope("conversations"),
			params: idParams("conversationId"),
			body: Type.Object({ id: Type.String({ minLength: 1, maxLength: 200 }) }),
			success: { status: 202, model: "string" },
			handler: async ({ principal, params, body }) => {
				const { id } = await service.assignByHand(params.conversationId, body.id, controllerOf(principal));
				return textAnswer(202, id);
			},
		}),
	];
}

function partyRoutes(service: SharedConversations): Route[] {
	const party = `${path}/:conversationId/participants/:participantId`;
	const params = idParams("conversationId", "participantId");
	const flag = (method: "PUT" | "DELETE", operationId: string, flagged: boolean) =>
		route({
			method,
			path: `${party}/flaggedreason`,
			operationId,
			summary: flagged ? "Flags one's own part, so that supervisors find it." : "Takes the flag away.",
			permission: noPermission,
			scope: writeScope("conversations"),
			params,
			success: { status: 204 },
			handler: async (request) => {
				const { conversationId, participantId } = request.params;
				await service.setFlagged(conversationId, participantId, flagged, controllerOf(request.principal));
				return new Answer(204);
			},
		});
	return [
		flag("PUT", "putConversationParticipantFlaggedreason", true),
		flag("DELETE", "deleteConversationParticipantFlaggedreason", false),
		route({
			method: "PATCH",
			path: `${path}/:conversationId/recordingstate`,
			operationId: "patchConversationRecordingstate",
			summary: "Pauses, resumes or ends the recording.",
			// Whoever is in a call may pause what is recorded of it; others' take the permission (platform-api 5.6).
			permission: orInHand(service, anyOf("conversation:recording:pauseOthers", "conversation:call:record")),
			scope: writeScope("conversations"),
			params: idParams("conversationId"),
			body: recordingStateBody,
			success: { status: 202 },
			handler: async ({ params: ids, body, principal }) => {
				await service.setRecordingState(ids.conversationId, body.recordingState, controllerOf(principal));
			},
		}),
	];
}

function labelRoute(service: SharedConversations): Route {
	return route({
		method: "PATCH",
		path: `${path}/:conversationId/utilizationlabel`,
		operationId: "patchConversationUtilizationlabel",
		summary: "Says by which label utilization counts a conversation; `null`, or an empty one: by none.",
		permission: anyOf(editLabel),
		scope: writeScope("conversations"),
		params: idParams("conversationId"),
		body: Type.Object({ utilizationLabelId: Type.Union([Type.String({ maxLength: 200 }), Type.Null()]) }),
		success: { status: 202, model: "string" },
		errors: ["conversation.error.invalid.state"],
		async handler({ params, body, principal }) {
			const labelId = body.utilizationLabelId || null;
			const { id } = await service.setLabel(params.conversationId, labelId, controllerOf(principal));
			return textAnswer(202, id);
		},
	});
}

/** While it waits; the platform's operation, whose permission its description does not name: that of giving it out is asked. */
function routingRoute(service: SharedConversations): Route {
	return route({
		method: "PATCH",
		path: "/api/v2/routing/conversations/:conversationId",
		operationId: "patchRoutingConversation",
		summary: "Changes how urgent a waiting conversation is, and which skills and language are asked of who answers it.",
		permission: anyOf(...pulls.filter((permission) => permission.endsWith(":assign"))),
		scope: writeScope("routing"),
		params: idParams("conversationId"),
		body: routingAttributesBody,
		success: { status: 200, model: "RoutingConversationAttributesResponse" },
		errors: ["conversation.error.invalid.state"],
		async handler({ params, body, principal }) {
			const { priority, skillIds, languageId } = body;
			const wanted = {
				...(priority === undefined ? {} : { priority }),
				...(skillIds ? { skillIds: [...new Set(skillIds)] } : {}),
				...(languageId === undefined ? {} : { languageId: languageId || null }),
			};
			const { internal } = await service.setRouting(params.conversationId, wanted, controllerOf(principal));
			const { skillIds: asked = [], languageId: spoken } = internal.routing ?? {};
			const ref = (kind: string, id: string) => ({ id, selfUri: `/api/v2/routing/${kind}/${id}` });
			return {
				priority: internal.priority,
				skills: asked.map((id) => ref("skills", id)),
				...(spoken ? { language: ref("languages", spoken) } : {}),
			};
		},
	});
}
