import { randomUUID } from "node:crypto";
import type { Readable } from "node:stream";
import { Type } from "typebox";
import { badField, notFound } from "../kernel/http/api-error.ts";
import { pageOf, pageOffset, pageRequest } from "../kernel/http/paging.ts";
import { allOf, anyOf, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams, pagedQuery } from "../kernel/http/schemas.ts";
import { actorOf, type Principal, requireInDivision } from "../kernel/principal.ts";
import { type DivisionDirectory, divisionNames } from "../routing/ports.ts";
import { type ContactBody, contactBody } from "./bodies.ts";
import { neededFor } from "./imports.ts";
import { readData } from "./kept-contact.ts";
import type { Contact, ContactListValue, Thing } from "./model.ts";
import type { OutboundThings } from "./outbound.ts";
import { contactListView, contactView } from "./views.ts";

const path = "/api/v2/outbound/contactlists";
const own = "/api/v2/inlay/outbound/contactlists";

/** The contacts of a list, one by one and by the file. */
export function contactRoutes(outbound: OutboundThings, directory: DivisionDirectory): Route[] {
	const { lists, contacts, imports } = outbound;

	async function permitted(id: string, permission: string, principal: Principal): Promise<Thing<ContactListValue>> {
		const list = await lists.require(id);
		requireInDivision(principal, [permission], list.divisionId ?? "");
		return list;
	}

	async function contactIn(listId: string, id: string): Promise<Contact> {
		const contact = await contacts.find(outbound.db, listId, id);
		if (!contact) throw notFound("contact", id);
		return contact;
	}

	return [
		route({
			method: "GET",
			path: `${path}/divisionviews/:contactListId`,
			operationId: "getOutboundContactlistsDivisionview",
			summary: "One contact list, as far as choosing it needs.",
			permission: allOf("outbound:contactList:search"),
			scope: readScope("outbound"),
			params: idParams("contactListId"),
			query: Type.Object({
				includeSize: Type.Optional(Type.Boolean()),
				includeImportStatus: Type.Optional(Type.Boolean()),
			}),
			success: { status: 200, model: "ContactListDivisionView" },
			async handler({ params, query, principal }) {
				const list = await permitted(params.contactListId, "outbound:contactList:search", principal);
				const size = query.includeSize ? await contacts.count(list.id) : undefined;
				const { columnNames, phoneColumns, importStatus, id, name, division, selfUri } = {
					...{ importStatus: undefined },
					...contactListView(list, await divisionNames(directory), size),
				} as Record<string, unknown>;
				const shown = { id, name, division, columnNames, phoneColumns, size, selfUri };
				return query.includeImportStatus ? { ...shown, importStatus } : shown;
			},
		}),
		route({
			method: "GET",
			path: `${path}/:contactListId/importstatus`,
			operationId: "getOutboundContactlistImportstatus",
			summary: "How far the last upload is, and which of its rows were refused.",
			permission: anyOf("outbound:contactList:view"),
			scope: readScope("outbound"),
			params: idParams("contactListId"),
			success: { status: 200, model: "ImportStatus" },
			async handler({ params, principal }) {
				const list = await permitted(params.contactListId, "outbound:contactList:view", principal);
				const status = imports.statusOf(list);
				if (!status) throw notFound("upload", list.id);
				return status;
			},
		}),
		route({
			method: "POST",
			path: `${path}/:contactListId/contacts`,
			operationId: "postOutboundContactlistContacts",
			summary: "Adds contacts to a list: all of them or none.",
			permission: anyOf("outbound:contact:add"),
			scope: writeScope("outbound"),
			params: idParams("contactListId"),
			body: Type.Array(contactBody, { maxItems: 1_000 }),
			success: { status: 200 },
			errors: ["general.conflict"],
			async handler({ params, body, principal }) {
				const list = await permitted(params.contactListId, "outbound:contact:add", principal);
				const country = await outbound.country();
				if (body.length === 0) throw badField("body", "Send at least one contact.");
				const made = body.map((one, index) => newContact(list, one, country, `[${index}].`));
				await outbound.addContacts(list, made, actorOf(principal));
				return Promise.all(made.map(async ({ id }) => contactView(await contactIn(list.id, id))));
			},
		}),
		route({
			method: "GET",
			path: `${path}/:contactListId/contacts/:contactId`,
			operationId: "getOutboundContactlistContact",
			summary: "One contact.",
			permission: anyOf("outbound:contact:view"),
			scope: readScope("outbound"),
			params: idParams("contactListId", "contactId"),
			success: { status: 200, model: "DialerContact" },
			async handler({ params, principal }) {
				const list = await permitted(params.contactListId, "outbound:contact:view", principal);
				return contactView(await contactIn(list.id, params.contactId));
			},
		}),
		route({
			method: "PUT",
			path: `${path}/:contactListId/contacts/:contactId`,
			operationId: "putOutboundContactlistContact",
			summary: "Changes a contact.",
			permission: anyOf("outbound:contact:edit"),
			scope: writeScope("outbound"),
			params: idParams("contactListId", "contactId"),
			body: contactBody,
			readOnly: ["callRecords", "contactableStatus"],
			success: { status: 200, model: "DialerContact" },
			errors: ["general.conflict"],
			async handler({ params, body, principal }) {
				const list = await permitted(params.contactListId, "outbound:contact:edit", principal);
				const before = await contactIn(list.id, params.contactId);
				if (body.id !== undefined && body.id !== before.id)
					throw badField("id", "id must be that of the address: a contact keeps its id.");
				const now = { ...newContact(list, { ...body, id: before.id }, await outbound.country(), ""), position: 0 };
				await outbound.changeContact(list, before.id, actorOf(principal), (by) => withHistory(now, by));
				return contactView(await contactIn(list.id, before.id));
			},
		}),
		route({
			method: "DELETE",
			path: `${path}/:contactListId/contacts/:contactId`,
			operationId: "deleteOutboundContactlistContact",
			summary: "Deletes a contact: no campaign calls it any more. What goes on with it goes on.",
			permission: anyOf("outbound:contact:delete"),
			scope: writeScope("outbound"),
			params: idParams("contactListId", "contactId"),
			success: { status: 204 },
			async handler({ params, principal }) {
				const list = await permitted(params.contactListId, "outbound:contact:delete", principal);
				await outbound.removeContact(list, params.contactId, actorOf(principal));
			},
		}),
		route({
			method: "GET",
			path: `${own}/:contactListId/contacts`,
			operationId: "getInlayOutboundContacts",
			summary: "Lists a list's contacts in the order in which they came: all, or those with a number or a key.",
			permission: anyOf("outbound:contact:view"),
			scope: readScope("outbound"),
			params: idParams("contactListId"),
			query: pagedQuery({ search: Type.Optional(Type.String({ maxLength: 100 })) }),
			success: { status: 200 },
			async handler({ params, query, principal, url }) {
				const list = await permitted(params.contactListId, "outbound:contact:view", principal);
				const page = pageRequest(query);
				const slice = { limit: page.pageSize, offset: pageOffset(page) };
				const found = await contacts.page(list.id, slice, query.search);
				return pageOf(found.map(contactView), await contacts.count(list.id, query.search), page, url);
			},
		}),
		route({
			method: "PUT",
			path: `${own}/:contactListId/contacts`,
			operationId: "putInlayOutboundContacts",
			summary:
				"Reads contacts from a CSV file (text/csv), row by row; bad rows are told and left away. `update` asks for outbound:contact:edit too, `replace` for outbound:contact:delete as well.",
			permission: anyOf("outbound:contact:add"),
			scope: writeScope("outbound"),
			params: idParams("contactListId"),
			query: Type.Object({
				mode: Type.Optional(Type.Union([Type.Literal("append"), Type.Literal("replace"), Type.Literal("update")])),
				encoding: Type.Optional(Type.Union([Type.Literal("utf-8"), Type.Literal("windows-1252")])),
			}),
			acceptsCsv: true,
			success: { status: 200, model: "ImportStatus" },
			errors: ["outbound.import.running", "csv.columns", "csv.encoding", "csv.quotes"],
			async handler({ params, query, principal, body }) {
				const { mode = "append", encoding = "utf-8" } = query;
				const list = await permitted(params.contactListId, "outbound:contact:add", principal);
				for (const needed of neededFor(mode)) requireInDivision(principal, [needed], list.divisionId ?? "");
				const file = body as unknown as Readable | undefined;
				if (typeof file?.pipe !== "function") throw badField("file", "Send the file as the body, as text/csv.");
				return imports.begin(list.id, file, { mode, encoding }, actorOf(principal));
			},
		}),
	];
}

