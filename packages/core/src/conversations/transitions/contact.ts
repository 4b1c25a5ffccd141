import type { Participant } from "../model.ts";
import type { KnownContact } from "../ports.ts";

/** Who somebody outside is: from now on they are called as the contact is, or again as they came. */
export function setContact(participant: Participant, contact: KnownContact | undefined): void {
	const { internal } = participant;
	const own = internal.ownNames ?? namesOf(participant);
	if (contact) {
		internal.ownNames = own;
		participant.externalContactId = contact.id;
		if (contact.organizationId) participant.externalOrganizationId = contact.organizationId;
		else delete participant.externalOrganizationId;
		participant.name = contact.name;
		if (participant.ani) participant.aniName = contact.name;
		return;
	}
	delete participant.externalContactId;
	delete participant.externalOrganizationId;
	delete internal.ownNames;
	internal.isNobodyKnown = true;
	participant.name = own.name;
	participant.aniName = own.aniName;
}

function namesOf({ name, aniName }: Participant): { name?: string; aniName?: string } {
	return { ...(name ? { name } : {}), ...(aniName ? { aniName } : {}) };
}
