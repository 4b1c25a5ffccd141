import { Type } from "typebox";
import { requireEverywhere, requirePermissions } from "../kernel/http/guard.ts";
import { pageOfAll, pageRequest } from "../kernel/http/paging.ts";
import {
	Answer,
	anyOf,
	everywhere,
	noPermission,
	type Route,
	readScope,
	route,
	writeScope,
} from "../kernel/http/route.ts";
import { CommaList, idParams, pagedQuery, readList } from "../kernel/http/schemas.ts";
import { etagOf, seenRevision, seenVersion, versioned } from "../kernel/http/versions.ts";
import { actorOf, type Principal } from "../kernel/principal.ts";
import type { DeploymentAccess } from "./access.ts";
import type { Deployments } from "./deployments.ts";
import { type Deployment, maxScriptBytes } from "./model.ts";
import { configSchema, integrationType, integrationTypes } from "./types.ts";
import { appView, configurationView, configuredView, integrationView, reportedState } from "./views.ts";

const base = "/api/v2/integrations";
/** However it is asked for. */
const toDelete = everywhere(anyOf("integrations:integration:delete"));
const AnyMap = Type.Record(Type.String(), Type.Unknown());

const Configuration = Type.Object({
	name: Type.String(),
	version: Type.Integer(),
	properties: AnyMap,
	advanced: AnyMap,
	notes: Type.String({ maxLength: 4000 }),
	credentials: AnyMap,
});

const Create = Type.Object({
	name: Type.String(),
	integrationType: Type.Object({ id: Type.String() }),
});

const Patch = Type.Object({
	intendedState: Type.Union(["ENABLED", "DISABLED", "DELETED"].map((state) => Type.Literal(state))),
});

/** JSON may write a script's characters as six bytes each, so the body may be larger than the script. */
const configurationBytes = 7 * maxScriptBytes;

export function integrationRoutes(deployments: Deployments, access: DeploymentAccess): Route[] {
	return [
		...typeRoutes(),
		...appRoutes(deployments, access),
		...instanceRoutes(deployments),
		...configurationRoutes(deployments),
	];
}

function typeRoutes(): Route[] {
	const view = { permission: anyOf("integrations:integration:view"), scope: readScope("integrations") };
	return [
		route({
			...view,
			method: "GET",
			path: `${base}/types`,
			operationId: "getIntegrationsTypes",
			summary: "List what can be installed.",
			query: pagedQuery(),
			success: { status: 200, model: "IntegrationTypeEntityListing" },
			handler: ({ query, url }) => pageOfAll([...integrationTypes], pageRequest(query), url),
		}),
		route({
			...view,
			method: "GET",
			path: `${base}/types/:typeId`,
			operationId: "getIntegrationsType",
			summary: "One kind of integration.",
			params: idParams("typeId"),
			success: { status: 200, model: "IntegrationType" },
			handler: ({ params }) => integrationType(params.typeId),
		}),
		route({
			...view,
			method: "GET",
			path: `${base}/types/:typeId/configschemas/:configType`,
			operationId: "getIntegrationsTypeConfigschema",
			summary: "The JSON schema of a kind's configuration.",
			params: idParams("typeId", "configType"),
			success: { status: 200, model: "JsonSchemaDocument" },
			handler: ({ params }) => configSchema(params.typeId, params.configType),
		}),
	];
}

function appRoutes(deployments: Deployments, access: DeploymentAccess): Route[] {
	const usable = async (principal: Principal): Promise<Deployment[]> => {
		const all = await deployments.overview();
		const allowed = await Promise.all(all.map(async (one) => !(await access.problem(one, principal))));
		return all.filter((_one, index) => allowed[index]);
	};
	const common = {
		permission: noPermission,
		scope: readScope("integrations"),
		query: pagedQuery(),
	};
	return [
		route({
			...common,
			method: "GET",
			path: `${base}/userapps`,
			operationId: "getIntegrationsUserapps",
			summary: "The deployments that the signed-in user may use.",
			success: { status: 200, model: "UserAppEntityListing" },
			handler: async ({ principal, query, url }) =>
				pageOfAll((await usable(principal)).map(appView), pageRequest(query), url),
		}),
		route({
			...common,
			method: "GET",
			path: `${base}/clientapps`,
			operationId: "getIntegrationsClientapps",
			summary: "The deployments that the signed-in user may use, with their state.",
			success: { status: 200, model: "ClientAppEntityListing" },
			handler: async ({ principal, query, url }) => {
				const apps = (await usable(principal)).map((one) => ({
					...appView(one),
					notes: one.notes,
					intendedState: one.intendedState,
					reportedState: reportedState(one),
					attributes: {},
				}));
				return pageOfAll(apps, pageRequest(query), url);
			},
		}),
	];
}

