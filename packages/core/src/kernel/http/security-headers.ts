import type { FastifyInstance } from "fastify";

/** Of an answer that is no page: data, a file, an error. Nothing loads or runs in it, and nobody frames it. */
export const dataPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Of an answer that only leads elsewhere: a frame may follow it, and the page at its end says who may show that. */
export const redirectPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors *";

/**
 * What every answer carries unless it says otherwise. Pages and files override it: a new kind of answer is locked until
 * somebody thinks about it.
 *
 * @param origin under which browsers reach the server; https is to stay https for a year
 */
export function securityHeaders(origin?: string): Record<string, string> {
	return {
		"content-security-policy": dataPolicy,
		"x-content-type-options": "nosniff",
		"referrer-policy": "no-referrer",
		"cache-control": "no-store",
		...(origin?.startsWith("https:") ? { "strict-transport-security": "max-age=31536000" } : {}),
	};
}

/** Puts the headers on every answer of the server, also those to preflights and unknown paths. Before all other hooks. */
export function addSecurityHeaders(app: FastifyInstance, origin?: string): void {
	const headers = securityHeaders(origin);
	app.addHook("onRequest", (_request, reply, done) => {
		reply.headers(headers);
		done();
	});
}

/** A policy as a header has it. @param directives such as `{ "script-src": ["'self'"] }` */
export function contentPolicy(directives: Readonly<Record<string, readonly string[]>>): string {
	return Object.entries(directives)
		.map(([name, sources]) => [name, ...sources].join(" "))
		.join("; ");
}
