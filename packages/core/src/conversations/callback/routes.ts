import { Type } from "typebox";
import { badField } from "../../kernel/http/api-error.ts";
import { pageOf, pageOffset, pageRequest } from "../../kernel/http/paging.ts";
import { anyOf, noPermission, type Route, readScope, route, writeScope } from "../../kernel/http/route.ts";
import { idParams, pagedQuery } from "../../kernel/http/schemas.ts";
import { requireUser } from "../../kernel/principal.ts";
import type { Sight } from "../../kernel/sight.ts";
import type { Conversation } from "../model.ts";
import { mediumOfWhole } from "../model.ts";
import { restConversation } from "../projection/generic.ts";
import { illegalState } from "../refusals.ts";
import { controllerOf, visible } from "../routes/context.ts";
import { callCommandBody } from "../routes/schemas.ts";
import type { Conversations } from "../service.ts";
import { callbackOf, callbackParts, customerOf } from "./model.ts";
import { type CreateCallbackBody, createCallbackBody, patchCallbackBody } from "./schemas.ts";
import type { CallbackWish } from "./service.ts";

const path = "/api/v2/conversations/callbacks";
const create = "conversation:callback:create";

/** What is there for callbacks only: agreeing upon them, moving them, calling, one's own (platform-api 5.8). */
export function callbackRoutes(service: Conversations, sight: Sight): Route[] {
	return [...agreeingRoutes(service, sight), callingRoute(service), listRoute(service), ...expectedRoutes(service)];
}

function expectedRoutes(service: Conversations): Route[] {
	const own = "/api/v2/inlay/conversations/:conversationId/callbacks";
	return [
		route({
			method: "GET",
			path: own,
			operationId: "getInlayConversationCallbacks",
			summary: "Lists the callbacks that are agreed upon with the customer of a conversation.",
			permission: anyOf(create),
			scope: readScope("conversations"),
			params: idParams("conversationId"),
			success: { status: 200 },
			handler: async ({ principal, params }) => ({
				entities: await service.callbacks.expected(params.conversationId, controllerOf(principal)),
			}),
		}),
		route({
			method: "DELETE",
			path: `${own}/:callbackId`,
			operationId: "deleteInlayConversationCallback",
			summary: "Cancels a callback that is agreed upon with the customer whom one has on the line.",
			permission: anyOf(create),
			scope: writeScope("conversations"),
			params: idParams("conversationId", "callbackId"),
			success: { status: 204 },
			handler: async ({ principal, params: { conversationId, callbackId } }) => {
				await service.callbacks.cancelExpected(conversationId, callbackId, controllerOf(principal));
			},
		}),
	];
}

function agreeingRoutes(service: Conversations, sight: Sight): Route[] {
	return [
		route({
			method: "POST",
			path,
			operationId: "postConversationsCallbacks",
			summary: "Agrees upon a callback, for now or a later time.",
			permission: anyOf(create),
			scope: writeScope("conversations"),
			body: createCallbackBody,
			success: { status: 200, model: "CreateCallbackResponse" },
			errors: ["callback.time.past", "callback.time.tooFar", "callback.time.outsideWindow", "callback.number.invalid"],
			async handler({ principal, body }) {
				await sight.requireNew(principal, { script: [body.scriptId] });
				return identified(await service.callbacks.create(wishOf(body), controllerOf(principal)));
			},
		}),
		route({
			method: "POST",
			path: "/api/v2/conversations/:conversationId/participants/:participantId/callbacks",
			operationId: "postConversationParticipantCallbacks",
			summary: "Agrees upon a callback from a conversation, which may have one.",
			permission: anyOf(create),
			scope: writeScope("conversations"),
			params: idParams("conversationId", "participantId"),
			body: createCallbackBody,
			success: { status: 201 },
			errors: [
				"callback.limit.perInteraction",
				"callback.time.past",
				"callback.time.tooFar",
				"callback.time.outsideWindow",
				"callback.number.invalid",
			],
			// The platform says nothing of an answer; whoever agrees has to know what to move or cancel.
			async handler({ principal, params, body }) {
				const by = controllerOf(principal);
				const standing = body.scriptId ? scriptsOf(await visible(service, params.conversationId, principal)) : [];
				await sight.requireNew(principal, { script: [body.scriptId] }, { script: standing });
				return identified(await service.callbacks.create(wishOf(body), by, params.conversationId));
			},
		}),
		route({
			method: "PATCH",
			path,
			operationId: "patchConversationsCallbacks",
			summary: "Moves a callback to another time, number, queue or agent.",
			// The table names conversation:callback:edit; owner and creator move their own, and whoever has it in hand (the rules ask).
			permission: anyOf("conversation:callback:edit", create),
			scope: writeScope("conversations"),
			body: patchCallbackBody,
			success: { status: 200, model: "PatchCallbackResponse" },
			errors: ["callback.time.past", "callback.time.tooFar", "callback.time.outsideWindow", "callback.number.invalid"],
			handler: async ({ principal, body }) => {
				const { conversationId, validateCallbackNumbers: _validate, inlay, ...wanted } = body;
				return identified(
					await service.callbacks.change(conversationId, { ...wanted, ...inlay }, controllerOf(principal)),
				);
			},
		}),
	];
}

