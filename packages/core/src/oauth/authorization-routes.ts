import { Type } from "typebox";
import { Answer, anyOf, everywhere, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { etagOf, seenVersion } from "../kernel/http/versions.ts";
import { enforcesScopes, type OrganizationSettings } from "../users/organization-settings.ts";
import { settingsAnswer, settingsChange } from "../users/settings-answers.ts";
import type { Users } from "../users/users.ts";
import { authorizing } from "./client-authorization.ts";
import { authorizationView } from "./client-views.ts";
import type { OAuthClient } from "./model.ts";
import type { OAuth } from "./oauth.ts";

/** Which applications have been authorized for what, and whether that counts (platform-api 2.2, 9). */
export function authorizationRoutes({ clients }: OAuth, users: Users): Route[] {
	const { organization } = users;
	return [
		route({
			method: "GET",
			path: "/api/v2/oauth/authorizations",
			operationId: "getOauthAuthorizations",
			summary: "List what clients have been authorized for",
			permission: anyOf(authorizing),
			scope: readScope("oauth"),
			success: { status: 200, model: "OAuthAuthorizationListing" },
			async handler({ url }) {
				const entities = await Promise.all((await clients.list()).map(view));
				return { total: entities.length, entities, selfUri: url };
			},
		}),
		route({
			method: "GET",
			path: "/api/v2/oauth/authorizations/:clientId",
			operationId: "getOauthAuthorization",
			summary: "What one client has been authorized for",
			permission: anyOf(authorizing),
			scope: readScope("oauth"),
			params: idParams("clientId"),
			success: { status: 200, model: "OAuthAuthorization" },
			errors: ["client.not.found"],
			handler: async ({ params }) => answer(await clients.get(params.clientId)),
		}),
		route({
			method: "PUT",
			path: "/api/inlay/v1/oauth/authorizations/:clientId",
			operationId: "putInlayOauthAuthorization",
			summary:
				"Authorize a client for scopes of those that it asks for, for all of its users or those who hold one of the roles",
			permission: everywhere(anyOf(authorizing)),
			scope: writeScope("oauth"),
			params: idParams("clientId"),
			body: Type.Object({
				scope: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 300 }),
				roles: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 100 })),
			}),
			success: { status: 200, model: "OAuthAuthorization" },
			honoursIfMatch: true,
			errors: ["client.not.found", "auth.invalid.scope", "client.needs.no.authorization", "version.conflict"],
			handler: async ({ params, body, principal, headers }) => {
				const wanted = { scopes: body.scope, roleIds: body.roles ?? [] };
				return answer(await clients.authorize(principal, params.clientId, wanted, seenVersion(headers)));
			},
		}),
		route({
			method: "DELETE",
			path: "/api/inlay/v1/oauth/authorizations/:clientId",
			operationId: "deleteInlayOauthAuthorization",
			summary: "Revoke a client's authorization; where scopes are enforced its sessions end",
			permission: everywhere(anyOf(authorizing)),
			scope: writeScope("oauth"),
			params: idParams("clientId"),
			success: { status: 200, model: "OAuthAuthorization" },
			errors: ["client.not.found", "client.needs.no.authorization"],
			handler: async ({ params, principal }) => view(await clients.revoke(principal, params.clientId)),
		}),
		route({
			method: "GET",
			path: "/api/inlay/v1/oauth/scopes/enforcement",
			operationId: "getInlayOauthScopesEnforcement",
			summary: "Whether scopes are enforced",
			permission: anyOf("directory:organization:admin", authorizing),
			scope: readScope("oauth"),
			success: { status: 200 },
			handler: async () => settingsAnswer(await organization.get(), enforcementView),
		}),
		route({
			method: "PUT",
			path: "/api/inlay/v1/oauth/scopes/enforcement",
			operationId: "putInlayOauthScopesEnforcement",
			summary: "Enforce scopes, or let clients do what their users may",
			permission: everywhere(anyOf("directory:organization:admin")),
			scope: writeScope("oauth"),
			body: Type.Object({ enforceScopes: Type.Boolean() }),
			honoursIfMatch: true,
			success: { status: 200 },
			errors: ["version.conflict"],
			handler: async (request) =>
				settingsAnswer(await organization.updateSettings(request.body, settingsChange(request)), enforcementView),
		}),
	];

	/** The SDK's model has no version: it is the ETag alone, and the client's. */
	async function answer(client: OAuthClient) {
		return new Answer(200, await view(client), { etag: etagOf(client.version) });
	}

	async function view(client: OAuthClient) {
		return authorizationView(client, await clients.roles(client.id), await organization.get());
	}
}

function enforcementView(settings: OrganizationSettings) {
	return { enforceScopes: enforcesScopes(settings) };
}
