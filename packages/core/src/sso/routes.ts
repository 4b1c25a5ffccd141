import { Type } from "typebox";
import { notFound } from "../kernel/http/api-error.ts";
import { pageOrAll } from "../kernel/http/paging.ts";
import {
	Answer,
	anyOf,
	everywhere,
	noPermission,
	publicRoute,
	type Route,
	readScope,
	route,
	writeScope,
} from "../kernel/http/route.ts";
import { idParams, pagesIfAsked } from "../kernel/http/schemas.ts";
import { SeenVersion, seenVersion, versioned } from "../kernel/http/versions.ts";
import type { Users } from "../users/users.ts";
import { NewProviderBody, ProviderBody } from "./bodies.ts";
import { LogoutTokenRefused } from "./logout-token.ts";
import { SsoRefused } from "./model.ts";
import { platformProviderRoutes } from "./platform-routes.ts";
import type { Sso } from "./sso.ts";
import { identityView, providerView } from "./views.ts";

const path = "/api/inlay/v1/identity-providers";
const read = readScope("organization");
const write = writeScope("organization");
/** Providers are the whole organization's. */
const view = everywhere(anyOf("sso:provider:view"));
const edit = everywhere(anyOf("sso:provider:edit"));
const refusals = ["missing.division.permission", "outgoing.refused", "resource.already.exists"];

/** Identity providers, who is known by which, and whether passwords count: Inlay's own operations. */
export function ssoRoutes(sso: Sso, users: Users): Route[] {
	return [
		...providerRoutes(sso),
		...tryRoutes(sso),
		...methodRoutes(sso, users),
		...identityRoutes(sso, users),
		metadataRoute(sso),
		backChannelRoute(sso),
		...platformProviderRoutes(sso),
	];
}

function providerRoutes({ providers, addresses }: Sso): Route[] {
	const params = idParams("providerId");
	return [
		route({
			method: "GET",
			path,
			operationId: "getInlayIdentityProviders",
			summary: "Identity providers by which people sign in, without secrets.",
			permission: view,
			scope: read,
			query: Type.Object(pagesIfAsked),
			success: { status: 200 },
			async handler({ query, url }) {
				const page = pageOrAll(await providers.list(), query, url);
				return { ...page, entities: page.entities.map((one) => providerView(one, addresses)) };
			},
		}),
		route({
			method: "POST",
			path,
			operationId: "postInlayIdentityProviders",
			summary: "Adds an identity provider. Whoever does holds everything: by its word one can be anybody.",
			permission: everywhere(anyOf("sso:provider:add")),
			scope: write,
			body: NewProviderBody,
			holdsSecret: true,
			success: { status: 200 },
			errors: refusals,
			handler: async ({ body, principal }) =>
				versioned(providerView(await providers.create(principal, body), addresses)),
		}),
		route({
			method: "GET",
			path: `${path}/:providerId`,
			operationId: "getInlayIdentityProvider",
			summary: "One identity provider, without its secret.",
			permission: view,
			scope: read,
			params,
			success: { status: 200 },
			handler: async ({ params: { providerId } }) =>
				versioned(providerView(await providers.get(providerId), addresses)),
		}),
		route({
			method: "PUT",
			path: `${path}/:providerId`,
			operationId: "putInlayIdentityProvider",
			summary:
				"Changes an identity provider; what is left out stays. Who changes whose word counts, or for whom, holds everything.",
			permission: edit,
			scope: write,
			params,
			body: ProviderBody,
			readOnly: readOnly,
			honoursIfMatch: true,
			holdsSecret: true,
			success: { status: 200 },
			errors: ["version.conflict", "identity.provider.required", ...refusals],
			async handler({ params: { providerId }, body: { version, ...wanted }, principal, headers }) {
				const seen = seenVersion(headers, version);
				return versioned(providerView(await providers.update(principal, providerId, wanted, seen), addresses));
			},
		}),
		route({
			method: "DELETE",
			path: `${path}/:providerId`,
			operationId: "deleteInlayIdentityProvider",
			summary: "Deletes an identity provider. Accounts, groups and roles that people have by it stay.",
			permission: everywhere(anyOf("sso:provider:delete")),
			scope: write,
			params,
			honoursIfMatch: true,
			success: { status: 204 },
			errors: ["version.conflict", "identity.provider.required"],
			handler: ({ params: { providerId }, principal, headers }) =>
				providers.remove(principal, providerId, seenVersion(headers)),
		}),
	];
}

/** What clients send back as they have read it. */
const readOnly = [
	...["id", "kind", "hasSecret", "redirectUri", "signedOutUri", "backChannelLogoutUri", "certificates", "acsUrl"],
	...["metadataUrl", "entityId", "dateCreated", "dateModified", "selfUri"],
];

