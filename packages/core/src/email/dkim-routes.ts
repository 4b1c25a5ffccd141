import { anyOf, everywhere, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { actorOf } from "../kernel/principal.ts";
import { recordToEnter } from "./dkim.ts";
import type { Mailing } from "./mailing.ts";
import type { DkimKey } from "./model.ts";

const path = "/api/inlay/v1/email/domains/:domainId/dkim";
const manage = everywhere(anyOf("routing:email:manage"));
const view = everywhere(anyOf("routing:email:view", "routing:email:manage"));
const write = writeScope("routing");

/** Keys by which a domain's mails are signed; their private halves are never told. */
export function dkimRoutes({ dkim }: Pick<Mailing, "dkim">): Route[] {
	return [
		route({
			method: "GET",
			path,
			operationId: "getInlayEmailDomainDkim",
			summary: "The keys by which a domain's mails are signed (DKIM), each with the TXT record that it needs.",
			permission: view,
			scope: readScope("routing"),
			params: idParams("domainId"),
			success: { status: 200 },
			handler: async ({ params: { domainId } }) => ({ entities: (await dkim.of(domainId)).map(keyView) }),
		}),
		route({
			method: "POST",
			path,
			operationId: "postInlayEmailDomainDkim",
			summary: "Makes a key, which signs once its TXT record is told; one that waits already is it.",
			permission: manage,
			scope: write,
			params: idParams("domainId"),
			success: { status: 200 },
			handler: async ({ params: { domainId }, principal }) => keyView(await dkim.make(domainId, actorOf(principal))),
		}),
		route({
			method: "POST",
			path: `${path}/:selector/activate`,
			operationId: "postInlayEmailDomainDkimActivate",
			summary: "Signs by a key that waits, if name servers tell its TXT record; the one of before signs no more.",
			permission: manage,
			scope: write,
			params: idParams("domainId", "selector"),
			success: { status: 200 },
			errors: ["email.dkim.unpublished"],
			async handler({ params: { domainId, selector }, principal }) {
				return { entities: (await dkim.activate(domainId, selector, actorOf(principal))).map(keyView) };
			},
		}),
		route({
			method: "DELETE",
			path: `${path}/:selector`,
			operationId: "deleteInlayEmailDomainDkim",
			summary: "Deletes a key: nothing is signed by it any more.",
			permission: manage,
			scope: write,
			params: idParams("domainId", "selector"),
			success: { status: 204 },
			handler: ({ params: { domainId, selector }, principal }) => dkim.remove(domainId, selector, actorOf(principal)),
		}),
	];
}

function keyView(key: DkimKey) {
	const { selector, state, createdAt, endedAt } = key;
	return {
		...{ selector, state, record: recordToEnter(key), createdAt: createdAt.toISOString() },
		...(endedAt ? { endedAt: endedAt.toISOString() } : {}),
	};
}
