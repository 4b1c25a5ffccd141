import { Type } from "typebox";
import { pageOfAll, pageRequest } from "../kernel/http/paging.ts";
import { allOf, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams, pagedQuery } from "../kernel/http/schemas.ts";
import { actorOf, requireInDivision } from "../kernel/principal.ts";
import { chosenDivision, type DivisionDirectory, requireToRead } from "../routing/ports.ts";
import type { Definitions } from "./definitions.ts";
import type { PresenceDefinition } from "./model.ts";
import { localeQuery, oldDefinitionBody } from "./schemas.ts";
import { organizationPresence } from "./views.ts";

const path = "/api/v2/presencedefinitions";
const permission = (action: string) => `presence:presenceDefinition:${action}`;

/** The older family of presence definitions, model OrganizationPresence; it knows no divisions. */
export function oldDefinitionRoutes(definitions: Definitions, directory: DivisionDirectory): Route[] {
	return [
		route({
			method: "GET",
			path,
			operationId: "getPresencedefinitions",
			summary: "Lists the presences that users can take.",
			permission: noPermission,
			scope: readScope("presence"),
			query: pagedQuery({ ...localeQuery, deleted: Type.Optional(Type.String()) }),
			success: { status: 200, model: "OrganizationPresenceEntityListing" },
			async handler({ query, url }) {
				const wanted = (await definitions.every()).filter(byDeletion(query.deleted));
				const views = wanted.map((one) => organizationPresence(one, query.localeCode));
				return pageOfAll(views, pageRequest(query), url);
			},
		}),
		route({
			method: "POST",
			path,
			operationId: "postPresencedefinitions",
			summary: "Adds a secondary presence.",
			permission: allOf(permission("add")),
			scope: writeScope("presence"),
			body: oldDefinitionBody,
			readOnly: ["name", "type", "primary"],
			success: { status: 200, model: "OrganizationPresence" },
			async handler({ body, principal }) {
				const divisionId = await chosenDivision(directory, undefined);
				requireInDivision(principal, [permission("add")], divisionId);
				return organizationPresence(await definitions.create({ ...body, divisionId }, actorOf(principal)));
			},
		}),
		route({
			method: "GET",
			path: `${path}/:presenceId`,
			operationId: "getPresencedefinition",
			summary: "One presence.",
			permission: allOf(permission("view")),
			scope: readScope("presence"),
			params: idParams("presenceId"),
			query: Type.Object(localeQuery),
			success: { status: 200, model: "OrganizationPresence" },
			async handler({ params, query, principal }) {
				const found = await definitions.require(params.presenceId);
				requireToRead(principal, [permission("view")], found.divisionId);
				return organizationPresence(found, query.localeCode);
			},
		}),
		route({
			method: "PUT",
			path: `${path}/:presenceId`,
			operationId: "putPresencedefinition",
			summary: "Replaces a secondary presence.",
			permission: allOf(permission("edit")),
			scope: writeScope("presence"),
			params: idParams("presenceId"),
			body: oldDefinitionBody,
			readOnly: ["name", "type", "primary"],
			success: { status: 200, model: "OrganizationPresence" },
			async handler({ params, body, principal }) {
				const found = await definitions.require(params.presenceId);
				requireInDivision(principal, [permission("edit")], found.divisionId);
				return organizationPresence(await definitions.update(found.id, body, actorOf(principal)));
			},
		}),
		route({
			method: "DELETE",
			path: `${path}/:presenceId`,
			operationId: "deletePresencedefinition",
			summary: "Deletes a secondary presence.",
			permission: allOf(permission("delete")),
			scope: writeScope("presence"),
			params: idParams("presenceId"),
			success: { status: 204 },
			async handler({ params, principal }) {
				const found = await definitions.require(params.presenceId);
				requireInDivision(principal, [permission("delete")], found.divisionId);
				await definitions.remove(found.id, actorOf(principal));
			},
		}),
	];
}

/** `deleted` is TRUE, FALSE (the default) or ALL. */
function byDeletion(deleted = "FALSE"): (definition: PresenceDefinition) => boolean {
	if (deleted.toUpperCase() === "ALL") return () => true;
	const wanted = deleted.toUpperCase() === "TRUE";
	return (definition) => definition.deleted === wanted;
}