/** Scripts that a conversation's callback has: clients agree upon the next one with what they have read. */
function scriptsOf({ participants }: Conversation): Array<string | undefined> {
	return participants.flatMap(({ callbacks = [] }) => callbacks.map(({ scriptId }) => scriptId));
}

/** `CreateCallbackResponse`. */
function identified(conversation: Conversation) {
	return {
		conversation: { id: conversation.id, selfUri: `${path}/${conversation.id}` },
		callbackIdentifiers: [{ type: "EXTERNAL", id: callbackOf(customerOf(conversation)).id }],
	};
}

function wishOf({
	queueId,
	routingData,
	inlay,
	validateCallbackNumbers: _validate,
	...body
}: CreateCallbackBody): CallbackWish {
	if (queueId !== undefined && routingData && routingData.queueId !== queueId)
		throw badField("routingData.queueId", "queueId and routingData.queueId name different queues.");
	const { queueId: routed, preferredAgentIds = [], routingFlags = [], ...asked } = routingData ?? {};
	const [agentId] = preferredAgentIds;
	const queue = queueId ?? routed;
	return {
		...body,
		...inlay,
		...asked,
		...(queue ? { queueId: queue } : {}),
		...(agentId ? { agentId } : {}),
		owned: routingFlags.length > 0,
	};
}

function callingRoute(service: Conversations): Route {
	return route({
		method: "POST",
		path: "/api/v2/conversations/calls/:conversationId",
		operationId: "postConversationsCall",
		summary:
			"Places a call inside a callback's conversation; other numbers than its own need the permission to place calls.",
		permission: noPermission,
		scope: writeScope("conversations"),
		params: idParams("conversationId"),
		body: callCommandBody,
		success: { status: 200, model: "Conversation" },
		errors: ["conversation.error.phone.not.reachable"],
		handler: async ({ principal, params: { conversationId }, body }) => {
			const conversation = await visible(service, conversationId, principal);
			if (mediumOfWhole(conversation) !== callbackParts.list)
				throw illegalState("The conversation is no callback: only a callback's number can be called from within it.");
			return restConversation(await service.callbacks.call(conversationId, body.callNumber, controllerOf(principal)));
		},
	});
}

function listRoute(service: Conversations): Route {
	return route({
		method: "GET",
		path: "/api/v2/inlay/callbacks",
		operationId: "getInlayCallbacks",
		summary: "Lists one's own callbacks: owned, preferred, created or taken; the platform lists only those that live.",
		permission: noPermission,
		scope: readScope("conversations"),
		query: pagedQuery({
			scope: Type.Optional(Type.Literal("mine")),
			state: Type.Optional(Type.Union([Type.Literal("upcoming"), Type.Literal("done")])),
		}),
		success: { status: 200 },
		handler: async ({ principal, query, url }) => {
			const page = pageRequest(query);
			const slice = { upcoming: query.state !== "done", limit: page.pageSize, offset: pageOffset(page) };
			const { callbacks, total } = await service.callbacks.listOf(requireUser(principal), slice);
			return pageOf(callbacks, total, page, url);
		},
	});
}