/** @param field under which the body is named in refusals */
function newContact(
	list: Thing<ContactListValue>,
	body: ContactBody,
	country: string,
	field: string,
): Omit<Contact, "position"> {
	if (body.contactListId !== list.id)
		throw badField(`${field}contactListId`, `${field}contactListId must be the list of the address.`);
	const read = readData(list, body.data, country, `${field}data`);
	const numbers = Object.fromEntries(
		Object.entries(read.numbers).map(([column, one]) => [
			column,
			{ ...one, callable: body.phoneNumberStatus?.[column]?.callable ?? true },
		]),
	);
	const strange = Object.keys(body.phoneNumberStatus ?? {}).find((column) => !numbers[column]);
	if (strange !== undefined)
		throw badField(`${field}phoneNumberStatus`, `phoneNumberStatus names ${strange}, in which there is no number.`);
	return {
		id: body.id ?? randomUUID(),
		contactListId: list.id,
		key: read.key ?? undefined,
		data: body.data,
		callable: body.callable ?? true,
		numbers,
		dateCreated: new Date(),
	};
}

/** What was found out of a number stays with it, as long as it stays. */
function withHistory(now: Contact, before: Contact): Contact {
	const numbers = Object.entries(now.numbers).map(([column, one]) => {
		const { lastAttempt, lastResult, number } = before.numbers[column] ?? {};
		const history = number === one.number ? { lastAttempt, lastResult } : {};
		const said = Object.fromEntries(Object.entries(history).filter(([, value]) => value !== undefined));
		return [column, { ...one, ...said }];
	});
	return { ...now, numbers: Object.fromEntries(numbers), dateCreated: before.dateCreated };
}
