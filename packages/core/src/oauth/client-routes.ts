import { Type } from "typebox";
import { notFound } from "../kernel/http/api-error.ts";
import { pageOrAll } from "../kernel/http/paging.ts";
import { anyOf, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams, pagesIfAsked } from "../kernel/http/schemas.ts";
import { SeenVersion, seenVersion, versioned } from "../kernel/http/versions.ts";
import type { ClientRequest } from "./client-request.ts";
import { clientView, scopeViews } from "./client-views.ts";
import type { OAuthClient } from "./model.ts";
import type { OAuth } from "./oauth.ts";

function nullable<T extends Parameters<typeof Type.Optional>[0]>(schema: T) {
	return Type.Optional(Type.Union([schema, Type.Null()]));
}

/** Loose on purpose: the rules name what is wrong with the platform's own codes (platform-api 2.2). */
const ClientBody = Type.Object({
	name: Type.String(),
	description: nullable(Type.String({ maxLength: 2_000 })),
	authorizedGrantType: nullable(Type.String()),
	registeredRedirectUri: nullable(Type.Array(Type.String(), { maxItems: 200 })),
	scope: nullable(Type.Array(Type.String(), { maxItems: 300 })),
	roleIds: nullable(Type.Array(Type.String(), { maxItems: 300 })),
	roleDivisions: nullable(
		Type.Array(Type.Object({ roleId: Type.String(), divisionId: Type.String() }), { maxItems: 300 }),
	),
	accessTokenValiditySeconds: nullable(Type.Integer()),
	state: nullable(Type.String()),
	dateToDelete: nullable(Type.String()),
	version: SeenVersion,
});

const badRequests = [
	"bad.client.role",
	"bad.client.state",
	"bad.grant.type",
	"auth.invalid.scope",
	"grant.type.required",
	"missing.client.roles",
	"auth.too.many.clients",
];

/** OAuth clients, their secrets and scopes (platform-api 2.2). */
export function clientRoutes({ clients }: OAuth): Route[] {
	return [
		route({
			method: "GET",
			path: "/api/v2/oauth/clients",
			operationId: "getOauthClients",
			summary: "List OAuth clients, without secrets",
			permission: anyOf("oauth:client:view"),
			scope: readScope("oauth"),
			query: Type.Object(pagesIfAsked),
			success: { status: 200, model: "OAuthClientEntityListing" },
			async handler({ query, url }) {
				const page = pageOrAll(await clients.list(), query, url);
				return { ...page, entities: await Promise.all(page.entities.map((client) => view(client))) };
			},
		}),
		route({
			method: "POST",
			path: "/api/v2/oauth/clients",
			operationId: "postOauthClients",
			summary: "Create an OAuth client; the answer carries its secret this once",
			permission: anyOf("oauth:client:add"),
			scope: writeScope("oauth"),
			body: ClientBody,
			success: { status: 200, model: "OAuthClient" },
			errors: badRequests,
			holdsSecret: true,
			async handler({ body, principal }) {
				const { client, secret } = await clients.create(principal, toRequest(body));
				return versioned(await view(client, secret));
			},
		}),
		route({
			method: "GET",
			path: "/api/v2/oauth/clients/:clientId",
			operationId: "getOauthClient",
			summary: "One OAuth client, without its secret",
			permission: anyOf("oauth:client:view"),
			scope: readScope("oauth"),
			params: idParams("clientId"),
			success: { status: 200, model: "OAuthClient" },
			errors: ["client.not.found"],
			handler: async ({ params }) => versioned(await view(await clients.get(params.clientId))),
		}),
		route({
			method: "PUT",
			path: "/api/v2/oauth/clients/:clientId",
			operationId: "putOauthClient",
			summary: "Change an OAuth client",
			permission: anyOf("oauth:client:edit"),
			scope: writeScope("oauth"),
			params: idParams("clientId"),
			body: ClientBody,
			honoursIfMatch: true,
			success: { status: 200, model: "OAuthClient" },
			errors: ["client.not.found", "version.conflict", "bundled.client", ...badRequests],
			async handler({ params, body, principal, headers }) {
				const version = seenVersion(headers, body.version);
				return versioned(await view(await clients.update(principal, params.clientId, toRequest(body), version)));
			},
		}),
		route({
			method: "DELETE",
			path: "/api/v2/oauth/clients/:clientId",
			operationId: "deleteOauthClient",
			summary: "Delete an OAuth client that is out of use",
			permission: anyOf("oauth:client:delete"),
			scope: writeScope("oauth"),
			params: idParams("clientId"),
			honoursIfMatch: true,
			success: { status: 204 },
			errors: ["client.not.found", "cannot.delete.client", "bad.client.role", "bundled.client", "version.conflict"],
			handler: ({ params, principal, headers }) => clients.remove(principal, params.clientId, seenVersion(headers)),
		}),
		route({
			method: "POST",
			path: "/api/v2/oauth/clients/:clientId/secret",
			operationId: "postOauthClientSecret",
			summary: "Give an OAuth client a new secret; the answer carries it this once",
			permission: anyOf("oauth:client:edit"),
			scope: writeScope("oauth"),
			params: idParams("clientId"),
			honoursIfMatch: true,
			success: { status: 200, model: "OAuthClient" },
			errors: ["client.not.found", "bad.client.role", "client.without.secret", "version.conflict"],
			holdsSecret: true,
			async handler({ params, principal, headers }) {
				const { client, secret } = await clients.renewSecret(principal, params.clientId, seenVersion(headers));
				return versioned(await view(client, secret));
			},
		}),
		route({
			method: "GET",
			path: "/api/v2/oauth/scopes",
			operationId: "getOauthScopes",
			summary: "List the scopes that clients may hold",
			permission: noPermission,
			scope: readScope("oauth"),
			success: { status: 200, model: "OAuthScopeListing" },
			handler: () => ({ total: scopeViews.length, entities: scopeViews, selfUri: "/api/v2/oauth/scopes" }),
		}),
		route({
			method: "GET",
			path: "/api/v2/oauth/scopes/:scopeId",
			operationId: "getOauthScope",
			summary: "One scope",
			permission: noPermission,
			scope: readScope("oauth"),
			params: idParams("scopeId"),
			success: { status: 200, model: "OAuthScope" },
			handler({ params }) {
				const scope = scopeViews.find((known) => known.id === params.scopeId);
				if (!scope) throw notFound("scope", params.scopeId);
				return scope;
			},
		}),
	];

	async function view(client: OAuthClient, secret?: string) {
		return clientView(client, await clients.roles(client.id), secret);
	}
}

/** Clients send back what they were given, nulls included: a null says no more than an absent key. */
function toRequest(body: { name: string } & Record<string, unknown>): ClientRequest {
	const { version: _version, ...wanted } = body;
	const entries = Object.entries(wanted).filter(([, value]) => value !== null);
	return { ...(Object.fromEntries(entries) as Partial<ClientRequest>), name: body.name };
}
