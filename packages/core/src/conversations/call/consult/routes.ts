import { type TSchema, Type } from "typebox";
import { badField } from "../../../kernel/http/api-error.ts";
import { anyOf, noPermission, type Route, route, writeScope } from "../../../kernel/http/route.ts";
import { idParams } from "../../../kernel/http/schemas.ts";
import { controllerOf } from "../../routes/context.ts";
import type { Conversations, TransferWish } from "../../service.ts";
import type { SpeakTo } from "./model.ts";

const permission = "conversation:communication:consultTransfer";
const party = "/api/v2/conversations/calls/:conversationId/participants/:participantId";
const params = idParams("conversationId", "participantId");

const id = Type.Optional(Type.String({ maxLength: 200 }));
const speaking = {
	speakTo: Type.Union([
		Type.Literal("DESTINATION"),
		Type.Literal("OBJECT"),
		Type.Literal("BOTH"),
		Type.Literal("CONFERENCE"),
	]),
	consultingUserId: id,
};
const destination = Type.Object({ address: id, name: id, userId: id, queueId: id });

interface Body extends TransferWish {
	speakTo: SpeakTo;
	consultingUserId?: string;
	destination?: TransferWish;
}

interface Kind {
	operationId: string;
	path: string;
	/** Beside the one for all kinds of destinations. */
	permission?: string;
	/** What the body names the destination by. */
	names: Record<string, TSchema>;
	/** Which of that is read. */
	reads: ReadonlyArray<keyof TransferWish>;
}

/** `ConsultTransfer` and its typed relatives (platform-api 5.4). */
const kinds: Kind[] = [
	{
		operationId: "postConversationsCallParticipantConsult",
		path: `${party}/consult`,
		names: { destination },
		reads: ["userId", "queueId", "address"],
	},
	{
		operationId: "postConversationsCallParticipantConsultAgent",
		path: `${party}/consult/agent`,
		permission: `${permission}Agent`,
		names: { userId: id, userDisplayName: id },
		reads: ["userId"],
	},
	{
		operationId: "postConversationsCallParticipantConsultQueue",
		path: `${party}/consult/queue`,
		permission: `${permission}Queue`,
		names: { queueId: id, queueName: id },
		reads: ["queueId"],
	},
	{
		operationId: "postConversationsCallParticipantConsultExternal",
		path: `${party}/consult/external`,
		permission: `${permission}External`,
		names: { address: id },
		reads: ["address"],
	},
	{
		operationId: "postConversationsCallParticipantVoiceConsult",
		path: `${party}/voice/consult`,
		names: { address: id },
		reads: ["address"],
	},
];

/** Consulting somebody about a customer (platform-api 5.4; agent-features 2). */
export function consultRoutes(service: Conversations): Route[] {
	return [...kinds.map((kind) => startRoute(service, kind)), ...goingOnRoutes(service)];
}

function startRoute({ calls }: Conversations, kind: Kind): Route {
	return route({
		method: "POST",
		path: kind.path,
		operationId: kind.operationId,
		summary: `Consults ${kind.reads.join(", ")} about a party, who hears music meanwhile.`,
		permission: anyOf(permission, ...(kind.permission ? [kind.permission] : [])),
		scope: writeScope("conversations"),
		params,
		body: Type.Object({ ...speaking, ...kind.names }),
		success: { status: 200, model: "ConsultTransferResponse" },
		errors: ["consult.already.active", "consult.while.held", "consult.destination.busy", "conference.limit"],
		handler: async ({ params: ids, body, principal }) => {
			const { speakTo, consultingUserId, ...named } = body as Body;
			const wish = readDestination(named, kind.reads);
			const request = { ...wish, speakTo, ...(consultingUserId ? { consultingUserId } : {}) };
			return calls.consults.start(ids.conversationId, ids.participantId, request, controllerOf(principal));
		},
	});
}

function readDestination({ destination, ...named }: Omit<Body, "speakTo">, reads: Kind["reads"]): TransferWish {
	const from: TransferWish = destination ?? named;
	const wish = Object.fromEntries(reads.flatMap((key) => (from[key] ? [[key, from[key]]] : [])));
	if (Object.keys(wish).length > 1) throw badField("destination", `Give exactly one of ${reads.join(", ")}.`);
	return wish;
}

function goingOnRoutes({ calls }: Conversations): Route[] {
	return [
		route({
			method: "PATCH",
			path: `${party}/consult`,
			operationId: "patchConversationsCallParticipantConsult",
			summary: "Says whom the consulting agent talks to; CONFERENCE ends the consult and leaves all in the call.",
			// The table asks for none: it is one's own consult (platform-api 5.4).
			permission: noPermission,
			scope: writeScope("conversations"),
			params,
			body: Type.Object(speaking),
			success: { status: 200, model: "ConsultTransferResponse" },
			errors: ["conversation.error.consult.transfer.pending.not.found"],
			handler: ({ params: ids, body, principal }) =>
				calls.consults.speakTo(ids.conversationId, ids.participantId, body, controllerOf(principal)),
		}),
		route({
			method: "DELETE",
			path: `${party}/consult`,
			operationId: "deleteConversationsCallParticipantConsult",
			summary: "Cancels the consult: the agent is with the customer again.",
			permission: noPermission,
			scope: writeScope("conversations"),
			params,
			success: { status: 200 },
			errors: ["conversation.error.consult.transfer.pending.not.found"],
			handler: async ({ params: ids, principal }) => {
				await calls.consults.cancel(ids.conversationId, ids.participantId, controllerOf(principal));
			},
		}),
	];
}
