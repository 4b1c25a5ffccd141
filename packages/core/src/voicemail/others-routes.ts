import { notFound } from "../kernel/http/api-error.ts";
import { anyOf, noPermission, type Route, readScope, route } from "../kernel/http/route.ts";
import { idParams, pagedQuery } from "../kernel/http/schemas.ts";
import { type Principal, requireInDivision } from "../kernel/principal.ts";
import type { Owner } from "./model.ts";
import { mailboxOf, messagePage } from "./pages.ts";
import { viewOthers, viewOthersMailbox, viewQueues } from "./readers.ts";
import type { Voicemails } from "./voicemails.ts";

const path = "/api/v2/voicemail";
const read = readScope("voicemail");

/** Mailboxes of others, of groups and of queues, for who may look into them. */
export function othersRoutes(voicemails: Voicemails): Route[] {
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
				mailboxOf(voicemails, await ofUser(params.userId, viewOthersMailbox, principal), url),
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
				messagePage(voicemails, [await ofUser(params.userId, viewOthers, principal)], query, url),
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
				mailboxOf(voicemails, await voicemails.groupMailbox(params.groupId, principal), url),
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
				messagePage(voicemails, [await voicemails.groupMailbox(params.groupId, principal)], query, url),
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
				return messagePage(voicemails, [{ type: "queue", id: queue.id }], query, url);
			},
		}),
	];
}
