import { pageOf, pageOffset, pageRequest } from "../kernel/http/paging.ts";
import { type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { expanding, idParams, isDescending, pagedQuery, SortOrder } from "../kernel/http/schemas.ts";
import { actorOf } from "../kernel/principal.ts";
import { noteBody } from "./bodies.ts";
import type { Contact, Note } from "./model.ts";
import { may, path, permittedContact, type RouteContext } from "./route-context.ts";
import { noteView } from "./views.ts";

/** What people note of a contact. */
export function noteRoutes(context: RouteContext): Route[] {
	const { external, writersOf } = context;
	const params = idParams("contactId");

	async function views(contact: Contact, notes: readonly Note[]) {
		const writers = await writersOf([...new Set(notes.flatMap(({ userId }) => userId ?? []))]);
		return notes.map((note) => noteView(note, contact, writers));
	}

	return [
		route({
			method: "GET",
			path: `${path}/contacts/:contactId/notes`,
			operationId: "getExternalcontactsContactNotes",
			summary: "What was noted of a contact, the newest first.",
			permission: may("contact", "view"),
			scope: readScope("external-contacts"),
			params,
			query: pagedQuery({ sortOrder: SortOrder, expand: expanding("author", "division") }),
			success: { status: 200, model: "NoteListing" },
			async handler({ params: { contactId }, query, principal, url }) {
				const contact = await permittedContact(context, contactId, "view", principal);
				const page = pageRequest(query);
				const slice = { limit: page.pageSize, offset: pageOffset(page) };
				const isNewestFirst = isDescending(query.sortOrder ?? "desc");
				const { found, total } = await external.notes.page(contact.id, isNewestFirst, slice);
				return pageOf(await views(contact, found), total, page, url);
			},
		}),
		route({
			method: "POST",
			path: `${path}/contacts/:contactId/notes`,
			operationId: "postExternalcontactsContactNotes",
			summary: "Notes something of a contact.",
			permission: may("contact", "edit"),
			scope: writeScope("external-contacts"),
			params,
			body: noteBody,
			readOnly: ["entityId", "entityType", "createDate", "modifyDate"],
			success: { status: 200, model: "Note" },
			async handler({ params: { contactId }, body, principal }) {
				const contact = await permittedContact(context, contactId, "edit", principal);
				const note = await external.addNote(contact, body.noteText, actorOf(principal));
				return (await views(contact, [note]))[0];
			},
		}),
	];
}
