import { badField } from "../kernel/http/api-error.ts";
import type { Frame } from "./frame.ts";
import { allMedia } from "./media.ts";
import { type Conversation, isLive, isOutside, type Participant } from "./model.ts";
import type { KnownContact } from "./ports.ts";
import { requireContact } from "./recognition.ts";
import { noCommunication } from "./refusals.ts";
import type { Controller } from "./service.ts";

/** Which of somebody's communications is meant (`ConversationAssociation`). */
export interface AssociationPlace {
	conversationId: string;
	/** Of the party themself, or of whoever speaks with them. */
	communicationId: string;
	/** As the platform names it: `CALL`, `MESSAGE`. */
	mediaType: string;
}

/** Who of the organization's contacts somebody in a conversation is. */
export interface Associations {
	/** @param contact absent: nobody known @throws ApiError 400 naming the field, 404 */
	associate(place: AssociationPlace, contact: KnownContact | undefined, by: Controller): Promise<Conversation>;
	/**
	 * Whoever names a contact in a new conversation is told who that is, and must be allowed to see them.
	 * @throws ApiError 400 `invalid.value`, as for a contact that is not there
	 */
	requireContact(externalContactId: string | undefined, by: Controller): Promise<void>;
}

export function createAssociations({ change, deps }: Frame): Associations {
	return {
		requireContact: (id, by) => requireContact(deps.contacts, id, by),
		associate: (place, contact, by) =>
			change(
				place.conversationId,
				(held) => [{ type: "contact", participantId: partyMeant(held, place).id, ...(contact ? { contact } : {}) }],
				by,
			),
	};
}

/** Who of the organization is named speaks with the customer who is there, or who was there last. */
function partyMeant({ participants }: Conversation, { communicationId, mediaType }: AssociationPlace): Participant {
	for (const { list } of allMedia()) {
		const named = participants.find((one) => one[list]?.some(({ id }) => id === communicationId));
		if (!named) continue;
		if (list.toUpperCase() !== `${mediaType}S`)
			throw badField("mediaType", `mediaType must be that of the communication: it is one of the ${list}.`);
		const meant = isOutside(named) ? named : customerOf(participants);
		if (meant) return meant;
	}
	throw noCommunication(communicationId);
}

function customerOf(participants: readonly Participant[]): Participant | undefined {
	const outside = participants.filter(isOutside);
	const customer = outside.find((one) => one.purpose === "customer" && isLive(one));
	return customer ?? outside.findLast(isLive) ?? outside.at(-1);
}
