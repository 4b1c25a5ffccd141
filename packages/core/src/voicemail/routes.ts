import { Type } from "typebox";
import { notFound } from "../kernel/http/api-error.ts";
import { Answer, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { CommaList, pagedQuery, readList } from "../kernel/http/schemas.ts";
import { type Principal, requireUser } from "../kernel/principal.ts";
import { messageRoutes } from "./message-routes.ts";
import type { Owner } from "./model.ts";
import { othersRoutes } from "./others-routes.ts";
import { mailboxOf, messagePage } from "./pages.ts";
import type { Voicemails } from "./voicemails.ts";

const path = "/api/v2/voicemail";
const read = readScope("voicemail");

/** Mailboxes and messages (platform-api 5.19). One's own, and one's groups', need no permission. */
export function voicemailRoutes(voicemails: Voicemails): Route[] {
	return [...ownRoutes(voicemails), ...messageRoutes(voicemails), ...othersRoutes(voicemails)];
}

const own = (principal: Principal): Owner => ({ type: "user", id: requireUser(principal) });

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
			handler: ({ principal }) => mailboxOf(voicemails, own(principal), `${path}${tail}`),
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
			handler: ({ principal, query, url }) => messagePage(voicemails, [own(principal)], query, url),
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
				return messagePage(voicemails, owners, paging, url, {
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
			scope: writeScope("voicemail"),
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