function tryRoutes({ providers, signIn, oidc }: Sso): Route[] {
	const params = idParams("providerId");
	return [
		route({
			method: "POST",
			path: `${path}/:providerId/check`,
			operationId: "postInlayIdentityProviderCheck",
			summary: "Asks an OpenID provider what it says of itself: {ok, error}.",
			permission: edit,
			scope: write,
			params,
			success: { status: 200 },
			async handler({ params: { providerId } }) {
				const { trust } = await providers.get(providerId);
				if (trust.kind === "saml") return { ok: true };
				try {
					return { ok: true, ...(await oidc.check(trust)) };
				} catch (error) {
					if (!(error instanceof SsoRefused)) throw error;
					return { ok: false, error: error.detail ?? error.reason };
				}
			},
		}),
		route({
			method: "POST",
			path: `${path}/:providerId/trials`,
			operationId: "postInlayIdentityProviderTrials",
			summary:
				"An address for a window of its own, in which the caller signs in at the provider and is shown what comes back.",
			permission: edit,
			scope: write,
			params,
			holdsSecret: true,
			success: { status: 200 },
			async handler({ params: { providerId } }) {
				return { address: await signIn.trialAddress(await providers.get(providerId)) };
			},
		}),
	];
}

function methodRoutes({ providers, signIn }: Sso, { organization }: Users): Route[] {
	const methods = async () => {
		const { version } = await organization.get();
		return versioned({ passwords: (await signIn.passwordsOff()) ? "administrators" : "everybody", version });
	};
	return [
		route({
			method: "GET",
			path: "/api/inlay/v1/sign-in-methods",
			operationId: "getInlaySigninMethods",
			summary: "Whom passwords let in: everybody, or administrators of identity providers alone.",
			permission: view,
			scope: read,
			success: { status: 200 },
			handler: methods,
		}),
		route({
			method: "PUT",
			path: "/api/inlay/v1/sign-in-methods",
			operationId: "putInlaySigninMethods",
			summary: "Says whom passwords let in. Those with sso:provider:edit always sign in by theirs.",
			permission: edit,
			scope: write,
			body: Type.Object({
				passwords: Type.Union([Type.Literal("everybody"), Type.Literal("administrators")]),
				version: SeenVersion,
			}),
			honoursIfMatch: true,
			success: { status: 200 },
			errors: ["version.conflict", "identity.provider.required"],
			async handler({ body: { passwords, version }, principal, headers }) {
				await providers.setPasswordsOff(principal, passwords === "administrators", seenVersion(headers, version));
				return methods();
			},
		}),
	];
}

function identityRoutes(sso: Sso, users: Users): Route[] {
	const place = "/api/inlay/v1/users/:userId/identities";
	return [
		route({
			method: "GET",
			path: place,
			operationId: "getInlayUserIdentities",
			summary: "By what identity providers know a user.",
			permission: view,
			scope: read,
			params: idParams("userId"),
			success: { status: 200 },
			async handler({ params: { userId } }) {
				await users.get(userId);
				const [identities, providers] = await Promise.all([sso.identitiesOf(userId), sso.providers.list()]);
				const of = (id: string) => providers.find((one) => one.id === id);
				return { entities: identities.map((one) => identityView(one, of(one.providerId))) };
			},
		}),
		route({
			method: "DELETE",
			path: `${place}/:providerId`,
			operationId: "deleteInlayUserIdentity",
			summary:
				"An identity provider knows the user no more: who signs in next with their address is them. Whoever does holds all that the user holds, and directory:user:edit or directory:user:setPassword in their division.",
			permission: edit,
			scope: write,
			params: Type.Object({ userId: Type.String(), providerId: Type.String() }),
			success: { status: 204 },
			errors: ["missing.division.permission"],
			async handler({ params: { userId, providerId }, principal }) {
				const user = await users.get(userId);
				if (!(await sso.unbind(user, providerId, principal))) throw notFound("identity", providerId);
			},
		}),
	];
}

/** What SAML providers read; nothing in it is secret. */
function metadataRoute({ providers, saml }: Sso): Route {
	return route({
		method: "GET",
		path: "/oauth/sso/metadata/:providerId",
		operationId: "oauthSsoMetadata",
		summary: "What this server is to a SAML provider",
		permission: noPermission,
		scope: publicRoute,
		params: idParams("providerId"),
		hidden: true,
		success: { status: 200, description: "application/samlmetadata+xml" },
		async handler({ params: { providerId } }) {
			const provider = await providers.get(providerId);
			const { trust } = provider;
			if (trust.kind !== "saml") throw notFound("identityProvider", providerId);
			const type = { "content-type": "application/samlmetadata+xml; charset=utf-8" };
			return new Answer(200, saml.metadata({ ...provider, trust }), type);
		},
	});
}

/** What providers send by themselves; its answers are as Back-Channel Logout 1.0, 2.8 has them. */
function backChannelRoute({ backChannel }: Sso): Route {
	const unkept = { "cache-control": "no-store" };
	return route({
		method: "POST",
		path: "/oauth/sso/backchannel-logout",
		operationId: "oauthSsoBackchannelLogout",
		summary: "An OpenID provider says that somebody has signed out there",
		permission: noPermission,
		scope: publicRoute,
		body: Type.Object({ logout_token: Type.Optional(Type.String()) }),
		bodyLimit: 65_536,
		acceptsForms: true,
		hidden: true,
		success: { status: 200 },
		async handler({ body: { logout_token: token = "" } }) {
			try {
				await backChannel.logout(token);
				return new Answer(200, undefined, unkept);
			} catch (error) {
				if (!(error instanceof LogoutTokenRefused)) throw error;
				const told = {
					error: "invalid_request",
					error_description: `The logout token was not taken: ${error.message}.`,
				};
				return new Answer(error.isAway ? 503 : 400, told, unkept);
			}
		},
	});
}
