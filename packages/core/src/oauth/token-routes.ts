import type { Config } from "../kernel/config/config.ts";
import { noPermission, publicRoute, type Route, route } from "../kernel/http/route.ts";
import type { Users } from "../users/users.ts";
import type { OAuth } from "./oauth.ts";
import { createTokenEndpoint } from "./token-endpoint.ts";

/** The login host's endpoint for tokens and its description (RFC 8414). */
export function tokenRoutes(oauth: OAuth, users: Users, config: Config): Route[] {
	const endpoint = createTokenEndpoint({ ...oauth, users, config });
	return [
		route({
			method: "POST",
			path: "/oauth/token",
			operationId: "oauthToken",
			summary: "Exchange a code, a refresh token or client credentials for an access token",
			permission: noPermission,
			scope: publicRoute,
			success: { status: 200, description: "access_token, token_type, expires_in and, with a secret, refresh_token" },
			bodyLimit: 65_536,
			acceptsForms: true,
			handler: ({ headers, body, ip }) =>
				endpoint.answer({
					authorization: asText(headers.authorization),
					body,
					ipAddress: ip,
					cookie: asText(headers.cookie),
					origin: asText(headers.origin),
				}),
		}),
		route({
			method: "GET",
			path: "/.well-known/oauth-authorization-server",
			operationId: "oauthMetadata",
			summary: "Description of the login host (RFC 8414)",
			permission: noPermission,
			scope: publicRoute,
			success: { status: 200 },
			handler: () => metadata(config.publicUrl),
		}),
	];
}

/** The implicit grant works and is not advertised, as on the platform (platform-api 2.1). */
function metadata(issuer: string) {
	return {
		issuer,
		authorization_endpoint: `${issuer}/oauth/authorize`,
		token_endpoint: `${issuer}/oauth/token`,
		response_types_supported: ["code"],
		response_modes_supported: ["query"],
		grant_types_supported: ["authorization_code", "client_credentials", "refresh_token"],
		code_challenge_methods_supported: ["S256"],
		token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
	};
}

function asText(value: string | string[] | undefined): string | undefined {
	return Array.isArray(value) ? value[0] : value;
}
