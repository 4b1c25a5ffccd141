import type { Kernel } from "../kernel/domain.ts";
import { noPermission, publicRoute, type Route, type RouteRequest, route } from "../kernel/http/route.ts";
import type { Users } from "../users/users.ts";
import { createAuthorize, type SignInPorts } from "./authorize.ts";
import type { OAuth } from "./oauth.ts";
import type { PageRequest } from "./page-request.ts";

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
		...returnRoutes(authorize),
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

/** Where identity providers send people back, and where administrators begin to try one. */
function returnRoutes(authorize: ReturnType<typeof createAuthorize>): Route[] {
	const page = {
		permission: noPermission,
		scope: publicRoute,
		compress: false,
		refusalPage: authorize.failed,
		hidden: true,
	} as const;
	return [
		route({
			...page,
			method: "GET",
			path: "/oauth/sso/callback",
			operationId: "oauthSsoCallback",
			summary: "Back from an OpenID provider",
			success: { status: 303, description: "Back to the client with a code or a token" },
			handler: (request) => authorize.returned(pageRequest(request)),
		}),
		route({
			...page,
			method: "POST",
			path: "/oauth/sso/acs",
			operationId: "oauthSsoAcs",
			summary: "Back from a SAML provider",
			success: { status: 303, description: "Back to the client with a code or a token" },
			bodyLimit: 524_288,
			acceptsForms: true,
			handler: (request) => authorize.returned(pageRequest(request)),
		}),
		route({
			...page,
			method: "GET",
			path: "/oauth/sso/try",
			operationId: "oauthSsoTry",
			summary: "An administrator tries an identity provider",
			success: { status: 302 },
			handler: (request) => authorize.tryOut(pageRequest(request)),
		}),
		route({
			...page,
			method: "GET",
			path: "/oauth/sso/signed-out",
			operationId: "oauthSsoSignedOut",
			summary: "Back from signing out at a provider",
			success: { status: 302 },
			handler: (request) => authorize.signedOut(pageRequest(request)),
		}),
	];
}

function pageRequest({ query, body, headers, ip }: RouteRequest<unknown, unknown, unknown>): PageRequest {
	return { query: (query ?? {}) as PageRequest["query"], body, headers, ip };
}
