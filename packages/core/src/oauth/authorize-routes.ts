import type { Kernel } from "../kernel/domain.ts";
import { noPermission, publicRoute, type Route, type RouteRequest, route } from "../kernel/http/route.ts";
import type { Users } from "../users/users.ts";
import { createAuthorize, type PageRequest, type SignInPorts } from "./authorize.ts";
import type { OAuth } from "./oauth.ts";

/**
 * The login host's pages (platform-api 1.2). They hold a secret ticket beside what the link to them chose, so they are not
 * compressed: the size of the answer would tell of the ticket.
 */
export function authorizeRoutes(kernel: Kernel, deps: { oauth: OAuth; users: Users }, ports: SignInPorts): Route[] {
	const authorize = createAuthorize(kernel, deps, ports);
	return [
		route({
			method: "GET",
			path: "/oauth/authorize",
			operationId: "oauthAuthorize",
			summary: "The sign-in page",
			permission: noPermission,
			scope: publicRoute,
			compress: false,
			refusalPage: authorize.failed,
			success: { status: 200, description: "The page, in HTML" },
			handler: (request) => authorize.open(pageRequest(request)),
		}),
		route({
			method: "POST",
			path: "/oauth/authorize",
			operationId: "oauthSignIn",
			summary: "The sign-in page's form",
			permission: noPermission,
			scope: publicRoute,
			compress: false,
			refusalPage: authorize.failed,
			success: { status: 303, description: "Back to the client with a code or a token" },
			bodyLimit: 65_536,
			acceptsForms: true,
			hidden: true,
			handler: (request) => authorize.submit(pageRequest(request)),
		}),
		route({
			method: "GET",
			path: "/logout",
			operationId: "oauthLogout",
			summary: "Back to the client after signing out",
			permission: noPermission,
			scope: publicRoute,
			compress: false,
			refusalPage: authorize.failed,
			success: { status: 302 },
			handler: (request) => authorize.logout(pageRequest(request)),
		}),
	];
}

function pageRequest({ query, body, headers, ip }: RouteRequest<unknown, unknown, unknown>): PageRequest {
	return { query: (query ?? {}) as PageRequest["query"], body, headers, ip };
}
