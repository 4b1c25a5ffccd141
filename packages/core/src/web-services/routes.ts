import { webServiceMethods } from "@inlay/contract/scripter/web-service";
import { type Static, Type } from "typebox";
import { pageOrAll } from "../kernel/http/paging.ts";
import { anyOf, everywhere, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams, pagesIfAsked } from "../kernel/http/schemas.ts";
import { SeenVersion, seenVersion, versioned } from "../kernel/http/versions.ts";
import { actorOf } from "../kernel/principal.ts";
import type { SentWebService, WebService } from "./model.ts";
import type { WebServices } from "./web-services.ts";

const path = "/api/inlay/v1/web-services";
const one = `${path}/:serviceId`;
const hostsPath = "/api/inlay/v1/scripts-hosts";
const params = idParams("serviceId");
const read = readScope("integrations");
const write = writeScope("integrations");

const name = Type.String({ minLength: 1, maxLength: 100, pattern: "\\S" });
const header = Type.String({ minLength: 1, maxLength: 100, pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$" });
/** No end of a line. */
const headerValue = Type.String({ maxLength: 4_000, pattern: "^[\\t\\x20-\\x7e]*$" });
const variable = Type.String({ minLength: 1, maxLength: 100, pattern: "^[^{}]*\\S[^{}]*$" });

const ServiceBody = Type.Object({
	name,
	method: Type.Union(webServiceMethods.map((method) => Type.Literal(method))),
	address: Type.String({ minLength: 1, maxLength: 2_000 }),
	headers: Type.Optional(Type.Array(Type.Object({ name: header, value: headerValue }), { maxItems: 30 })),
	secretHeaders: Type.Optional(
		Type.Array(Type.Object({ name: header, value: Type.Optional(headerValue) }), { maxItems: 10 }),
	),
	body: Type.Optional(Type.String({ maxLength: 20_000 })),
	inputs: Type.Optional(Type.Array(variable, { maxItems: 30 })),
	outputs: Type.Optional(
		Type.Array(Type.Object({ name: variable, path: Type.String({ maxLength: 500 }) }), { maxItems: 30 }),
	),
	timeoutSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 15 })),
	version: SeenVersion,
});

const hostNames = Type.Array(Type.String({ minLength: 1, maxLength: 253 }), { maxItems: 200 });
const HostsBody = Type.Object({
	pages: Type.Optional(hostNames),
	services: Type.Optional(hostNames),
	version: SeenVersion,
});

/** What a script or a trial gives, by name. */
export const GivenInputs = Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: 10_000 }), {
	maxProperties: 30,
});

/** Web services and the hosts that scripts may reach; ours: they are the whole organization's. */
export function webServiceRoutes(services: WebServices): Route[] {
	return [...serviceRoutes(services), ...hostRoutes(services)];
}

function serviceRoutes(services: WebServices): Route[] {
	return [
		route({
			method: "GET",
			path,
			operationId: "getInlayWebServices",
			summary: "Lists what scripts may ask of other systems, by name; of secrets that they are there.",
			permission: anyOf("integrations:action:view"),
			scope: read,
			query: Type.Object(pagesIfAsked),
			success: { status: 200 },
			async handler({ query, url }) {
				const page = pageOrAll(await services.all(), query, url);
				return { ...page, entities: page.entities.map(viewOf) };
			},
		}),
		route({
			method: "POST",
			path,
			operationId: "postInlayWebServices",
			summary: "Adds a web service that steps of scripts may ask.",
			permission: everywhere(anyOf("integrations:action:add")),
			scope: write,
			body: ServiceBody,
			readOnly: ["id", "version"],
			success: { status: 200 },
			errors: ["web.service.host", "resource.already.exists"],
			handler: async ({ body, principal }) =>
				versioned(viewOf(await services.create(sentOf(body), actorOf(principal)))),
		}),
		route({
			method: "GET",
			path: one,
			operationId: "getInlayWebService",
			summary: "One web service; of secrets that they are there.",
			permission: anyOf("integrations:action:view"),
			scope: read,
			params,
			success: { status: 200 },
			handler: async ({ params: { serviceId } }) => versioned(viewOf(await services.require(serviceId))),
		}),
		route({
			method: "PUT",
			path: one,
			operationId: "putInlayWebService",
			summary: "Changes a web service; a secret without a value stays, unless scheme, host or port are others.",
			permission: everywhere(anyOf("integrations:action:edit")),
			scope: write,
			params,
			body: ServiceBody,
			readOnly: ["id"],
			honoursIfMatch: true,
			success: { status: 200 },
			errors: ["web.service.host", "resource.already.exists", "version.conflict"],
			async handler({ params: { serviceId }, body, principal, headers }) {
				const seen = seenVersion(headers, body.version);
				return versioned(viewOf(await services.change(serviceId, sentOf(body), seen, actorOf(principal))));
			},
		}),
		route({
			method: "DELETE",
			path: one,
			operationId: "deleteInlayWebService",
			summary: "Deletes a web service that no script asks, neither as it is written nor as it was published last.",
			permission: everywhere(anyOf("integrations:action:delete")),
			scope: write,
			params,
			honoursIfMatch: true,
			success: { status: 204 },
			errors: ["version.conflict", "general.conflict"],
			handler: ({ params: { serviceId }, principal, headers }) =>
				services.remove(serviceId, seenVersion(headers), actorOf(principal), principal),
		}),
		route({
			method: "POST",
			path: `${one}/trial`,
			operationId: "postInlayWebServiceTrial",
			summary: "Asks a web service once with given inputs, as a step would, and tells its outputs.",
			permission: everywhere(anyOf("integrations:action:edit")),
			scope: write,
			params,
			body: Type.Object({ inputs: GivenInputs }),
			success: { status: 200 },
			errors: ["web.service.host", "web.service.failed"],
			actsOutside: true,
			handler: async ({ params: { serviceId }, body }) => ({ outputs: await services.ask(serviceId, body.inputs) }),
		}),
	];
}

function hostRoutes({ hosts }: WebServices): Route[] {
	return [
		route({
			method: "GET",
			path: hostsPath,
			operationId: "getInlayScriptsHosts",
			summary: "The hosts that scripts may open, and those that web services may be at.",
			permission: anyOf("integrations:action:view", "scripter:script:view"),
			scope: readScope("scripts"),
			success: { status: 200 },
			handler: async () => versioned(await hosts.read()),
		}),
		route({
			method: "PUT",
			path: hostsPath,
			operationId: "putInlayScriptsHosts",
			summary: "Changes which hosts scripts may open, and web services may be at; what is absent stays.",
			permission: everywhere(anyOf("integrations:integration:edit")),
			scope: write,
			body: HostsBody,
			honoursIfMatch: true,
			success: { status: 200 },
			errors: ["version.conflict"],
			handler: async ({ body: { version, ...changes }, principal, headers }) =>
				versioned(await hosts.change(changes, seenVersion(headers, version), actorOf(principal))),
		}),
	];
}

function sentOf(body: Static<typeof ServiceBody>): SentWebService {
	const { version: _version, ...sent } = body;
	return { headers: [], secretHeaders: [], body: "", inputs: [], outputs: [], timeoutSeconds: 5, ...sent };
}

function viewOf({ secrets, ...service }: WebService) {
	return { ...service, secretHeaders: Object.keys(secrets).map((header) => ({ name: header })) };
}
