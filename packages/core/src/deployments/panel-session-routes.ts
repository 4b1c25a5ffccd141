import { Type } from "typebox";
import { ApiError } from "../kernel/http/api-error.ts";
import { cookieIn } from "../kernel/http/cookies.ts";
import { bearerToken } from "../kernel/http/guard.ts";
import { Answer, noPermission, publicRoute, type Route, route, writeScope } from "../kernel/http/route.ts";
import type { PanelSessions } from "./panel-session.ts";

/** By its prefix, browsers take it only from a secure page of this very host, and let nobody else set it. */
const cookieName = "__Host-inlay_panel";
const path = "/crm/session";
const Which = Type.Object({ deployment: Type.String({ minLength: 1, maxLength: 200 }) });

type Headers = Record<string, string | string[] | undefined>;

/**
 * The one place where Inlay sets a cookie, and only for panels whose browser gives them no storage. The cookie is
 * partitioned (CHIPS): each embedding site has its own, so nobody can be followed by it from site to site. It opens
 * nothing by itself: the token that it brings back is sent in a header as always.
 */
export function panelSessionRoutes(sessions: PanelSessions): Route[] {
	const cookie = (value: string, maxAge: number) => ({
		"set-cookie": `${cookieName}=${value}; Path=/; Max-Age=${maxAge}; Secure; HttpOnly; SameSite=None; Partitioned`,
		"cache-control": "no-store",
	});
	return [
		route({
			method: "POST",
			path,
			operationId: "postCrmSession",
			summary: "Keep the panel's token for a reload, where its frame has no storage.",
			permission: noPermission,
			scope: writeScope("user-basic-info"),
			hidden: true,
			body: Type.Object({
				...Which.properties,
				/** What the panel's page has kept of the sign-in, to exchange the token by. */
				proof: Type.Optional(Type.String({ pattern: "^[A-Za-z0-9._~-]{43,128}$" })),
			}),
			success: { status: 204 },
			holdsSecret: true,
			handler: async ({ headers, body, principal }) => {
				requirePanel(headers);
				const token = bearerToken(headers) ?? "";
				const { deployment, proof } = body;
				const kept = { token, deployment, previous: secretOf(headers), ...(proof ? { proof } : {}) };
				const opened = await sessions.open(principal, kept);
				return new Answer(204, undefined, opened ? cookie(opened.secret, opened.maxAge) : {});
			},
		}),
		route({
			method: "GET",
			path,
			operationId: "getCrmSession",
			summary: "The token that this panel has kept; 204 when there is none.",
			permission: noPermission,
			scope: publicRoute,
			hidden: true,
			query: Which,
			success: { status: 200 },
			handler: async ({ headers, query }) => {
				requirePanel(headers);
				const secret = secretOf(headers);
				const kept = secret && (await sessions.read(secret, query.deployment));
				return new Answer(kept ? 200 : 204, kept || undefined, { "cache-control": "no-store" });
			},
		}),
		route({
			method: "DELETE",
			path,
			operationId: "deleteCrmSession",
			summary: "Forget the kept token.",
			permission: noPermission,
			scope: publicRoute,
			hidden: true,
			success: { status: 204 },
			handler: async ({ headers }) => {
				requirePanel(headers);
				const secret = secretOf(headers);
				if (secret) await sessions.close(secret);
				return new Answer(204, undefined, cookie("", 0));
			},
		}),
	];
}

/** Only scripts of the panel's own origin: no other page can send both headers. */
function requirePanel(headers: Headers): void {
	if (headers["inlay-panel"] === "1" && headers["sec-fetch-site"] === "same-origin") return;
	throw new ApiError(403, "not.the.panel", "Only the agent client itself may ask for this.");
}

function secretOf(headers: Headers): string | undefined {
	const found = cookieIn([headers.cookie].flat()[0], cookieName);
	return found && /^[\w-]{43}$/.test(found) ? found : undefined;
}
