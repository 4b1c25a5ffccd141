import { Type } from "typebox";
import { badField } from "../kernel/http/api-error.ts";
import { pageOrAll } from "../kernel/http/paging.ts";
import { anyOf, everywhere, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams, pagesIfAsked } from "../kernel/http/schemas.ts";
import { SeenVersion, seenVersion, versioned } from "../kernel/http/versions.ts";
import { actorOf } from "../kernel/principal.ts";
import type { Sight } from "../kernel/sight.ts";
import { dkimRoutes } from "./dkim-routes.ts";
import { mailboxRoutes } from "./mailbox-routes.ts";
import type { Mailing } from "./mailing.ts";
import { type EmailRoute, mostMailBytes, mostSignature, securities } from "./model.ts";
import { plainLine } from "./reading/plain.ts";
import { domainView, inboundDomain, inboundRoute, routeView } from "./views.ts";

const path = "/api/inlay/v1/email/domains";
const read = readScope("routing");
const write = writeScope("routing");
/** Addresses are the whole organization's, as its numbers are. */
const manage = everywhere(anyOf("routing:email:manage"));
const view = everywhere(anyOf("routing:email:view", "routing:email:manage"));

const DomainBody = Type.Object({
	smtp: Type.Optional(
		Type.Union([
			Type.Null(),
			Type.Object({
				host: Type.String({ minLength: 1, maxLength: 253 }),
				port: Type.Integer({ minimum: 1, maximum: 65_535 }),
				security: Type.Union(securities.map((one) => Type.Literal(one))),
				user: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Null()])),
				password: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 500 }), Type.Null()])),
				dkimSelector: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 63 }), Type.Null()])),
			}),
		]),
	),
	version: SeenVersion,
});

const RouteBody = Type.Object({
	pattern: Type.String({ minLength: 1, maxLength: 64 }),
	fromName: Type.String({ minLength: 1, maxLength: 100 }),
	queueId: Type.String({ minLength: 1, maxLength: 200 }),
	settings: Type.Optional(
		Type.Object({
			threadingHours: Type.Optional(Type.Integer({ minimum: 0, maximum: 72 })),
			priority: Type.Optional(Type.Integer({ minimum: -25_000_000, maximum: 25_000_000 })),
			signature: Type.Optional(Type.String({ maxLength: mostSignature })),
			hasOwnSignatures: Type.Optional(Type.Boolean()),
			signsOnce: Type.Optional(Type.Boolean()),
			holdsSpam: Type.Optional(Type.Boolean()),
			undoSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 30 })),
			autoBcc: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 254 }), { maxItems: 10 })),
		}),
	),
	version: SeenVersion,
});

/** Domains and addresses for emails: as administrators set them, and as the platform tells them (platform-api 5.2). */
export function placeRoutes(mailing: Mailing, sight: Sight): Route[] {
	return [
		...domainRoutes(mailing),
		...addressRoutes(mailing, sight),
		...mailboxRoutes(mailing),
		...dkimRoutes(mailing),
		...platformRoutes(mailing),
		inboundDoor(mailing),
	];
}

