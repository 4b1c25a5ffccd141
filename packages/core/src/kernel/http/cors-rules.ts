import type { FastifyCorsOptions } from "@fastify/cors";
import type { FastifyRequest } from "fastify";

/** What programs in browsers call. Pages are not among it: their text, such as a form's ticket, is for people alone. */
const callable = /^\/(?:api\/|oauth\/token(?:$|\?))/;

const tokenEndpoint = /^\/oauth\/token(?:$|\?)/;

const exposedHeaders = [
	// The panel reads the server's clock from it.
	"date",
	"etag",
	"idempotent-replayed",
	"inin-correlation-id",
	"retry-after",
	"inin-ratelimit-count",
	"inin-ratelimit-allowed",
	"inin-ratelimit-reset",
];

/**
 * Which pages of other origins may read which answers. Tokens travel in headers, never in cookies; the one answer that asks
 * for a cookie beside a token (decision 27) may be read by pages of `cookiesFrom` alone.
 * @param allowsOrigin whether pages of this origin may call the API
 */
export function corsRules(allowsOrigin: (origin: string) => Promise<boolean>, cookiesFrom?: string) {
	const origin = async (asked: string | undefined) => isCanonical(asked) && (await allowsOrigin(asked));
	const open: FastifyCorsOptions = {
		origin,
		methods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
		exposedHeaders,
		maxAge: 7200,
		// Only adds the headers: unserved.ts answers every OPTIONS, those that are no preflight too.
		strictPreflight: false,
		preflightContinue: true,
	};
	const withCookies: FastifyCorsOptions = { ...open, credentials: true };
	const rules = ({ url, headers }: FastifyRequest) => {
		if (!callable.test(url)) return closed;
		return cookiesFrom !== undefined && headers.origin === cookiesFrom && tokenEndpoint.test(url) ? withCookies : open;
	};
	const closed: FastifyCorsOptions = { origin: false };
	return (request: FastifyRequest, done: (error: Error | null, options: FastifyCorsOptions) => void) =>
		done(null, rules(request));
}

/** Browsers write an origin in one way. What is written otherwise comes from no page, and is not echoed to anybody. */
function isCanonical(origin: string | undefined): origin is string {
	return origin !== undefined && URL.parse(origin)?.origin === origin;
}
