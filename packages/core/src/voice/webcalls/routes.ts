import { Type } from "typebox";
import { callerKey } from "../../kernel/http/caller-key.ts";
import { RateLimiter } from "../../kernel/http/rate-limit.ts";
import { noPermission, publicRoute, type Route, route } from "../../kernel/http/route.ts";
import type { WebCalls } from "./web-calls.ts";

/** One line of text: it is shown to agents as it is. */
const printable = "^[^\\u0000-\\u001f\\u007f]*$";
const Line = Type.String({ minLength: 1, maxLength: 200, pattern: printable });
/** PostgreSQL stores no NUL. */
const Value = Type.String({ maxLength: 2000, pattern: "^[^\\u0000]*$" });
const maxAttributes = 50;

const WebCallRequest = Type.Object({
	to: Line,
	name: Type.Optional(Line),
	phone: Type.Optional(Line),
	attributes: Type.Optional(
		Type.Unsafe<Record<string, string>>({
			type: "object",
			maxProperties: maxAttributes,
			propertyNames: Type.String({ minLength: 1, maxLength: 100, pattern: printable }),
			additionalProperties: Value,
		}),
	),
});

/**
 * The organization's own pages place calls here; nobody signs in, the page's origin is what counts.
 * @param perMinute calls from one address; 0 means no limit
 */
export function webCallRoutes(webCalls: WebCalls, perMinute: number): Route[] {
	const callers = new RateLimiter(perMinute);
	// Other people's pages have a count of their own: they use up nothing of those who may call from the same address.
	const strangers = new RateLimiter(perMinute);
	return [
		route({
			method: "POST",
			path: "/api/inlay/v1/webcalls",
			operationId: "postInlayWebcalls",
			summary: "Place a call from a page of the organization.",
			permission: noPermission,
			scope: publicRoute,
			body: WebCallRequest,
			bodyLimit: 32 * 1024,
			success: { status: 201, description: "The call and the secret that opens its socket at socketPath." },
			errors: ["origin.not.allowed", "not.found", "number.nobody.there", "too.many.requests"],
			handler: async ({ body, headers, ip }) => {
				const origin = Array.isArray(headers.origin) ? headers.origin[0] : headers.origin;
				const isKnown = origin !== undefined && (await webCalls.allowsOrigin(origin));
				(isKnown ? callers : strangers).use(callerKey(ip));
				const call = await webCalls.start(body, origin);
				return { ...call, socketPath: `/inlay/webcalls/${call.id}` };
			},
		}),
	];
}
