import { Type } from "typebox";
import { badField } from "../../kernel/http/api-error.ts";
import { pageOf, pageOffset, pageRequest } from "../../kernel/http/paging.ts";
import { anyOf, noPermission, type Route, readScope, route, writeScope } from "../../kernel/http/route.ts";
import { idParams, pagedQuery } from "../../kernel/http/schemas.ts";
import { requireUser } from "../../kernel/principal.ts";
import { readInterval } from "../../kernel/time/times.ts";
import { placing } from "../dial-rights.ts";
import { restConversation } from "../projection/generic.ts";
import { controllerOf } from "../routes/context.ts";
import { addPartiesBody, type CreateCallBody, createCallBody, digitsBody } from "../routes/schemas.ts";
import type { Conversations } from "../service.ts";
import { consultRoutes } from "./consult/routes.ts";
import { callHistory } from "./history.ts";
import type { OutboundCall } from "./service.ts";

const path = "/api/v2/conversations/calls";
const params = idParams("conversationId");

/** What is there for calls only: dialing, adding parties, past calls (platform-api 5.5). */
export function callRoutes(service: Conversations): Route[] {
	return [...readingRoutes(service), ...makingRoutes(service), forwardRoute(service), ...consultRoutes(service)];
}

function forwardRoute(service: Conversations): Route {
	return route({
		method: "POST",
		path: "/api/v2/inlay/conversations/:conversationId/participants/:participantId/forward",
		operationId: "postInlayConversationParticipantForward",
		summary: "Forwards a direct call that rings at oneself to a number, this once.",
		permission: anyOf("conversation:callForwarding:edit"),
		scope: writeScope("conversations"),
		params: idParams("conversationId", "participantId"),
		body: Type.Object({ address: Type.String({ minLength: 1, maxLength: 200 }) }),
		success: { status: 202 },
		errors: ["forwarding.loop", "forwarding.target.invalid"],
		handler: async ({ principal, params: { conversationId, participantId }, body }) => {
			await service.calls.forwardOnce(conversationId, participantId, body.address, controllerOf(principal));
		},
	});
}

function readingRoutes(service: Conversations): Route[] {
	return [
		route({
			method: "GET",
			path: `${path}/history`,
			operationId: "getConversationsCallsHistory",
			summary: "Lists the user's own past and present calls, newest first.",
			permission: noPermission,
			scope: readScope("conversations"),
			query: pagedQuery({
				interval: Type.Optional(Type.String()),
				// Ours: part of a name, or digits of a number.
				search: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
			}),
			success: { status: 200, model: "CallHistoryConversationEntityListing" },
			handler: async ({ principal, query, url }) => {
				const userId = requireUser(principal);
				const page = pageRequest(query);
				const slice = {
					limit: page.pageSize,
					offset: pageOffset(page),
					...(query.search === undefined ? {} : { search: query.search.trim() }),
					...(query.interval === undefined ? {} : readInterval(query.interval)),
				};
				const { conversations, total, users } = await service.historyOf(userId, slice);
				const known = new Map(users.map((user) => [user.id, user]));
				const playable = await service.calls.playable(conversations, principal);
				return pageOf(
					conversations.map((one) => ({
						...callHistory(one, userId, known),
						// Beyond the model: there is something of it that the reader may hear.
						...(playable.has(one.id) ? { inlayRecorded: true } : {}),
					})),
					total,
					page,
					url,
				);
			},
		}),
		route({
			method: "GET",
			path: `${path}/maximumconferenceparties`,
			operationId: "getConversationsCallsMaximumconferenceparties",
			summary: "Says how many parties a call may have.",
			permission: noPermission,
			scope: readScope("conversations"),
			success: { status: 200, model: "MaxParticipants" },
			handler: () => {
				const { maxParties, bridgesAllowed } = service.calls.rules();
				return { maxParticipants: maxParties, inlayBridgesAllowed: bridgesAllowed };
			},
		}),
	];
}

function makingRoutes(service: Conversations): Route[] {
	return [
		route({
			method: "POST",
			path,
			operationId: "postConversationsCalls",
			summary: "Calls a number, a user or a queue.",
			permission: anyOf(...placing),
			scope: writeScope("conversations"),
			body: createCallBody,
			success: { status: 202, model: "CreateCallResponse" },
			errors: ["conversation.error.phone.not.reachable"],
			handler: async ({ principal, body }) => {
				const call = outboundCall(requireUser(principal), body);
				await service.requireContact(call.externalContactId, controllerOf(principal));
				const { id } = await service.calls.dial(call);
				return { id, selfUri: `${path}/${id}` };
			},
		}),
		route({
			method: "POST",
			path: `${path}/:conversationId/participants`,
			operationId: "postConversationsCallParticipants",
			summary: "Adds parties to a running call, each by number or user; a number needs the permission to place calls.",
			// The table asks for none: whoever is in the call adds users, and numbers with what placing calls takes (the rules ask).
			permission: noPermission,
			scope: writeScope("conversations"),
			params,
			body: addPartiesBody,
			success: { status: 200, model: "Conversation" },
			handler: async ({ principal, params: ids, body }) => {
				const wishes = body.participants.map(({ address, userId }) => ({ phoneNumber: address, userId }));
				return restConversation(
					await service.calls.addParticipants(ids.conversationId, wishes, controllerOf(principal)),
				);
			},
		}),
		route({
			method: "POST",
			path: "/api/v2/conversations/:conversationId/participants/:participantId/digits",
			operationId: "postConversationParticipantDigits",
			summary: "Sends DTMF to a party; for one's own part, to everybody outside.",
			permission: noPermission,
			scope: writeScope("conversations"),
			params: idParams("conversationId", "participantId"),
			body: digitsBody,
			success: { status: 202 },
			handler: async ({ params: ids, body, principal }) => {
				await service.calls.sendDigits(ids.conversationId, ids.participantId, body.digits, controllerOf(principal));
			},
		}),
	];
}

/** `participants` with one entry is the same as naming it directly; more would be an ad hoc conference. */
function outboundCall(userId: string, body: CreateCallBody): OutboundCall {
	const { participants = [], conversationIds = [], routingSkillsIds: skillIds, languageId, ...wish } = body;
	const isToQueue = [wish, ...participants].some((one) => "callQueueId" in one || ("queueId" in one && one.queueId));
	if ((skillIds?.length || languageId) && !isToQueue)
		throw badField(languageId ? "languageId" : "routingSkillsIds", "Skills and languages are asked for in a queue.");
	const routing = { ...(skillIds?.length ? { skillIds } : {}), ...(languageId ? { languageId } : {}) };
	const call = { ...wish, ...(Object.keys(routing).length > 0 ? { routing } : {}) };
	if (conversationIds.length > 0)
		throw badField("conversationIds", "Calls cannot be merged; add parties to a running call instead.");
	if (participants.length === 0) return { ...call, userId };
	const targets = [call.phoneNumber, call.callUserId, call.callQueueId].filter((value) => value !== undefined);
	const [only] = participants;
	if (!only || participants.length > 1 || targets.length > 0) {
		throw badField("participants", "Call one party; add the others to the running call.");
	}
	return { ...call, userId, phoneNumber: only.address, callUserId: only.userId, callQueueId: only.queueId };
}
