import { Type } from "typebox";
import { pageOf, pageOffset, pageRequest } from "../kernel/http/paging.ts";
import { anyOf, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { CommaList, expanding, honouring, idParams, pagedQuery, readList } from "../kernel/http/schemas.ts";
import { seenVersion } from "../kernel/http/versions.ts";
import { actorOf } from "../kernel/principal.ts";
import { divisionNames } from "../routing/ports.ts";
import { type ContactBody, contactBody, readContact } from "./bodies.ts";
import type { Contact } from "./model.ts";
import { patchBody, patched } from "./patches.ts";
import {
	divisionsAsked,
	may,
	path,
	permitDivision,
	permitOrganization,
	permittedContact,
	type RouteContext,
	withEtag,
} from "./route-context.ts";
import { twins } from "./twins.ts";
import { contactView } from "./views.ts";

/** Always told, asked for or not. */
export const contactExpands = expanding("externalOrganization", "division");
/** What the platform fills, or Inlay says of itself. */
const readOnly = ["createDate", "modifyDate", "type"];
const params = idParams("contactId");

/** One by one. */
export function contactRoutes(context: RouteContext): Route[] {
	const { external, directory } = context;

	const answer = async (contact: Contact) => withEtag(contact, contactView(contact, await divisionNames(directory)));

	async function change(
		id: string,
		sentOf: (before: Contact) => ContactBody,
		request: Pick<Parameters<Route["handler"]>[0], "principal" | "headers">,
	): Promise<Contact> {
		const { principal, headers } = request;
		const country = await external.country();
		const seen = seenVersion(headers);
		const found = await permittedContact(context, id, "edit", principal);
		const asked = readContact(sentOf(found), country, found.value);
		if (asked.divisionId !== undefined && asked.divisionId !== found.divisionId)
			await permitDivision(context, twins("contact", "edit"), asked.divisionId, principal);
		if (asked.organizationId !== found.organization?.id)
			await permitOrganization(context, asked.organizationId, principal);
		const wish = (before: Contact) => readContact(sentOf(before), country, before.value);
		return external.change(id, wish, actorOf(principal), seen);
	}

	return [
		route({
			method: "GET",
			path: `${path}/contacts`,
			operationId: "getExternalcontactsContacts",
			summary: "Lists contacts: all, or those with these names in any order, this mail address or this number.",
			permission: may("contact", "view"),
			scope: readScope("external-contacts"),
			query: pagedQuery({
				q: Type.Optional(Type.String({ maxLength: 200 })),
				sortOrder: honouring("lastName:asc", "lastName:desc", "firstName:asc", "firstName:desc"),
				expand: contactExpands,
				divisionIds: CommaList,
			}),
			success: { status: 200, model: "ContactListing" },
			async handler({ query, principal, url }) {
				const page = pageRequest(query);
				const divisions = divisionsAsked(principal, twins("contact", "view"), readList(query.divisionIds));
				const filter = { search: query.q, divisions, sort: sortOf(query.sortOrder) };
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
		route({
			method: "POST",
			path: `${path}/contacts`,
			operationId: "postExternalcontactsContacts",
			summary: "Makes a contact.",
			permission: may("contact", "add"),
			scope: writeScope("external-contacts"),
			body: contactBody,
			readOnly,
			success: { status: 200, model: "ExternalContact" },
			async handler({ body, principal }) {
				const wish = readContact(body, await external.country());
				const divisionId = await permitDivision(context, twins("contact", "add"), wish.divisionId, principal);
				await permitOrganization(context, wish.organizationId, principal);
				return answer(await external.create({ ...wish, divisionId }, actorOf(principal)));
			},
		}),
		route({
			method: "GET",
			path: `${path}/contacts/:contactId`,
			operationId: "getExternalcontactsContact",
			summary: "One contact.",
			permission: may("contact", "view"),
			scope: readScope("external-contacts"),
			params,
			query: Type.Object({ expand: contactExpands }),
			success: { status: 200, model: "ExternalContact" },
			handler: async ({ params: { contactId }, principal }) =>
				answer(await permittedContact(context, contactId, "view", principal)),
		}),
		route({
			method: "PUT",
			path: `${path}/contacts/:contactId`,
			operationId: "putExternalcontactsContact",
			summary: "Changes a contact: what is not sent is not known any more.",
			permission: may("contact", "edit"),
			scope: writeScope("external-contacts"),
			params,
			body: contactBody,
			readOnly,
			honoursIfMatch: true,
			success: { status: 200, model: "ExternalContact" },
			errors: ["version.conflict"],
			handler: async ({ params: { contactId }, body, principal, headers }) =>
				answer(await change(contactId, () => body, { principal, headers })),
		}),
		route({
			method: "PATCH",
			path: `${path}/contacts/:contactId`,
			operationId: "patchExternalcontactsContact",
			summary: "Changes some fields of a contact.",
			permission: anyOf("externalContacts:contact:edit"),
			scope: writeScope("external-contacts"),
			params,
			body: patchBody,
			honoursIfMatch: true,
			success: { status: 200, model: "ExternalContact" },
			errors: ["version.conflict", "general.conflict"],
			handler: async ({ params: { contactId }, body, principal, headers }) =>
				answer(await change(contactId, (before) => patched(asSent(before), body.changes), { principal, headers })),
		}),
		route({
			method: "DELETE",
			path: `${path}/contacts/:contactId`,
			operationId: "deleteExternalcontactsContact",
			summary: "Deletes a contact and what was noted of them; conversations go on naming who took part.",
			permission: may("contact", "delete"),
			scope: writeScope("external-contacts"),
			params,
			honoursIfMatch: true,
			success: { status: 200, model: "object" },
			errors: ["version.conflict"],
			async handler({ params: { contactId }, principal, headers }) {
				await permittedContact(context, contactId, "delete", principal);
				await external.remove(contactId, actorOf(principal), seenVersion(headers));
				return {};
			},
		}),
	];
}

export function sortOf(sortOrder: string | undefined) {
	const [field, direction] = (sortOrder ?? "lastName:asc").toLowerCase().split(":");
	return { by: field === "firstname" ? ("first" as const) : ("last" as const), descending: direction === "desc" };
}

function asSent({ value, organization, divisionId }: Contact): ContactBody {
	return {
		...structuredClone(value),
		division: { id: divisionId },
		...(organization ? { externalOrganization: { id: organization.id } } : {}),
	};
}
