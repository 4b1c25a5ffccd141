import { Type } from "typebox";
import { anyOf, everywhere, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { SeenVersion, seenVersion, versioned } from "../kernel/http/versions.ts";
import { actorOf } from "../kernel/principal.ts";
import type { KeptMailbox } from "./mailboxes-store.ts";
import type { Mailing } from "./mailing.ts";
import { securities } from "./model.ts";

const path = "/api/inlay/v1/email/domains/:domainId/routes/:routeId/mailbox";
const params = idParams("domainId", "routeId");
const manage = everywhere(anyOf("routing:email:manage"));
const view = everywhere(anyOf("routing:email:view", "routing:email:manage"));
const write = writeScope("routing");

const MailboxBody = Type.Object({
	host: Type.String({ minLength: 1, maxLength: 253 }),
	port: Type.Integer({ minimum: 1, maximum: 65_535 }),
	security: Type.Union(securities.map((one) => Type.Literal(one))),
	user: Type.String({ minLength: 1, maxLength: 200 }),
	password: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
	folder: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
	version: SeenVersion,
});

/** The mailbox, with somebody else's mail server, from which an address's mails are brought (agent-features 8.1). */
export function mailboxRoutes({ places, mailboxes, imap }: Mailing): Route[] {
	function told({ routeId, server, version }: KeptMailbox) {
		const { password: _secret, ...rest } = server;
		const { isOpen, trouble, lookedAt } = imap.stateOf(routeId);
		return versioned({
			...{ ...rest, hasPassword: true, version, isOpen },
			...(trouble ? { trouble } : {}),
			...(lookedAt ? { lookedAt: lookedAt.toISOString() } : {}),
		});
	}

	return [
		route({
			method: "GET",
			path,
			operationId: "getInlayEmailDomainRouteMailbox",
			summary: "The mailbox (IMAP) from which an address's mails are brought, and how it stands.",
			permission: view,
			scope: readScope("routing"),
			params,
			success: { status: 200 },
			async handler({ params: { domainId, routeId } }) {
				await places.requireRoute(domainId, routeId);
				return told(await mailboxes.require(routeId));
			},
		}),
		route({
			method: "PUT",
			path,
			operationId: "putInlayEmailDomainRouteMailbox",
			summary: "Has an address's mails brought from a mailbox, by IMAP. A password that is not told stays.",
			permission: manage,
			scope: write,
			params,
			body: MailboxBody,
			holdsSecret: true,
			readOnly: ["hasPassword", "isOpen", "trouble", "lookedAt"],
			honoursIfMatch: true,
			success: { status: 200 },
			errors: ["version.conflict"],
			async handler({ params: { domainId, routeId }, body: { version, ...wish }, principal, headers }) {
				const seen = seenVersion(headers, version);
				return told(await mailboxes.set(domainId, routeId, wish, seen, actorOf(principal)));
			},
		}),
		route({
			method: "DELETE",
			path,
			operationId: "deleteInlayEmailDomainRouteMailbox",
			summary: "Has nothing brought from the mailbox any more; its mails stay there, and what was brought stays here.",
			permission: manage,
			scope: write,
			params,
			honoursIfMatch: true,
			success: { status: 204 },
			errors: ["version.conflict"],
			handler: ({ params: { domainId, routeId }, principal, headers }) =>
				mailboxes.remove(domainId, routeId, seenVersion(headers), actorOf(principal)),
		}),
	];
}
