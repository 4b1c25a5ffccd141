import { Type } from "typebox";
import { pageOf, pageOffset, pageRequest } from "../kernel/http/paging.ts";
import { type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { CommaList, expanding, honouring, idParams, pagedQuery, readList } from "../kernel/http/schemas.ts";
import { seenVersion } from "../kernel/http/versions.ts";
import { actorOf, requireInDivision } from "../kernel/principal.ts";
import { divisionNames } from "../routing/ports.ts";
import { organizationBody, readOrganization } from "./bodies.ts";
import { contactExpands, sortOf } from "./contact-routes.ts";
import type { Organization } from "./model.ts";
import { divisionsAsked, may, path, permitDivision, type RouteContext, withEtag } from "./route-context.ts";
import { twins } from "./twins.ts";
import { contactView, organizationView } from "./views.ts";

const entity = "externalOrganization";
const readOnly = ["createDate", "modifyDate"];
const params = idParams("externalOrganizationId");

/** The companies of contacts. */
export function organizationRoutes(context: RouteContext): Route[] {
	const { external, directory } = context;

	const answer = async (organization: Organization) =>
		withEtag(organization, organizationView(organization, await divisionNames(directory)));

	return [
		route({
			method: "GET",
			path: `${path}/organizations`,
			operationId: "getExternalcontactsOrganizations",
			summary: "Lists organizations by name.",
			permission: may(entity, "view"),
			scope: readScope("external-contacts"),
			query: pagedQuery({
				q: Type.Optional(Type.String({ maxLength: 200 })),
				sortOrder: honouring("name:asc", "name:desc"),
				expand: expanding("division"),
				divisionIds: CommaList,
			}),
			success: { status: 200, model: "ExternalOrganizationListing" },
			async handler({ query, principal, url }) {
				const page = pageRequest(query);
				const filter = {
					search: query.q,
					divisions: divisionsAsked(principal, twins(entity, "view"), readList(query.divisionIds)),
					descending: query.sortOrder?.toLowerCase() === "name:desc",
				};
				const slice = { limit: page.pageSize, offset: pageOffset(page) };
				const { found, total } = await external.organizations.page(filter, slice);
				const names = await divisionNames(directory);
				return pageOf(
					found.map((one) => organizationView(one, names)),
					total,
					page,
					url,
				);
			},
		}),
		route({
			method: "POST",
			path: `${path}/organizations`,
			operationId: "postExternalcontactsOrganizations",
			summary: "Makes an organization.",
			permission: may(entity, "add"),
			scope: writeScope("external-contacts"),
			body: organizationBody,
			readOnly,
			success: { status: 200, model: "ExternalOrganization" },
			async handler({ body, principal }) {
				const wish = readOrganization(body, await external.country());
				const divisionId = await permitDivision(context, twins(entity, "add"), wish.divisionId, principal);
				return answer(await external.createOrganization({ ...wish, divisionId }, actorOf(principal)));
			},
		}),
		route({
			method: "GET",
			path: `${path}/organizations/:externalOrganizationId`,
			operationId: "getExternalcontactsOrganization",
			summary: "One organization.",
			permission: may(entity, "view"),
			scope: readScope("external-contacts"),
			params,
			query: Type.Object({ expand: expanding("division") }),
			success: { status: 200, model: "ExternalOrganization" },
			async handler({ params: { externalOrganizationId }, principal }) {
				const found = await external.requireOrganization(externalOrganizationId);
				requireInDivision(principal, twins(entity, "view"), found.divisionId);
				return answer(found);
			},
		}),
		route({
			method: "PUT",
			path: `${path}/organizations/:externalOrganizationId`,
			operationId: "putExternalcontactsOrganization",
			summary: "Changes an organization: what is not sent is not known any more.",
			permission: may(entity, "edit"),
			scope: writeScope("external-contacts"),
			params,
			body: organizationBody,
			readOnly,
			honoursIfMatch: true,
			success: { status: 200, model: "ExternalOrganization" },
			errors: ["version.conflict"],
			async handler({ params: { externalOrganizationId: id }, body, principal, headers }) {
				const before = await external.requireOrganization(id);
				requireInDivision(principal, twins(entity, "edit"), before.divisionId);
				const wish = readOrganization(body, await external.country(), before);
				if (wish.divisionId !== undefined && wish.divisionId !== before.divisionId)
					await permitDivision(context, twins(entity, "edit"), wish.divisionId, principal);
				return answer(await external.changeOrganization(id, wish, actorOf(principal), seenVersion(headers)));
			},
		}),
		route({
			method: "DELETE",
			path: `${path}/organizations/:externalOrganizationId`,
			operationId: "deleteExternalcontactsOrganization",
			summary: "Deletes an organization; its contacts stay, and belong nowhere.",
			permission: may(entity, "delete"),
			scope: writeScope("external-contacts"),
			params,
			honoursIfMatch: true,
			success: { status: 200, model: "object" },
			errors: ["version.conflict"],
			async handler({ params: { externalOrganizationId: id }, principal, headers }) {
				const before = await external.requireOrganization(id);
				requireInDivision(principal, twins(entity, "delete"), before.divisionId);
				await external.removeOrganization(id, actorOf(principal), seenVersion(headers));
				return {};
			},
		}),
		route({
			method: "GET",
			path: `${path}/organizations/:externalOrganizationId/contacts`,
			operationId: "getExternalcontactsOrganizationContacts",
			summary: "Lists the contacts of an organization.",
			permission: may("contact", "view"),
			scope: readScope("external-contacts"),
			params,
			query: pagedQuery({
				q: Type.Optional(Type.String({ maxLength: 200 })),
				sortOrder: honouring("lastName:asc", "lastName:desc", "firstName:asc", "firstName:desc"),
				expand: contactExpands,
			}),
			success: { status: 200, model: "ContactListing" },
			async handler({ params: { externalOrganizationId: organizationId }, query, principal, url }) {
				const { divisionId } = await external.requireOrganization(organizationId);
				requireInDivision(principal, twins("contact", "view"), divisionId);
				const page = pageRequest(query);
				const divisions = divisionsAsked(principal, twins("contact", "view"), []);
				const filter = { search: query.q, organizationId, divisions, sort: sortOf(query.sortOrder) };
				const slice = { limit: page.pageSize, offset: pageOffset(page) };
				const { found, total } = await external.contacts.page(filter, slice);
				const names = await divisionNames(directory);
				return pageOf(
					found.map((one) => contactView(one, names)),
					total,
					page,
					url,
				);
			},
		}),
	];
}
