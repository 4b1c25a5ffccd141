import { Type } from "typebox";
import { Answer, allOf, anyOf, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { CommaList, idParams, readList } from "../kernel/http/schemas.ts";
import { etagOf, seenVersion } from "../kernel/http/versions.ts";
import { actorOf, type DivisionSet, divisionsWith, requireInDivision } from "../kernel/principal.ts";
import { allDivisions, chosenDivision, type DivisionDirectory, requireToRead } from "../routing/ports.ts";
import type { Definitions } from "./definitions.ts";
import type { PresenceDefinition } from "./model.ts";
import { definitionBody, localeQuery, versionedDefinitionBody } from "./schemas.ts";
import { presenceDefinition } from "./views.ts";

const path = "/api/v2/presence/definitions";
const permission = (action: string) => `presence:presenceDefinition:${action}`;

/** The newer, division-aware family of presence definitions, model OrganizationPresenceDefinition. */
export function definitionRoutes(definitions: Definitions, directory: DivisionDirectory): Route[] {
	return [
		route({
			method: "GET",
			path: "/api/v2/systempresences",
			operationId: "getSystempresences",
			summary: "The presences that the system has by itself.",
			permission: noPermission,
			scope: readScope("presence"),
			success: { status: 200, model: "Array<SystemPresence>" },
			async handler() {
				const primary = (await definitions.list()).filter((one) => one.primary);
				return primary.map(({ id, systemPresence }) => ({
					id,
					name: systemPresence,
					selfUri: `/api/v2/systempresences/${id}`,
				}));
			},
		}),
		route({
			method: "GET",
			path,
			operationId: "getPresenceDefinitions0",
			summary: "Lists the presences that the caller's divisions can use.",
			permission: allOf(permission("view")),
			scope: readScope("presence"),
			query: Type.Object({ ...localeQuery, deactivated: Type.Optional(Type.String()), divisionId: CommaList }),
			success: { status: 200, model: "OrganizationPresenceDefinitionEntityListing" },
			async handler({ query, principal, url }) {
				const visible = inDivisions(divisionsWith(principal, [permission("view")]));
				const asked = readList(query.divisionId);
				const wantsDeactivated = query.deactivated?.toUpperCase() === "TRUE";
				const entities = (await definitions.list())
					.filter(visible)
					.filter((one) => asked.length === 0 || asked.includes(one.divisionId))
					.filter((one) => one.deactivated === wantsDeactivated)
					.map((one) => presenceDefinition(one, query.localeCode));
				return { total: entities.length, entities, selfUri: url };
			},
		}),
		route({
			method: "POST",
			path,
			operationId: "postPresenceDefinitions0",
			summary: "Adds a secondary presence.",
			permission: allOf(permission("add")),
			scope: writeScope("presence"),
			body: definitionBody,
			readOnly: ["name", "primary"],
			success: { status: 200, model: "OrganizationPresenceDefinition" },
			async handler({ body, principal }) {
				const divisionId = await chosenDivision(directory, { id: body.divisionId }, { shared: true });
				requireInDivision(principal, [permission("add")], divisionId);
				return versionedView(await definitions.create({ ...body, divisionId }, actorOf(principal)));
			},
		}),
		route({
			method: "GET",
			path: `${path}/:definitionId`,
			operationId: "getPresenceDefinition0",
			summary: "One presence.",
			permission: allOf(permission("view")),
			scope: readScope("presence"),
			params: idParams("definitionId"),
			query: Type.Object(localeQuery),
			success: { status: 200, model: "OrganizationPresenceDefinition" },
			async handler({ params, query, principal }) {
				const found = await definitions.require(params.definitionId);
				requireToRead(principal, [permission("view")], found.divisionId);
				return versionedView(found, query.localeCode);
			},
		}),
		route({
			method: "PUT",
			path: `${path}/:definitionId`,
			operationId: "putPresenceDefinition0",
			summary: "Replaces a secondary presence.",
			permission: allOf(permission("edit")),
			scope: writeScope("presence"),
			params: idParams("definitionId"),
			body: versionedDefinitionBody,
			readOnly: ["name", "primary"],
			honoursIfMatch: true,
			success: { status: 200, model: "OrganizationPresenceDefinition" },
			errors: ["version.conflict"],
			async handler({ params, body: { version, ...body }, principal, headers }) {
				const seen = seenVersion(headers, version);
				const found = await definitions.require(params.definitionId);
				requireInDivision(principal, [permission("edit")], found.divisionId);
				const divisionId = body.divisionId
					? await chosenDivision(directory, { id: body.divisionId }, { shared: true })
					: found.divisionId;
				requireInDivision(principal, [permission("edit")], divisionId);
				return versionedView(await definitions.update(found.id, { ...body, divisionId }, actorOf(principal), seen));
			},
		}),
		route({
			method: "DELETE",
			path: `${path}/:definitionId`,
			operationId: "deletePresenceDefinition0",
			summary: "Deletes a secondary presence.",
			permission: anyOf(permission("delete"), permission("edit")),
			scope: writeScope("presence"),
			params: idParams("definitionId"),
			honoursIfMatch: true,
			success: { status: 204 },
			errors: ["version.conflict"],
			async handler({ params, principal, headers }) {
				const found = await definitions.require(params.definitionId);
				requireInDivision(principal, [permission("delete"), permission("edit")], found.divisionId);
				await definitions.remove(found.id, actorOf(principal), seenVersion(headers));
			},
		}),
	];
}

/** Those that may be seen with a permission in these divisions; what is in all is everybody's. */
export function inDivisions(divisions: DivisionSet): (definition: PresenceDefinition) => boolean {
	return ({ divisionId }) => divisions === "all" || divisionId === allDivisions || divisions.has(divisionId);
}

/** The platform's model has no version: it is told as `ETag` alone. */
function versionedView(definition: PresenceDefinition, localeCode?: string): Answer {
	return new Answer(200, presenceDefinition(definition, localeCode), { etag: etagOf(definition.version) });
}
