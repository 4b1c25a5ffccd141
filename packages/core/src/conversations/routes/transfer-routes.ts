import { badField } from "../../kernel/http/api-error.ts";
import { requirePermissions } from "../../kernel/http/guard.ts";
import { anyOf, type Route, route, writeScope } from "../../kernel/http/route.ts";
import { idParams } from "../../kernel/http/schemas.ts";
import type { Principal } from "../../kernel/principal.ts";
import type { Medium } from "../medium.ts";
import { findParticipant } from "../model.ts";
import type { SharedConversations, TransferWish } from "../service.ts";
import { controllerOf, orInHand } from "./context.ts";
import { type TransferBody, transferBody } from "./schemas.ts";

const blind = "conversation:communication:blindTransfer";
const party = "/api/v2/conversations/:conversationId/participants/:participantId";

interface Kind {
	operationId: string;
	path: string;
	permissions: string[];
	/** Which of the body's targets this operation reads. */
	reads: ReadonlyArray<"userId" | "queueId" | "address">;
}

const kinds: Kind[] = [
	{
		operationId: "postConversationParticipantReplace",
		path: `${party}/replace`,
		permissions: [blind],
		reads: ["userId", "queueId", "address"],
	},
	{
		operationId: "postConversationParticipantReplaceAgent",
		path: `${party}/replace/agent`,
		permissions: [blind, `${blind}Agent`],
		reads: ["userId"],
	},
	{
		operationId: "postConversationParticipantReplaceQueue",
		path: `${party}/replace/queue`,
		permissions: [blind, `${blind}Queue`],
		reads: ["queueId"],
	},
	{
		operationId: "postConversationParticipantReplaceExternal",
		path: `${party}/replace/external`,
		permissions: [blind, `${blind}External`],
		reads: ["address"],
	},
	{
		operationId: "postConversationParticipantTransfer",
		path: `${party}/transfer`,
		permissions: [blind],
		reads: ["address"],
	},
];

/** Blind transfers: one's own part is replaced (platform-api 5.4). */
export function transferRoutes(service: SharedConversations): Route[] {
	return kinds.map((kind) => transferRoute(service, kind));
}

/** The same under a medium's own path. */
export function mediaTransferRoute(service: SharedConversations, { list, words: { one } }: Medium<never>): Route {
	return transferRoute(service, {
		operationId: `postConversations${one}ParticipantReplace`,
		path: `/api/v2/conversations/${list}/:conversationId/participants/:participantId/replace`,
		permissions: [blind],
		reads: ["userId", "queueId", "address"],
	});
}

function transferRoute(service: SharedConversations, kind: Kind): Route {
	const permission = orInHand(service, anyOf(...kind.permissions));
	return route({
		method: "POST",
		path: kind.path,
		operationId: kind.operationId,
		summary: `Transfers the interaction blindly to ${kind.reads.join(", ")}.`,
		permission,
		scope: writeScope("conversations"),
		params: idParams("conversationId", "participantId"),
		body: transferBody,
		success: { status: 202 },
		handler: async ({ params, body, principal }) => {
			const wish = readWish(body, kind.reads);
			if (!(await goesBack(service, params, wish))) requirePermissions(permission, principal);
			await transfer(service, params, wish, principal);
		},
	});
}

/** Whoever has a call in hand may always give it back to the queue that it came through, e.g. to sign out. */
async function goesBack(
	service: SharedConversations,
	{ conversationId, participantId }: { conversationId: string; participantId: string },
	{ queueId }: TransferWish,
): Promise<boolean> {
	const conversation = await service.get(conversationId);
	const participant = conversation && findParticipant(conversation, participantId);
	return queueId !== undefined && participant?.queueId === queueId;
}

async function transfer(
	service: SharedConversations,
	ids: { conversationId: string; participantId: string },
	wish: TransferWish,
	principal: Principal,
): Promise<void> {
	await service.transfer(ids.conversationId, ids.participantId, wish, controllerOf(principal));
}

function readWish(body: TransferBody, reads: Kind["reads"]): TransferWish {
	if (body.voicemail && !(body.userId && reads.includes("userId")))
		throw badField(
			"voicemail",
			"voicemail needs the userId of whose mailbox it is.",
			"conversations.error.transfer.usercall.voicemail",
		);
	if (body.transferType === "Attended")
		throw badField("transferType", "This operation transfers blindly; use consult for an attended transfer.");
	const mailbox = body.voicemail ? { voicemail: true } : {};
	return { ...mailbox, ...Object.fromEntries(reads.flatMap((key) => (body[key] ? [[key, body[key]]] : []))) };
}
