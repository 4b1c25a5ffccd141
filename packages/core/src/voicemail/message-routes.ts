import { Type } from "typebox";
import { notFound } from "../kernel/http/api-error.ts";
import { Answer, anyOf, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { honouring, idParams } from "../kernel/http/schemas.ts";
import { messageOf } from "./pages.ts";
import { viewOthers, viewQueues } from "./readers.ts";
import type { Voicemails } from "./voicemails.ts";

const path = "/api/v2/voicemail/messages";
const one = `${path}/:messageId`;
const read = readScope("voicemail");
const write = writeScope("voicemail");
const longestNote = 1000;

const MessageBody = Type.Object({
	read: Type.Optional(Type.Boolean()),
	deleted: Type.Optional(Type.Boolean()),
	note: Type.Optional(Type.String({ maxLength: longestNote })),
});

const CopyBody = Type.Object({
	voicemailMessageId: Type.String({ minLength: 1, maxLength: 200 }),
	userId: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
	groupId: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
	/** Ours: what the sender says of it. */
	inlayNote: Type.Optional(Type.String({ maxLength: longestNote })),
});

/** One message: heard, changed, forwarded, seen to. */
export function messageRoutes(voicemails: Voicemails): Route[] {
	const change = (method: "PATCH" | "PUT") =>
		route({
			method,
			path: one,
			operationId: `${method.toLowerCase()}VoicemailMessage`,
			summary: "Marks a message read or unread, notes something with it, deletes it or has it back.",
			permission: noPermission,
			scope: write,
			params: idParams("messageId"),
			body: MessageBody,
			readOnly: ["inlayReadBy", "inlayClaimedBy", "inlayItemId"],
			success: { status: 200, model: "VoicemailMessage" },
			handler: async ({ principal, params, body }) =>
				messageOf(voicemails, await voicemails.change(params.messageId, body, principal)),
		});
	return [
		change("PATCH"),
		change("PUT"),
		route({
			method: "GET",
			path: one,
			operationId: "getVoicemailMessage",
			summary: "One message.",
			permission: noPermission,
			forOthers: anyOf(viewOthers, viewQueues),
			scope: read,
			params: idParams("messageId"),
			success: { status: 200, model: "VoicemailMessage" },
			handler: async ({ principal, params }) =>
				messageOf(voicemails, await voicemails.read(params.messageId, principal)),
		}),
		route({
			method: "DELETE",
			path: one,
			operationId: "deleteVoicemailMessage",
			summary: "Deletes a message; it can be had back for seven days.",
			permission: noPermission,
			scope: write,
			params: idParams("messageId"),
			success: { status: 200 },
			handler: async ({ principal, params }) => {
				await voicemails.change(params.messageId, { deleted: true }, principal);
				return new Answer(200, {});
			},
		}),
		route({
			method: "POST",
			path,
			operationId: "postVoicemailMessages",
			summary: "Copies a message to a colleague or a group.",
			permission: noPermission,
			scope: write,
			body: CopyBody,
			success: { status: 200, model: "VoicemailMessage" },
			errors: ["voicemail.disabled", "voicemail.mailbox.full"],
			handler: async ({ principal, body: { voicemailMessageId, inlayNote, ...to } }) =>
				messageOf(voicemails, await voicemails.copy(voicemailMessageId, { ...to, note: inlayNote }, principal)),
		}),
		route({
			method: "GET",
			path: `${one}/media`,
			operationId: "getVoicemailMessageMedia",
			summary: "A link to play a message, good for five minutes and without a token, and its waveform.",
			permission: noPermission,
			forOthers: anyOf(viewOthers, viewQueues),
			scope: read,
			params: idParams("messageId"),
			query: Type.Object({
				// What is kept, and so what is given; WEBM is what the platform's documentation defaults to.
				formatId: honouring("WAV", "WAV_ULAW", "WEBM", "NONE"),
				inlayDownload: Type.Optional(Type.Boolean()),
			}),
			success: { status: 200, model: "VoicemailMediaInfo" },
			handler: async ({ principal, params, query }) => {
				const found = await voicemails.read(params.messageId, principal);
				if (found.deletedAt) throw notFound("voicemail", found.id);
				const disposition = query.inlayDownload ? "attachment" : "inline";
				const mediaFileUri = await voicemails.link(found, principal, disposition);
				return { id: found.id, mediaFileUri, waveformData: found.waveform };
			},
		}),
		route({
			method: "POST",
			path: "/api/v2/inlay/voicemail/messages/:messageId/claim",
			operationId: "postInlayVoicemailMessageClaim",
			summary: "Says to the group that one sees to a message, or does so no more.",
			permission: noPermission,
			scope: write,
			params: idParams("messageId"),
			body: Type.Object({ claimed: Type.Boolean() }),
			success: { status: 200, model: "VoicemailMessage" },
			errors: ["voicemail.claimed"],
			handler: async ({ principal, params, body }) =>
				messageOf(voicemails, await voicemails.change(params.messageId, { claimed: body.claimed }, principal)),
		}),
	];
}
