import { Type } from "typebox";
import { notFound } from "../kernel/http/api-error.ts";
import { pageOf, pageRequest } from "../kernel/http/paging.ts";
import { Answer, anyOf, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { CommaList, honouring, idParams, pagedQuery, readList } from "../kernel/http/schemas.ts";
import { type Principal, requireInDivision, requireUser } from "../kernel/principal.ts";
import type { Owner, Voicemail } from "./model.ts";
import type { Which } from "./store.ts";
import { mailboxView, messageView, namesIn } from "./views.ts";
import { type Voicemails, viewOthers, viewOthersMailbox, viewQueues } from "./voicemails.ts";

const path = "/api/v2/voicemail";
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

/** Mailboxes and messages (platform-api 5.19). One's own, and one's groups', need no permission. */
export function voicemailRoutes(voicemails: Voicemails): Route[] {
	return [...ownRoutes(voicemails), ...messageRoutes(voicemails), ...othersRoutes(voicemails)];
}

async function page(voicemails: Voicemails, owners: readonly Owner[], query: PageQuery, url: string, which?: Which) {
	const asked = pageRequest(query);
	const { found, total } = await voicemails.list(owners, asked, which);
	const names = await namesIn(found, voicemails.ports);
	return pageOf(
		found.map((one) => messageView(one, names)),
		total,
		asked,
		url,
	);
}

interface PageQuery {
	pageSize?: number;
	pageNumber?: number;
}

async function view(voicemails: Voicemails, found: Voicemail) {
	return messageView(found, await namesIn([found], voicemails.ports));
}

const own = (principal: Principal): Owner => ({ type: "user", id: requireUser(principal) });

async function mailbox(voicemails: Voicemails, owner: Owner, selfUri: string) {
	return mailboxView(owner, await voicemails.counts([owner]), selfUri);
}

function ownRoutes(voicemails: Voicemails): Route[] {
	const mine = (tail: string, operationId: string) =>
		route({
			method: "GET",
			path: `${path}${tail}`,
			operationId,
			summary: "One's own mailbox; unreadCount is what the message-waiting indicator shows.",
			permission: noPermission,
			scope: read,
			success: { status: 200, model: "VoicemailMailboxInfo" },
			handler: ({ principal }) => mailbox(voicemails, own(principal), `${path}${tail}`),
		});
	return [
		mine("/mailbox", "getVoicemailMailbox"),
		mine("/me/mailbox", "getVoicemailMeMailbox"),
		route({
			method: "GET",
			path: `${path}/me/messages`,
			operationId: "getVoicemailMeMessages",
			summary: "One's own messages, the newest first.",
			permission: noPermission,
			scope: read,
			query: pagedQuery(),
			success: { status: 200, model: "VoicemailMessageEntityListing" },
			handler: ({ principal, query, url }) => page(voicemails, [own(principal)], query, url),
		}),
		route({
			method: "GET",
			path: `${path}/messages`,
			operationId: "getVoicemailMessages",
			summary: "Messages of one's own and of one's groups, the newest first.",
			permission: noPermission,
			scope: read,
			query: pagedQuery({
				ids: CommaList,
				/** Ours: one mailbox alone, as `group:…` or `queue:…`; part of name, number or note; what nobody has heard. */
				inlayMailbox: Type.Optional(Type.String({ maxLength: 200 })),
				inlayText: Type.Optional(Type.String({ maxLength: 200 })),
				inlayUnread: Type.Optional(Type.Boolean()),
			}),
			success: { status: 200, model: "VoicemailMessageEntityListing" },
			errors: ["not.found"],
			handler: async ({ principal, query, url }) => {
				const { ids, inlayMailbox, inlayText = "", inlayUnread = false, ...paging } = query;
				const owners = await ownersNamed(voicemails, principal, inlayMailbox);
				return page(voicemails, owners, paging, url, {
					...(ids === undefined ? {} : { ids: readList(ids) }),
					...(inlayText.trim() === "" ? {} : { text: inlayText.trim() }),
					unread: inlayUnread,
				});
			},
		}),
		route({
			method: "GET",
			path: "/api/v2/inlay/voicemail/inbox",
			operationId: "getInlayVoicemailInbox",
			summary: "How many messages of one's own and of one's groups nobody has heard yet.",
			permission: noPermission,
			scope: read,
			success: { status: 200, description: "{unread, total, newest, mailboxes, conversations}" },
			handler: ({ principal }) => inbox(voicemails, principal),
		}),
		route({
			method: "DELETE",
			path: `${path}/messages`,
			operationId: "deleteVoicemailMessages",
			summary: "Deletes all messages of one's own; each can be had back for seven days.",
			permission: noPermission,
			scope: write,
			success: { status: 200 },
			handler: async ({ principal }) => {
				await voicemails.deleteAll(principal);
				return new Answer(200, {});
			},
		}),
	];
}

/** What the message-waiting indicator and the inbox show; what waits in queues is offered as work, and counts by itself. */
async function inbox(voicemails: Voicemails, principal: Principal) {
	const boxes = await voicemails.mailboxesOf(principal);
	const owners = boxes.flatMap(({ owner }) => (owner.type === "queue" ? [] : [owner]));
	const [{ unread, total }, conversations, mailboxes] = await Promise.all([
		voicemails.counts(owners),
		voicemails.conversationsOf(owners),
		Promise.all(
			boxes.map(async ({ owner, name }) => ({
				...owner,
				...(name ? { name } : {}),
				unread: (await voicemails.counts([owner])).unread,
			})),
		),
	]);
	const newest =
		unread > 0 ? (await voicemails.list(owners, { pageSize: 1, pageNumber: 1 }, { unread: true })).found : [];
	const [first] = newest.map((one) => ({
		id: one.id,
		...(one.callerAddress ? { callerAddress: one.callerAddress } : {}),
		seconds: Math.round(one.durationMs / 1000),
		...(one.owner.type === "group" ? { group: one.owner.id } : {}),
	}));
	return { unread, total, ...(first ? { newest: first } : {}), mailboxes, conversations };
}

/** @param named one mailbox of the inbox, as `user`, `group:…` or `queue:…`; one's own and one's groups' unless told */
async function ownersNamed(voicemails: Voicemails, principal: Principal, named: string | undefined): Promise<Owner[]> {
	if (named === undefined) return voicemails.ownersOf(requireUser(principal));
	const boxes = await voicemails.mailboxesOf(principal);
	const [found] = boxes.filter(({ owner: { type, id } }) => named === (type === "user" ? type : `${type}:${id}`));
	if (!found) throw notFound("mailbox", named);
	return [found.owner];
}

function messageRoutes(voicemails: Voicemails): Route[] {
	const one = `${path}/messages/:messageId`;
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
				view(voicemails, await voicemails.change(params.messageId, body, principal)),
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
			handler: async ({ principal, params }) => view(voicemails, await voicemails.read(params.messageId, principal)),
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
			path: `${path}/messages`,
			operationId: "postVoicemailMessages",
			summary: "Copies a message to a colleague or a group.",
			permission: noPermission,
			scope: write,
			body: CopyBody,
			success: { status: 200, model: "VoicemailMessage" },
			errors: ["voicemail.disabled", "voicemail.mailbox.full"],
			handler: async ({ principal, body: { voicemailMessageId, inlayNote, ...to } }) =>
				view(voicemails, await voicemails.copy(voicemailMessageId, { ...to, note: inlayNote }, principal)),
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
				view(voicemails, await voicemails.change(params.messageId, { claimed: body.claimed }, principal)),
		}),
	];
}

