import { Type } from "typebox";
import { badField } from "../../kernel/http/api-error.ts";
import { pageOf, pageOffset, pageOrAll, pageRequest } from "../../kernel/http/paging.ts";
import { anyOf, noPermission, type Route, readScope, route, writeScope } from "../../kernel/http/route.ts";
import { idParams, pagedQuery, pagesIfAsked } from "../../kernel/http/schemas.ts";
import { requireUser } from "../../kernel/principal.ts";
import { readInterval } from "../../kernel/time/times.ts";
import { type Conversation, maxParticipants } from "../model.ts";
import { restMediaConversation } from "../projection/flat.ts";
import { restConversation } from "../projection/generic.ts";
import { illegalState } from "../refusals.ts";
import { controllerOf, ending, textAnswer, visible } from "../routes/context.ts";
import {
	addPartiesBody,
	type CreateCallBody,
	callCommandBody,
	conversationPatchBody,
	createCallBody,
	recordingStateBody,
} from "../routes/schemas.ts";
import type { Conversations, OutboundCall } from "../service.ts";
import { callHistory } from "./history.ts";

const path = "/api/v2/conversations/calls";
const params = idParams("conversationId");

/** Calls: listing, dialing, ending, adding parties, recording (platform-api 5.5, 5.6). */
export function callRoutes(service: Conversations): Route[] {
	return [...readingRoutes(service), ...makingRoutes(service), ...changingRoutes(service)];
}

function readingRoutes(service: Conversations): Route[] {
	return [
		route({
			method: "GET",
			path,
			operationId: "getConversationsCalls",
			summary: "Lists the user's own calls that are live or wait for a wrap-up.",
			permission: noPermission,
			scope: readScope("conversations"),
			query: Type.Object(pagesIfAsked),
			success: { status: 200, model: "CallConversationEntityListing" },
			handler: async ({ principal, query, url }) => {
				const own = await service.liveForUser(requireUser(principal));
				return pageOrAll(own.map(restMediaConversation), query, url);
			},
		}),
		route({
			method: "GET",
			path: `${path}/history`,
			operationId: "getConversationsCallsHistory",
			summary: "Lists the user's own past and present calls, newest first.",
			permission: noPermission,
			scope: readScope("conversations"),
			query: pagedQuery({ interval: Type.Optional(Type.String()) }),
			success: { status: 200, model: "CallHistoryConversationEntityListing" },
			handler: async ({ principal, query, url }) => {
				const userId = requireUser(principal);
				const page = pageRequest(query);
				const slice = {
					limit: page.pageSize,
					offset: pageOffset(page),
					...(query.interval === undefined ? {} : readInterval(query.interval)),
				};
				const { conversations, total, users } = await service.historyOf(userId, slice);
				const known = new Map(users.map((user) => [user.id, user]));
				return pageOf(
					conversations.map((one) => callHistory(one, userId, known)),
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
			handler: () => ({ maxParticipants }),
		}),
		route({
			method: "GET",
			path: `${path}/:conversationId`,
			operationId: "getConversationsCall",
			summary: "Reads a call, with the media fields on its participants.",
			permission: noPermission,
			scope: readScope("conversations"),
			params,
			success: { status: 200, model: "CallConversation" },
			handler: async ({ principal, params: ids }) =>
				restMediaConversation(await visible(service, ids.conversationId, principal)),
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
			// The table names conversation:conference:add; conversation:call:add is what roles give for calling (platform-api 5.5).
			permission: anyOf("conversation:conference:add", "conversation:call:add"),
			scope: writeScope("conversations"),
			body: createCallBody,
			success: { status: 202, model: "CreateCallResponse" },
			errors: ["conversation.error.phone.not.reachable"],
			handler: async ({ principal, body }) => {
				const { id } = await service.dial(outboundCall(requireUser(principal), body));
				return { id, selfUri: `${path}/${id}` };
			},
		}),
		route({
			method: "POST",
			path: `${path}/:conversationId`,
			operationId: "postConversationsCall",
			summary: "Places a call inside a callback's conversation.",
			permission: noPermission,
			scope: writeScope("conversations"),
			params,
			body: callCommandBody,
			success: { status: 200, model: "Conversation" },
			handler: async ({ principal, params: ids }) => {
				await visible(service, ids.conversationId, principal);
				throw illegalState("The conversation is no callback: only a callback's number can be called from within it.");
			},
		}),
		route({
			method: "POST",
			path: `${path}/:conversationId/participants`,
			operationId: "postConversationsCallParticipants",
			summary: "Adds parties to a running call, each by number or user.",
			permission: noPermission,
			scope: writeScope("conversations"),
			params,
			body: addPartiesBody,
			success: { status: 200, model: "Conversation" },
			handler: async ({ principal, params: ids, body }) => {
				const wishes = body.participants.map(({ address, userId }) => ({ phoneNumber: address, userId }));
				return restConversation(await service.addParticipants(ids.conversationId, wishes, controllerOf(principal)));
			},
		}),
	];
}

/** `participants` with one entry is the same as naming it directly; more would be an ad hoc conference. */
function outboundCall(userId: string, body: CreateCallBody): OutboundCall {
	const { participants = [], conversationIds = [], ...call } = body;
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

function changingRoutes(service: Conversations): Route[] {
	return [
		route({
			method: "PATCH",
			path: `${path}/:conversationId`,
			operationId: "patchConversationsCall",
			summary: "Ends the call, or changes its recording state.",
			permission: anyOf(...ending),
			scope: writeScope("conversations"),
			params,
			body: conversationPatchBody,
			success: { status: 200, model: "Conversation" },
			handler: async ({ principal, params: ids, body }) => {
				const by = controllerOf(principal);
				return restConversation(await patchWhole(service, ids.conversationId, body, by));
			},
		}),
		route({
			method: "PUT",
			path: `${path}/:conversationId/recordingstate`,
			operationId: "putConversationsCallRecordingstate",
			summary: "Pauses, resumes or ends the recording.",
			// Whoever may record their own call may pause it; the rules ask for more where it is somebody else's (platform-api 5.6).
			permission: anyOf("conversation:recording:pauseOthers", "conversation:call:record"),
			scope: writeScope("conversations"),
			params,
			body: recordingStateBody,
			success: { status: 200, model: "string" },
			handler: async ({ params: ids, body, principal }) => {
				const changed = await service.setRecordingState(
					ids.conversationId,
					body.recordingState,
					controllerOf(principal),
				);
				return textAnswer(200, changed.recordingState);
			},
		}),
	];
}

async function patchWhole(
	service: Conversations,
	conversationId: string,
	{ state, recordingState }: { state?: string; recordingState?: string },
	by: ReturnType<typeof controllerOf>,
): Promise<Conversation> {
	if (state !== undefined && state !== "disconnected")
		throw badField("state", "A call as a whole can only be disconnected.");
	if (state === "disconnected") return service.disconnect(conversationId, by);
	const wanted = recordingState?.toUpperCase();
	if (wanted === "ACTIVE" || wanted === "PAUSED" || wanted === "NONE")
		return service.setRecordingState(conversationId, wanted, by);
	throw badField("state", "Send state disconnected, or a recordingState of ACTIVE, PAUSED or NONE.");
}
