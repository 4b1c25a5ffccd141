import type { Actor, NewEvent } from "../kernel/events/event-log.ts";
import type { Contact, Note, Organization } from "./model.ts";
import { contactFields, organizationFields } from "./views.ts";

type What = "created" | "updated" | "deleted";

/** `externalcontacts.contact.changed`, announced as `ExternalContactsContactChangedTopicContact`. */
export function contactChanged(contact: Contact, change: What, actor: Actor): NewEvent {
	const { id, divisionId, organization } = contact;
	return {
		type: "externalcontacts.contact.changed",
		entityType: "externalContact",
		entityId: id,
		actor,
		data: { id, change, divisionId },
		announcements: [
			{
				topics: [`v2.externalcontacts.contacts.${id}`],
				eventBody: {
					...contactFields(contact),
					division: { id: divisionId },
					...(organization ? { externalOrganization: organization } : {}),
				},
				visibleTo: { divisionIds: [divisionId], userIds: [] },
			},
		],
	};
}

/** `externalcontacts.organization.changed`, announced as `ExternalContactsOrganizationChangedTopicExternalOrganization`. */
export function organizationChanged(organization: Organization, change: What, actor: Actor): NewEvent {
	const { id, divisionId } = organization;
	return {
		type: "externalcontacts.organization.changed",
		entityType: "externalOrganization",
		entityId: id,
		actor,
		data: { id, change, divisionId },
		announcements: [
			{
				topics: [`v2.externalcontacts.organizations.${id}`],
				eventBody: { ...organizationFields(organization), division: { id: divisionId } },
				visibleTo: { divisionIds: [divisionId], userIds: [] },
			},
		],
	};
}

/** `externalcontacts.note.added`, announced as `ExternalContactsContactNoteChangedTopicNote`. */
export function noteAdded(note: Note, { divisionId }: Contact, actor: Actor): NewEvent {
	const { id, contactId, text, userId, createdAt, modifiedAt } = note;
	return {
		type: "externalcontacts.note.added",
		entityType: "externalContact",
		entityId: contactId,
		actor,
		data: { id: contactId, noteId: id, divisionId },
		announcements: [
			{
				topics: [`v2.externalcontacts.contacts.${contactId}.notes.${id}`],
				eventBody: {
					...{ id, entityId: contactId, entityType: "contact", noteText: text, division: { id: divisionId } },
					...(userId ? { createdBy: { id: userId } } : {}),
					createDate: createdAt.toISOString(),
					modifyDate: modifiedAt.toISOString(),
				},
				visibleTo: { divisionIds: [divisionId], userIds: [] },
			},
		],
	};
}