function othersRoutes(voicemails: Voicemails): Route[] {
	const { ports } = voicemails;

	async function ofUser(userId: string, permission: string, principal: Principal): Promise<Owner> {
		const [user] = await ports.users([userId]);
		if (!user) throw notFound("user", userId);
		if (principal.userId !== userId) requireInDivision(principal, [permission], user.divisionId);
		return { type: "user", id: userId };
	}

	const listing = { status: 200, model: "VoicemailMessageEntityListing" };
	return [
		route({
			method: "GET",
			path: `${path}/users/:userId/mailbox`,
			operationId: "getVoicemailUserMailbox",
			summary: "A user's mailbox.",
			permission: anyOf(viewOthersMailbox),
			scope: read,
			params: idParams("userId"),
			success: { status: 200, model: "VoicemailMailboxInfo" },
			handler: async ({ principal, params, url }) =>
				mailbox(voicemails, await ofUser(params.userId, viewOthersMailbox, principal), url),
		}),
		route({
			method: "GET",
			path: `${path}/users/:userId/messages`,
			operationId: "getVoicemailUserMessages",
			summary: "A user's messages.",
			permission: anyOf(viewOthers),
			scope: read,
			params: idParams("userId"),
			query: pagedQuery(),
			success: listing,
			handler: async ({ principal, params, query, url }) =>
				page(voicemails, [await ofUser(params.userId, viewOthers, principal)], query, url),
		}),
		route({
			method: "GET",
			path: `${path}/groups/:groupId/mailbox`,
			operationId: "getVoicemailGroupMailbox",
			summary: "The mailbox of a group that one is a member of.",
			permission: noPermission,
			scope: read,
			params: idParams("groupId"),
			success: { status: 200, model: "VoicemailMailboxInfo" },
			errors: ["not.a.member"],
			handler: async ({ principal, params, url }) =>
				mailbox(voicemails, await voicemails.groupMailbox(params.groupId, principal), url),
		}),
		route({
			method: "GET",
			path: `${path}/groups/:groupId/messages`,
			operationId: "getVoicemailGroupMessages",
			summary: "The messages of a group that one is a member of.",
			permission: noPermission,
			scope: read,
			params: idParams("groupId"),
			query: pagedQuery(),
			success: listing,
			errors: ["not.a.member"],
			handler: async ({ principal, params, query, url }) =>
				page(voicemails, [await voicemails.groupMailbox(params.groupId, principal)], query, url),
		}),
		route({
			method: "GET",
			path: `${path}/queues/:queueId/messages`,
			operationId: "getVoicemailQueueMessages",
			summary: "The messages that customers have left for a queue.",
			permission: anyOf(viewQueues),
			scope: read,
			params: idParams("queueId"),
			query: pagedQuery(),
			success: listing,
			handler: async ({ principal, params, query, url }) => {
				const queue = await ports.queue(params.queueId);
				if (!queue) throw notFound("queue", params.queueId);
				requireInDivision(principal, [viewQueues], queue.divisionId);
				return page(voicemails, [{ type: "queue", id: queue.id }], query, url);
			},
		}),
	];
}
