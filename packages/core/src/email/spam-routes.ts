import { Type } from "typebox";
import { controllerOf } from "../conversations/routes/context.ts";
import { pageOf, pageOrAll, pageRequest } from "../kernel/http/paging.ts";
import { anyOf, everywhere, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams, pagesIfAsked } from "../kernel/http/schemas.ts";
import { actorOf } from "../kernel/principal.ts";
import type { Mailing } from "./mailing.ts";

const address = "/api/inlay/v1/email/domains/:domainId/routes/:routeId";
const manage = everywhere(anyOf("routing:email:manage"));
const view = everywhere(anyOf("routing:email:view", "routing:email:manage"));

/** What nobody wants to read: said by agents, seen and taken back by who looks after the address (agent-features 8.2). */
export function spamRoutes({ spam, places }: Pick<Mailing, "spam" | "places">): Route[] {
	return [
		route({
			method: "POST",
			path: "/api/inlay/v1/conversations/emails/:conversationId/spam",
			operationId: "postInlayConversationsEmailSpam",
			summary:
				"Says that what one has in hand is spam: it ends, and what its sender writes to the address is kept aside; `blocked` says who that is, if anybody.",
			// Whoever has it in hand may end it; that its sender is kept off is undone by who looks after the address.
			permission: noPermission,
			scope: writeScope("conversations"),
			params: idParams("conversationId"),
			success: { status: 200 },
			async handler({ params: { conversationId }, principal }) {
				const blocked = await spam.mark(conversationId, controllerOf(principal));
				return blocked === undefined ? {} : { blocked };
			},
		}),
		route({
			method: "GET",
			path: `${address}/blocked`,
			operationId: "getInlayEmailDomainRouteBlocked",
			summary: "Whose mails to an address are kept aside, because an agent has called one spam.",
			permission: view,
			scope: readScope("routing"),
			params: idParams("domainId", "routeId"),
			query: Type.Object(pagesIfAsked),
			success: { status: 200 },
			async handler({ params: { domainId, routeId }, query, url }) {
				await places.requireRoute(domainId, routeId);
				const all = (await spam.blocked(routeId)).map(({ at, ...one }) => ({ ...one, at: at.toISOString() }));
				return pageOrAll(all, query, url);
			},
		}),
		route({
			method: "DELETE",
			path: `${address}/blocked/:sender`,
			operationId: "deleteInlayEmailDomainRouteBlocked",
			summary: "Lets a sender in again from now on.",
			permission: manage,
			scope: writeScope("routing"),
			params: idParams("domainId", "routeId", "sender"),
			success: { status: 204 },
			async handler({ params: { domainId, routeId, sender }, principal }) {
				await places.requireRoute(domainId, routeId);
				await spam.unblock(routeId, sender, actorOf(principal));
			},
		}),
		route({
			method: "GET",
			path: `${address}/held`,
			operationId: "getInlayEmailDomainRouteHeld",
			summary: "Mails to an address that were kept aside, the latest first, each with the reason.",
			permission: view,
			scope: readScope("routing"),
			params: idParams("domainId", "routeId"),
			query: Type.Object(pagesIfAsked),
			success: { status: 200 },
			async handler({ params: { domainId, routeId }, query, url }) {
				await places.requireRoute(domainId, routeId);
				const page = pageRequest(query);
				const { mails, total } = await spam.held(routeId, page);
				const shown = mails.map(({ at, ...one }) => ({ ...one, at: at.toISOString() }));
				return pageOf(shown, total, page, url);
			},
		}),
		route({
			method: "POST",
			path: `${address}/held/:mailId/release`,
			operationId: "postInlayEmailDomainRouteHeldRelease",
			summary: "Has a mail that was kept aside come to the queue after all.",
			permission: manage,
			scope: writeScope("routing"),
			params: idParams("domainId", "routeId", "mailId"),
			success: { status: 204 },
			async handler({ params: { domainId, routeId, mailId }, principal }) {
				await places.requireRoute(domainId, routeId);
				await spam.letIn(routeId, mailId, actorOf(principal));
			},
		}),
	];
}