function domainRoutes({ places, carrier, recordsOf }: Mailing): Route[] {
	const params = idParams("domainId");
	return [
		route({
			method: "GET",
			path,
			operationId: "getInlayEmailDomains",
			summary: "Domains for which emails are taken and sent.",
			permission: view,
			scope: read,
			query: Type.Object(pagesIfAsked),
			success: { status: 200 },
			async handler({ query, url }) {
				const page = pageOrAll(await places.store.domains(), query, url);
				return { ...page, entities: page.entities.map(domainView) };
			},
		}),
		route({
			method: "POST",
			path,
			operationId: "postInlayEmailDomains",
			summary: "Takes a domain into service.",
			permission: manage,
			scope: write,
			body: Type.Object({ id: Type.String({ minLength: 1, maxLength: 253 }), ...DomainBody.properties }),
			holdsSecret: true,
			readOnly: ["version", "selfUri", "hasPassword"],
			success: { status: 200 },
			errors: ["resource.already.exists"],
			handler: async ({ body: { id, version: _version, ...wish }, principal }) =>
				versioned(domainView(await places.createDomain(id, wish, actorOf(principal)))),
		}),
		route({
			method: "GET",
			path: `${path}/:domainId`,
			operationId: "getInlayEmailDomain",
			summary: "One domain.",
			permission: view,
			scope: read,
			params,
			success: { status: 200 },
			handler: async ({ params: { domainId } }) => versioned(domainView(await places.requireDomain(domainId))),
		}),
		route({
			method: "PUT",
			path: `${path}/:domainId`,
			operationId: "putInlayEmailDomain",
			summary: "Has a domain's mails sent by another server.",
			permission: manage,
			scope: write,
			params,
			body: DomainBody,
			holdsSecret: true,
			readOnly: ["id", "selfUri", "hasPassword"],
			honoursIfMatch: true,
			success: { status: 200 },
			errors: ["version.conflict"],
			async handler({ params: { domainId }, body: { version, ...wish }, principal, headers }) {
				const seen = seenVersion(headers, version);
				return versioned(domainView(await places.changeDomain(domainId, wish, seen, actorOf(principal))));
			},
		}),
		route({
			method: "DELETE",
			path: `${path}/:domainId`,
			operationId: "deleteInlayEmailDomain",
			summary: "Takes a domain without addresses out of service.",
			permission: manage,
			scope: write,
			params,
			honoursIfMatch: true,
			success: { status: 204 },
			errors: ["version.conflict", "email.domain.inUse", "email.domain.sends"],
			handler: ({ params: { domainId }, principal, headers }) =>
				places.removeDomain(domainId, seenVersion(headers), actorOf(principal), principal),
		}),
		route({
			method: "POST",
			path: `${path}/:domainId/check`,
			operationId: "postInlayEmailDomainCheck",
			summary:
				"Asks the domain's server whether it lets us in, and name servers what they tell of it: {ok, error, records}.",
			permission: manage,
			scope: write,
			params,
			success: { status: 200 },
			async handler({ params: { domainId } }) {
				const domain = await places.requireDomain(domainId);
				const asking = carrier.check(domain).then(
					() => undefined,
					(error: unknown) => plainLine(error instanceof Error ? error.message : String(error), 300),
				);
				const [failed, records] = await Promise.all([asking, recordsOf(domain)]);
				return failed === undefined ? { ok: true, records } : { ok: false, error: failed, records };
			},
		}),
	];
}

function addressRoutes({ places }: Mailing, sight: Sight): Route[] {
	const routesPath = `${path}/:domainId/routes`;
	const params = idParams("domainId", "routeId");
	return [
		route({
			method: "GET",
			path: routesPath,
			operationId: "getInlayEmailDomainRoutes",
			summary: "A domain's addresses, each with the queue that answers.",
			permission: view,
			scope: read,
			params: idParams("domainId"),
			query: Type.Object(pagesIfAsked),
			success: { status: 200 },
			async handler({ params: { domainId }, query, url }) {
				await places.requireDomain(domainId);
				const own = (await places.store.routes()).filter(({ domain }) => domain === domainId);
				const page = pageOrAll(own, query, url);
				return { ...page, entities: page.entities.map(routeView) };
			},
		}),
		route({
			method: "POST",
			path: routesPath,
			operationId: "postInlayEmailDomainRoutes",
			summary: "Puts an address into service.",
			permission: manage,
			scope: write,
			params: idParams("domainId"),
			body: RouteBody,
			readOnly: ["id", "selfUri", "version", "domain", "address", "skillIds", "languageId"],
			success: { status: 200 },
			errors: ["resource.already.exists"],
			async handler({ params: { domainId }, body: { version: _version, ...wish }, principal }) {
				await sight.requireNew(principal, { queue: [wish.queueId] });
				return versioned(routeView(await places.createRoute(domainId, wish, actorOf(principal))));
			},
		}),
		route({
			method: "GET",
			path: `${routesPath}/:routeId`,
			operationId: "getInlayEmailDomainRoute",
			summary: "One address.",
			permission: view,
			scope: read,
			params,
			success: { status: 200 },
			handler: async ({ params: { domainId, routeId } }) =>
				versioned(routeView(await places.requireRoute(domainId, routeId))),
		}),
		route({
			method: "PUT",
			path: `${routesPath}/:routeId`,
			operationId: "putInlayEmailDomainRoute",
			summary: "Has an address answered by another queue, or otherwise; what is under way stays where it is.",
			permission: manage,
			scope: write,
			params,
			body: RouteBody,
			readOnly: ["id", "selfUri", "domain", "address", "skillIds", "languageId"],
			honoursIfMatch: true,
			success: { status: 200 },
			errors: ["version.conflict", "resource.already.exists"],
			async handler({ params: { domainId, routeId }, body: { version, ...wish }, principal, headers }) {
				const seen = seenVersion(headers, version);
				const before = await places.requireRoute(domainId, routeId);
				await sight.requireNew(principal, { queue: [wish.queueId] }, { queue: [before.queueId] });
				return versioned(routeView(await places.changeRoute(domainId, routeId, wish, seen, actorOf(principal))));
			},
		}),
		route({
			method: "DELETE",
			path: `${routesPath}/:routeId`,
			operationId: "deleteInlayEmailDomainRoute",
			summary: "Takes an address out of service.",
			permission: manage,
			scope: write,
			params,
			honoursIfMatch: true,
			success: { status: 204 },
			errors: ["version.conflict"],
			handler: ({ params: { domainId, routeId }, principal, headers }) =>
				places.removeRoute(domainId, routeId, seenVersion(headers), actorOf(principal)),
		}),
	];
}