function instanceRoutes(deployments: Deployments): Route[] {
	const one = idParams("integrationId");
	return [
		route({
			method: "GET",
			path: base,
			operationId: "getIntegrations",
			summary: "List the installed integrations.",
			permission: anyOf("integrations:integration:view"),
			scope: readScope("integrations"),
			query: pagedQuery({
				ids: CommaList,
				integrationType: Type.Optional(Type.String()),
				reportedState: Type.Optional(Type.String()),
			}),
			success: { status: 200, model: "IntegrationEntityListing" },
			handler: async ({ query, url }) => {
				const ids = readList(query.ids);
				const found = (await deployments.all()).filter(
					(deployment) =>
						(ids.length === 0 || ids.includes(deployment.id)) &&
						(!query.integrationType || query.integrationType === deployment.typeId) &&
						(!query.reportedState || query.reportedState === reportedState(deployment).code),
				);
				return pageOfAll(found.map(integrationView), pageRequest(query), url);
			},
		}),
		route({
			method: "POST",
			path: base,
			operationId: "postIntegrations",
			summary: "Install an integration, switched off.",
			permission: everywhere(anyOf("integrations:integration:add")),
			scope: writeScope("integrations"),
			body: Create,
			readOnly: "rest",
			success: { status: 200, model: "Integration" },
			errors: ["max.integrations.reached"],
			handler: async ({ body, principal }) =>
				revised(await deployments.install({ name: body.name, typeId: body.integrationType.id }, actorOf(principal))),
		}),
		route({
			method: "GET",
			path: `${base}/:integrationId`,
			operationId: "getIntegration",
			summary: "One installed integration.",
			permission: anyOf("integrations:integration:view"),
			scope: readScope("integrations"),
			params: one,
			success: { status: 200, model: "Integration" },
			handler: async ({ params }) => revised(await deployments.get(params.integrationId)),
		}),
		route({
			method: "PATCH",
			path: `${base}/:integrationId`,
			operationId: "patchIntegration",
			summary: "Switch an integration on or off; DELETED asks for what DELETE does.",
			permission: everywhere(anyOf("integrations:integration:edit")),
			scope: writeScope("integrations"),
			params: one,
			body: Patch,
			honoursIfMatch: true,
			success: { status: 200, model: "Integration" },
			errors: ["version.conflict"],
			handler: async ({ params: { integrationId }, body, principal, headers }) => {
				const [actor, seen] = [actorOf(principal), seenRevision(headers, revisionKind)];
				if (body.intendedState === "DELETED") {
					requirePermissions(toDelete, principal);
					requireEverywhere(toDelete, principal);
					return removed(await deployments.remove(integrationId, actor, seen));
				}
				const state = body.intendedState === "ENABLED" ? "ENABLED" : "DISABLED";
				return revised(await deployments.switch(integrationId, state, actor, seen));
			},
		}),
		route({
			method: "DELETE",
			path: `${base}/:integrationId`,
			operationId: "deleteIntegration",
			summary: "Delete an integration with its scripts.",
			permission: toDelete,
			scope: writeScope("integrations"),
			params: one,
			honoursIfMatch: true,
			success: { status: 200, model: "Integration" },
			errors: ["version.conflict"],
			handler: async ({ params, principal, headers }) =>
				removed(
					await deployments.remove(params.integrationId, actorOf(principal), seenRevision(headers, revisionKind)),
				),
		}),
	];
}

function configurationRoutes(deployments: Deployments): Route[] {
	const path = `${base}/:integrationId/config/current`;
	return [
		route({
			method: "GET",
			path,
			operationId: "getIntegrationConfigCurrent",
			summary: "The configuration with its version.",
			permission: anyOf("integrations:integration:view"),
			scope: readScope("integrations"),
			params: idParams("integrationId"),
			success: { status: 200, model: "IntegrationConfiguration" },
			handler: async ({ params }) => versioned(configurationView(await deployments.get(params.integrationId))),
		}),
		route({
			method: "PUT",
			path,
			operationId: "putIntegrationConfigCurrent",
			summary:
				"Replace the configuration, naming the version that was read; `findings` are the linter's, of a script that is another one.",
			permission: everywhere(anyOf("integrations:integration:edit")),
			scope: writeScope("integrations"),
			params: idParams("integrationId"),
			body: Configuration,
			// What was said of a script comes back with whatever a client has kept of its last change; so does who has
			// which version first, which the version that is named covers: every change of it is a new one.
			readOnly: ["findings", "inlayStaged"],
			bodyLimit: configurationBytes,
			honoursIfMatch: true,
			success: { status: 200, model: "IntegrationConfiguration" },
			errors: ["version.conflict", "invalid.property", "request.entity.too.large"],
			handler: async ({ params, body, principal, headers }) => {
				const input = { ...body, version: seenVersion(headers, body.version) ?? body.version };
				return versioned(
					configuredView(await deployments.configureExamined(params.integrationId, input, actorOf(principal))),
				);
			},
		}),
	];
}

/** Both counters begin at 1: the tag of the configuration, which has a version of its own, must not pass for this one. */
const revisionKind = "r";

/** The platform's `Integration` tells no version: it stands as the header alone. */
function revised(deployment: Deployment): Answer {
	return new Answer(200, integrationView(deployment), { etag: etagOf(deployment.revision, revisionKind) });
}

function removed(deployment: Deployment) {
	return { ...integrationView(deployment), intendedState: "DELETED" };
}
