import { Type } from "typebox";
import { pageOrAll } from "../kernel/http/paging.ts";
import { anyOf, everywhere, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams, pagesIfAsked } from "../kernel/http/schemas.ts";
import { type Maker, makers, type PlatformProviders, platformProviders, platformView } from "./platform-providers.ts";
import type { Providers } from "./providers.ts";
import type { Sso } from "./sso.ts";

const list = "/api/v2/identityproviders";
const read = readScope("organization");
const write = writeScope("organization");
const view = everywhere(anyOf("sso:provider:view"));

const orNull = <T extends ReturnType<typeof Type.String>>(schema: T) =>
	Type.Optional(Type.Union([schema, Type.Null()]));
const text = (maxLength: number) => orNull(Type.String({ maxLength }));
const flag = Type.Optional(Type.Union([Type.Boolean(), Type.Null()]));

/** What Inlay does of the platform's; the rest, as SAML single logout and signed requests, is refused by name. */
const Provider = Type.Object({
	name: text(100),
	disabled: flag,
	issuerURI: text(500),
	ssoTargetURI: text(2_000),
	relyingPartyIdentifier: text(500),
	certificate: text(20_000),
	certificates: Type.Optional(
		Type.Union([Type.Array(Type.String({ maxLength: 20_000 }), { maxItems: 3 }), Type.Null()]),
	),
	displayOnLogin: flag,
	forceAuthn: flag,
});
/** Requests go by redirect, and so are always compressed (SAML Bindings 3.4.4.1). */
const readOnly = ["id", "endpointCompression", "selfUri"];
const refusals = ["missing.division.permission", "resource.already.exists"];

/** Identity providers by the platform's operations, for scripts and programs that set one up there. */
export function platformProviderRoutes({ providers }: Sso): Route[] {
	const known = platformProviders(providers);
	return [...listRoutes(providers, known), ...oneRoutes(known), ...makers.flatMap((maker) => oneRoutes(known, maker))];
}

function listRoutes(providers: Providers, known: PlatformProviders): Route[] {
	return [
		route({
			method: "GET",
			path: list,
			operationId: "getIdentityproviders",
			summary: "Identity providers by which people sign in; those of OpenID with what both kinds have.",
			permission: view,
			scope: read,
			query: Type.Object(pagesIfAsked),
			success: { status: 200, model: "IdentityProviderEntityListing" },
			async handler({ query, url }) {
				const page = pageOrAll(await providers.list(), query, url);
				return { ...page, entities: page.entities.map(platformView) };
			},
		}),
		route({
			method: "POST",
			path: list,
			operationId: "postIdentityproviders",
			summary: "Adds a SAML identity provider. Whoever does holds everything: by its word one can be anybody.",
			permission: everywhere(anyOf("sso:provider:add")),
			scope: write,
			body: Provider,
			readOnly,
			success: { status: 200, model: "CustomProvider" },
			errors: refusals,
			handler: async ({ body, principal }) => platformView(await known.create(principal, body)),
		}),
	];
}

/** Those of one provider: by its id, or at the address of its maker's. */
function oneRoutes(known: PlatformProviders, maker?: Maker): Route[] {
	const params = maker ? undefined : idParams("providerId");
	const path = maker ? `${list}/${maker.name}` : `${list}/:providerId`;
	const what = maker ? `The identity provider of ${maker.label}` : "One identity provider, by its id";
	const operation = maker
		? `Identityproviders${maker.name[0]?.toUpperCase()}${maker.name.slice(1)}`
		: "Identityprovider";
	const model = maker?.model ?? "CustomProvider";
	const idIn = ({ params }: { params: unknown }) => maker?.name ?? (params as { providerId: string }).providerId;
	return [
		route({
			method: "GET",
			path,
			operationId: `get${operation}`,
			summary: `${what}, without its secret.`,
			permission: view,
			scope: read,
			params,
			success: { status: 200, model },
			handler: async (request) => platformView(await known.get(idIn(request))),
		}),
		route({
			method: "PUT",
			path,
			operationId: `put${operation}`,
			summary: `Changes it; what is left out stays.${maker ? " It is made where it is not there." : ""} Who changes whose word counts holds everything.`,
			permission: everywhere(anyOf("sso:provider:edit")),
			scope: write,
			params,
			body: Provider,
			readOnly,
			success: { status: 200, model },
			errors: ["identity.provider.required", ...refusals],
			handler: async (request) => platformView(await known.put(request.principal, idIn(request), request.body)),
		}),
		route({
			method: "DELETE",
			path,
			operationId: `delete${operation}`,
			summary: "Deletes it. Accounts, groups and roles that people have by it stay.",
			permission: everywhere(anyOf("sso:provider:delete")),
			scope: write,
			params,
			success: { status: 204 },
			errors: ["identity.provider.required"],
			handler: (request) => known.remove(request.principal, idIn(request)),
		}),
	];
}