function platformRoutes({ places }: Mailing): Route[] {
	return [
		route({
			method: "GET",
			path: "/api/v2/routing/email/domains",
			operationId: "getRoutingEmailDomains",
			summary: "Domains for which emails are taken, as the platform tells them.",
			permission: manage,
			scope: read,
			query: Type.Object(pagesIfAsked),
			success: { status: 200, model: "InboundDomainEntityListing" },
			async handler({ query, url }) {
				const page = pageOrAll(await places.store.domains(), query, url);
				return { ...page, entities: page.entities.map(inboundDomain) };
			},
		}),
		route({
			method: "GET",
			path: "/api/v2/routing/email/domains/:domainName/routes",
			operationId: "getRoutingEmailDomainRoutes",
			summary: "A domain's addresses, as the platform tells them.",
			permission: view,
			scope: read,
			params: idParams("domainName"),
			query: Type.Object(pagesIfAsked),
			success: { status: 200, model: "InboundRouteEntityListing" },
			async handler({ params: { domainName }, query, url }) {
				await places.requireDomain(domainName);
				const own = (await places.store.routes()).filter(({ domain }) => domain === domainName);
				const page = pageOrAll(own, query, url);
				return { ...page, entities: page.entities.map(inboundRoute) };
			},
		}),
	];
}

/** Where a program brings mails that no SMTP server can bring. */
function inboundDoor({ places, inbound }: Mailing): Route {
	const mostBase64 = Math.ceil(mostMailBytes / 3) * 4;
	return route({
		method: "POST",
		path: "/api/inlay/v1/email/inbound",
		operationId: "postInlayEmailInbound",
		summary: "A customer has written: the mail as it came (RFC 5322), in base64. The same mail again is the first.",
		permission: manage,
		scope: write,
		body: Type.Object({
			/** Envelope; empty of what is no answer to anything. */
			mailFrom: Type.String({ maxLength: 254 }),
			recipients: Type.Array(Type.String({ minLength: 1, maxLength: 254 }), { minItems: 1, maxItems: 100 }),
			raw: Type.String({ minLength: 1, maxLength: mostBase64 }),
		}),
		bodyLimit: mostBase64 + 100_000,
		success: { status: 204 },
		errors: ["email.recipient.unknown"],
		async handler({ body: { mailFrom, recipients, raw } }) {
			if (!/^[A-Za-z0-9+/]+={0,2}$/.test(raw)) throw badField("raw", "raw must be base64.");
			const found: Array<{ route: EmailRoute; rcptTo: string }> = [];
			for (const rcptTo of recipients) {
				const known = await places.routeFor(rcptTo);
				if (!known) throw badField("recipients", `${rcptTo} is no address here.`, "email.recipient.unknown");
				if (!found.some((one) => one.route.id === known.id)) found.push({ route: known, rcptTo });
			}
			await inbound.take({ mailFrom, recipients: found, raw: Buffer.from(raw, "base64") });
		},
	});
}
