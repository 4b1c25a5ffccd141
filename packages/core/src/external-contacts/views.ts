import type { Contact, Note, Organization } from "./model.ts";

type Names = ReadonlyMap<string, string>;
/** Who wrote notes, by their ids. */
export type Writers = ReadonlyMap<string, { name: string; version: number }>;

const path = "/api/v2/externalcontacts";

/** What an `ExternalContact` and its event have in common. */
export function contactFields({ id, value, createdAt, modifiedAt }: Contact) {
	return {
		id,
		...value,
		type: "Curated",
		createDate: createdAt.toISOString(),
		modifyDate: modifiedAt.toISOString(),
	};
}

/** `ExternalContact`. */
export function contactView(contact: Contact, names: Names) {
	const { id, divisionId, organization } = contact;
	return {
		...contactFields(contact),
		division: divisionRef(divisionId, names),
		...(organization
			? { externalOrganization: { ...organization, selfUri: `${path}/organizations/${organization.id}` } }
			: {}),
		selfUri: `${path}/contacts/${id}`,
	};
}

/** What an `ExternalOrganization` and its event have in common. */
export function organizationFields({ id, name, value, createdAt, modifiedAt }: Organization) {
	return { id, name, ...value, createDate: createdAt.toISOString(), modifyDate: modifiedAt.toISOString() };
}

/** `ExternalOrganization`. */
export function organizationView(organization: Organization, names: Names) {
	return {
		...organizationFields(organization),
		division: divisionRef(organization.divisionId, names),
		selfUri: `${path}/organizations/${organization.id}`,
	};
}

/** `Note`; whoever has gone since has no name any more. */
export function noteView(note: Note, { divisionId }: Contact, writers: Writers) {
	const { id, contactId, text, userId = "" } = note;
	const { name = "", version = 1 } = writers.get(userId) ?? {};
	return {
		...{ id, entityId: contactId, entityType: "contact", noteText: text, division: { id: divisionId } },
		createdBy: { id: userId, name, version, selfUri: `/api/v2/users/${userId}` },
		createDate: note.createdAt.toISOString(),
		modifyDate: note.modifiedAt.toISOString(),
		selfUri: `${path}/contacts/${contactId}/notes/${id}`,
	};
}

function divisionRef(id: string, names: Names) {
	return { id, name: names.get(id) ?? "", selfUri: `/api/v2/authorization/divisions/${id}` };
}
