import { Type } from "typebox";
import { restCompanion } from "../conversations/companions/shows.ts";
import { controllerOf, visible } from "../conversations/routes/context.ts";
import type { Conversations } from "../conversations/service.ts";
import { ApiError, notFound } from "../kernel/http/api-error.ts";
import { anyOf, noPermission, publicRoute, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { requireUser } from "../kernel/principal.ts";
import type { MessageAddress } from "../messaging/model.ts";
import { mayEmbed } from "../messaging/web/guest-socket.ts";
import type { Cobrowse } from "./cobrowse.ts";
import { type CobrowseSession, offerMs, viewOf } from "./model.ts";
import { askingRights } from "./rights.ts";

export interface RouteDeps {
	cobrowse: Cobrowse;
	conversations: Conversations;
	addressOf(id: string): Promise<MessageAddress | undefined>;
	/** Of the API's origin, as sockets have it. */
	socketUrl: string;
}

/** Co-browsing (platform-api 5.12): the platform's operations, and what panels, viewers and pages need beside them. */
export function cobrowseRoutes(deps: RouteDeps): Route[] {
	return [...platformRoutes(deps), ...agentRoutes(deps), joinRoute(deps)];
}

function platformRoutes({ cobrowse, conversations, socketUrl }: RouteDeps): Route[] {
	const list = "cobrowsesessions";
	return [
		route({
			method: "POST",
			path: "/api/v2/conversations/:conversationId/cobrowse",
			operationId: "postConversationCobrowse",
			summary: "Offers the customer of one's own interaction to co-browse: by the code, or in their messenger.",
			permission: anyOf(...askingRights),
			scope: writeScope("conversations"),
			params: idParams("conversationId"),
			success: { status: 200, model: "CobrowseWebMessagingSession" },
			errors: ["cobrowse.busy", "cobrowse.off", "cobrowse.conversation"],
			async handler({ params, principal }) {
				requireUser(principal);
				const session = await cobrowse.sessions.offer(params.conversationId, controllerOf(principal));
				return sessionView(session, socketUrl);
			},
		}),
		route({
			method: "GET",
			path: `/api/v2/conversations/${list}`,
			operationId: "getConversationsCobrowsesessions",
			summary: "One's own interactions in which a page is, or was, shared.",
			permission: noPermission,
			scope: readScope("conversations"),
			success: { status: 200, model: "CobrowseConversationEntityListing" },
			async handler({ principal }) {
				const own = await conversations.liveForUser(requireUser(principal));
				const entities = own
					.filter(({ participants }) => participants.some((one) => one[list]))
					.map((one) => restCompanion(one, list));
				return { entities };
			},
		}),
		route({
			method: "GET",
			path: `/api/v2/conversations/${list}/:conversationId`,
			operationId: "getConversationsCobrowsesession",
			summary: "An interaction in which a page is, or was, shared, as far as that goes.",
			permission: noPermission,
			scope: readScope("conversations"),
			params: idParams("conversationId"),
			success: { status: 200, model: "CobrowseConversation" },
			async handler({ params, principal }) {
				const conversation = await visible(conversations, params.conversationId, principal);
				if (!conversation.participants.some((one) => one[list])) throw notFound("conversation", params.conversationId);
				return restCompanion(conversation, list);
			},
		}),
	];
}

/** `CobrowseWebMessagingSession`. */
function sessionView(session: CobrowseSession, socketUrl: string) {
	const { id, code, offeredAt, communicationType } = session;
	return {
		id,
		...(code ? { joinCode: code } : {}),
		websocketUrl: `${socketUrl}/inlay/cobrowse/share/${id}`,
		dateOfferEnds: new Date(offeredAt.getTime() + offerMs).toISOString(),
		communicationType,
	};
}

const own = "/api/inlay/v1/cobrowse/conversations/:conversationId";

function agentRoutes({ cobrowse: { sessions }, socketUrl }: RouteDeps): Route[] {
	async function ownSession(conversationId: string, userId: string): Promise<CobrowseSession | undefined> {
		const session = await sessions.ofConversation(conversationId);
		return session?.userId === userId ? session : undefined;
	}
	return [
		route({
			method: "GET",
			path: own,
			operationId: "getInlayCobrowseConversation",
			summary: "How one's own co-browsing session in an interaction stands; null where there is, and was, none.",
			permission: noPermission,
			scope: readScope("conversations"),
			params: idParams("conversationId"),
			success: { status: 200 },
			async handler({ params, principal }) {
				const session = await ownSession(params.conversationId, requireUser(principal));
				return { session: session ? viewOf(session) : null };
			},
		}),
		route({
			method: "DELETE",
			path: own,
			operationId: "deleteInlayCobrowseConversation",
			summary: "Ends one's own co-browsing session in an interaction, or takes back the offer.",
			permission: noPermission,
			scope: writeScope("conversations"),
			params: idParams("conversationId"),
			success: { status: 204 },
			async handler({ params, principal }) {
				const session = await ownSession(params.conversationId, requireUser(principal));
				if (!session) throw notFound("co-browsing session", params.conversationId);
				await sessions.end(session.id, "agent", "agent");
			},
		}),
		route({
			method: "POST",
			path: `${own}/viewer`,
			operationId: "postInlayCobrowseConversationViewer",
			summary:
				"The secret by which the viewer of one's own session opens its socket; the one before opens nothing any more.",
			permission: noPermission,
			scope: writeScope("conversations"),
			params: idParams("conversationId"),
			success: { status: 200, description: "{sessionId, key, websocketUrl}" },
			errors: ["cobrowse.over"],
			holdsSecret: true,
			compress: false,
			async handler({ params, principal }) {
				const userId = requireUser(principal);
				const { session, key } = await sessions.viewerKey(params.conversationId, userId, principal.tokenHash);
				return { sessionId: session.id, key, websocketUrl: `${socketUrl}/inlay/cobrowse/view/${session.id}` };
			},
		}),
	];
}

function joinRoute({ cobrowse, addressOf, socketUrl }: RouteDeps): Route {
	return route({
		method: "POST",
		path: "/api/inlay/v1/cobrowse/:deploymentId/join",
		operationId: "postInlayCobrowseJoin",
		summary: "A customer's page brings the code that an agent has read out; it is good once.",
		permission: noPermission,
		scope: publicRoute,
		params: idParams("deploymentId"),
		body: Type.Object({ code: Type.String({ pattern: "^[0-9]{9}$" }) }),
		success: { status: 200, description: "{sessionId, key, agent, websocketUrl}" },
		errors: ["origin.not.allowed", "cobrowse.code.unknown", "cobrowse.offer.expired", "cobrowse.code.wait"],
		holdsSecret: true,
		compress: false,
		async handler({ params, body, headers, ip }) {
			const address = await addressOf(params.deploymentId);
			if (!address) throw notFound("deployment", params.deploymentId);
			const origin = [headers.origin].flat()[0];
			if (!mayEmbed(address, origin))
				throw new ApiError(403, "origin.not.allowed", "Pages of {origin} may not share what they show.", {
					params: { origin: origin ?? "an unknown origin" },
				});
			const { session, key } = await cobrowse.join(address, body.code, ip);
			const websocketUrl = `${socketUrl}/inlay/cobrowse/share/${session.id}`;
			return { sessionId: session.id, key, agent: session.agentName, websocketUrl };
		},
	});
}
