import { Type } from "typebox";
import { pageOf, pageOffset, pageRequest } from "../kernel/http/paging.ts";
import { Answer, anyOf, everywhere, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams, isDescending, pagedQuery, SortOrder } from "../kernel/http/schemas.ts";
import { etagOf, seenVersion } from "../kernel/http/versions.ts";
import { actorOf } from "../kernel/principal.ts";
import { longestLabelName, type UtilizationLabel } from "./label-model.ts";
import type { UtilizationLabels } from "./labels.ts";
import { LabelUtilizationBody, manageUtilization, readUtilization } from "./utilization-schemas.ts";

const path = "/api/v2/routing/utilization/labels";
const Name = Type.String({ minLength: 1, maxLength: longestLabelName });
/** The SDK's model has no version: it is the ETag alone. */
const answer = (label: UtilizationLabel) => new Answer(200, view(label), { etag: etagOf(label.version) });

function view({ id, name }: UtilizationLabel) {
	return { id, name, selfUri: `${path}/${id}` };
}

/** The labels by which utilization tells interactions of one medium apart; they are the whole organization's. */
export function labelRoutes(labels: UtilizationLabels): Route[] {
	return [...readingRoutes(labels), ...changingRoutes(labels)];
}

function readingRoutes(labels: UtilizationLabels): Route[] {
	const permission = anyOf(...readUtilization);
	const scope = readScope("routing");
	return [
		route({
			method: "GET",
			path,
			operationId: "getRoutingUtilizationLabels",
			summary: "Lists utilization labels by name.",
			permission,
			scope,
			query: pagedQuery({ name: Type.Optional(Type.String({ maxLength: longestLabelName })), sortOrder: SortOrder }),
			success: { status: 200, model: "UtilizationLabelEntityListing" },
			async handler({ query, url }) {
				const page = pageRequest(query);
				const filter = { ...(query.name ? { name: query.name } : {}), descending: isDescending(query.sortOrder) };
				const { found, total } = await labels.list(filter, { limit: page.pageSize, offset: pageOffset(page) });
				return pageOf(found.map(view), total, page, url);
			},
		}),
		route({
			method: "GET",
			path: `${path}/:labelId`,
			operationId: "getRoutingUtilizationLabel",
			summary: "One utilization label.",
			permission,
			scope,
			params: idParams("labelId"),
			success: { status: 200, model: "UtilizationLabel" },
			handler: async ({ params }) => answer(await labels.require(params.labelId)),
		}),
		route({
			method: "GET",
			path: `${path}/:labelId/agents`,
			operationId: "getRoutingUtilizationLabelAgents",
			summary: "The people whose own rules say something of a label.",
			permission,
			scope,
			params: idParams("labelId"),
			success: { status: 200, model: "Array<object>" },
			async handler({ params }) {
				const { id } = await labels.require(params.labelId);
				return (await labels.usersNaming(id)).map((userId) => ({ id: userId, selfUri: `/api/v2/users/${userId}` }));
			},
		}),
	];
}

function changingRoutes(labels: UtilizationLabels): Route[] {
	const permission = everywhere(anyOf(manageUtilization));
	const scope = writeScope("routing");
	return [
		route({
			method: "POST",
			path,
			operationId: "postRoutingUtilizationLabels",
			summary: "Makes a utilization label, and says what holds of it for everybody.",
			permission,
			scope,
			body: Type.Object({ name: Name, utilization: Type.Optional(LabelUtilizationBody) }),
			success: { status: 200, model: "UtilizationLabel" },
			errors: ["general.conflict"],
			handler: async ({ body, principal }) =>
				answer(await labels.create(body.name, body.utilization, actorOf(principal))),
		}),
		route({
			method: "PUT",
			path: `${path}/:labelId`,
			operationId: "putRoutingUtilizationLabel",
			summary: "Renames a utilization label.",
			permission,
			scope,
			params: idParams("labelId"),
			body: Type.Object({ name: Name }),
			honoursIfMatch: true,
			success: { status: 200, model: "UtilizationLabel" },
			errors: ["general.conflict", "version.conflict"],
			async handler({ params, body, principal, headers }) {
				return answer(await labels.rename(params.labelId, body.name, actorOf(principal), seenVersion(headers)));
			},
		}),
		route({
			method: "DELETE",
			path: `${path}/:labelId`,
			operationId: "deleteRoutingUtilizationLabel",
			summary: "Deletes a utilization label; one that is used only where forceDelete says so.",
			permission,
			scope,
			params: idParams("labelId"),
			query: Type.Object({ forceDelete: Type.Optional(Type.Boolean()) }),
			honoursIfMatch: true,
			success: { status: 204 },
			errors: ["general.conflict", "version.conflict"],
			async handler({ params, query, principal, headers }) {
				const version = seenVersion(headers);
				const options = { force: query.forceDelete ?? false, ...(version === undefined ? {} : { version }) };
				await labels.remove(params.labelId, actorOf(principal), principal, options);
			},
		}),
	];
}
