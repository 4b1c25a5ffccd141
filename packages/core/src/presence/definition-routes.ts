import { Type } from "typebox";
import { allOf, anyOf, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { CommaList, idParams, readList } from "../kernel/http/schemas.ts";
import { actorOf, type DivisionSet, divisionsWith } from "../kernel/principal.ts";
import { allDivisions, chosenDivision, type DivisionDirectory, requireIn } from "../routing/ports.ts";
import type { Definitions } from "./definitions.ts";
import type { PresenceDefinition } from "./model.ts";
import { definitionBody, localeQuery } from "./schemas.ts";
import { presenceDefinition } from "./views.ts";

const path = "/api/v2/presence/definitions";
const permission = (action: string) => `presence:presenceDefinition:${action}`;

/** The newer, division-aware family of presence definitions, model OrganizationPresenceDefinition. */
export function definitionRoutes(definitions: Definitions, directory: DivisionDirectory): Route[] {
	return [
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
				requireIn(principal, [permission("add")], divisionId);
				return presenceDefinition(await definitions.create({ ...body, divisionId }, actorOf(principal)));
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
				requireIn(principal, [permission("view")], found.divisionId);
				return presenceDefinition(found, query.localeCode);
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
			body: definitionBody,
			readOnly: ["name", "primary"],
			success: { status: 200, model: "OrganizationPresenceDefinition" },
			async handler({ params, body, principal }) {
				const found = await definitions.require(params.definitionId);
				requireIn(principal, [permission("edit")], found.divisionId);
				const divisionId = body.divisionId
					? await chosenDivision(directory, { id: body.divisionId }, { shared: true })
					: found.divisionId;
				requireIn(principal, [permission("edit")], divisionId);
				return presenceDefinition(await definitions.update(found.id, { ...body, divisionId }, actorOf(principal)));
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
			success: { status: 204 },
			async handler({ params, principal }) {
				const found = await definitions.require(params.definitionId);
				requireIn(principal, [permission("delete"), permission("edit")], found.divisionId);
				await definitions.remove(found.id, actorOf(principal));
			},
		}),
	];
}

function inDivisions(divisions: DivisionSet): (definition: PresenceDefinition) => boolean {
	return ({ divisionId }) => divisions === "all" || divisionId === allDivisions || divisions.has(divisionId);
}
