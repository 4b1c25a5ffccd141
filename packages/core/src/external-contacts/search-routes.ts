import { Type } from "typebox";
import { pageOf, pageOffset, pageRequest } from "../kernel/http/paging.ts";
import { anyOf, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { honouredIn } from "../kernel/http/schemas.ts";
import { divisionsWith } from "../kernel/principal.ts";
import { divisionNames } from "../routing/ports.ts";
import { contactExpands, sortOf } from "./contact-routes.ts";
import { divisionsAsked, may, path, type RouteContext } from "./route-context.ts";
import { twins } from "./twins.ts";
import { contactView } from "./views.ts";

const ids = Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 500 });

/** `ContactSearchRequest`: newer than the description; what it asks for is inferred (platform-api 8, point 12). */
const searchBody = Type.Object({
	pageNumber: Type.Optional(Type.Integer({ minimum: 1 })),
	pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
	divisionIds: Type.Optional(ids),
	expand: Type.Optional(
		Type.Array(Type.String({ maxLength: 50, ...honouredIn("externalOrganization", "division") }), { maxItems: 10 }),
	),
	operation: Type.Optional(
		Type.Object({
			simpleSearch: Type.Optional(
				Type.Object({
					query: Type.Optional(Type.String({ maxLength: 200 })),
					sortOrder: Type.Optional(
						Type.Array(Type.String({ pattern: "^(lastName|firstName):(asc|desc)$" }), { maxItems: 1 }),
					),
					ids: Type.Optional(ids),
				}),
			),
		}),
	),
});

/** Finding contacts otherwise than by their list. */
export function searchRoutes({ external, directory }: RouteContext): Route[] {
	return [
		route({
			method: "POST",
			path: `${path}/contacts/search`,
			operationId: "postExternalcontactsContactsSearch",
			summary: "Finds contacts by names, mail addresses and numbers, or by their ids.",
			permission: may("contact", "view"),
			scope: writeScope("external-contacts"),
			body: searchBody,
			success: { status: 200, model: "ContactListing" },
			async handler({ body, principal, url }) {
				const { query, sortOrder, ids: asked } = body.operation?.simpleSearch ?? {};
				const page = pageRequest(body);
				const divisions = divisionsAsked(principal, twins("contact", "view"), body.divisionIds ?? []);
				const filter = { search: query, divisions, sort: sortOf(sortOrder?.[0]), ...(asked ? { ids: asked } : {}) };
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
			method: "GET",
			path: `${path}/reversewhitepageslookup`,
			operationId: "getExternalcontactsReversewhitepageslookup",
			summary: "Whose a number or mail address is: at most 25 contacts.",
			permission: anyOf("externalContacts:contact:view"),
			scope: readScope("external-contacts"),
			query: Type.Object({
				lookupVal: Type.String({ minLength: 1, maxLength: 320 }),
				expand: contactExpands,
				divisionId: Type.Optional(Type.String({ maxLength: 200 })),
			}),
			success: { status: 200, model: "ReverseWhitepagesLookupResult" },
			async handler({ query: { lookupVal, divisionId }, principal }) {
				const allowed = divisionsWith(principal, ["externalContacts:contact:view"]);
				const divisions =
					divisionId === undefined
						? allowed
						: new Set([divisionId].filter((id) => allowed === "all" || allowed.has(id)));
				const names = await divisionNames(directory);
				return { contacts: (await external.lookUp(lookupVal, divisions)).map((one) => contactView(one, names)) };
			},
		}),
	];
}
