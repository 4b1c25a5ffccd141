import type { Wrapup } from "../communication.ts";
import { divisionMembershipsOf } from "../divisions.ts";
import { mediumOf } from "../media.ts";
import type { Conversation, Participant } from "../model.ts";

/** What clients see of a conversation, as its medium has it. */
export function seenOf(conversation: Conversation): Conversation {
	return mediumOf(conversation).seen?.(conversation) ?? conversation;
}

/** `ConversationDivisionMembership`: the divisions, and by whom it belongs there. */
export function divisionsOf(conversation: Conversation) {
	return divisionMembershipsOf(conversation).map(({ divisionId, entities }) => ({
		division: { id: divisionId, selfUri: `/api/v2/authorization/divisions/${divisionId}` },
		entities: entities.map(({ kind, id }) => ({ id, selfUri: `${entityPaths[kind]}/${id}` })),
	}));
}

const entityPaths = { queue: "/api/v2/routing/queues", user: "/api/v2/users" };

/** `ConversationDivisionMembership` of the event models. */
export function divisionsEvent(conversation: Conversation) {
	return divisionMembershipsOf(conversation).map(({ divisionId, entities }) => ({
		division: { id: divisionId },
		entities: entities.map(({ id }) => ({ id })),
	}));
}

/** `UriReference` of the event models. */
export const eventRef = (_kind: string) => (id: string) => ({ id });

/** Routing data with references in the form that the reader expects. */
export function routingDataOf<Ref>(
	data: NonNullable<Participant["conversationRoutingData"]>,
	ref: (kind: string) => (id: string) => Ref,
) {
	return {
		queue: ref("queues")(data.queueId),
		priority: data.priority,
		skills: data.skillIds.map(ref("skills")),
		scoredAgents: [],
		...(data.languageId ? { language: ref("languages")(data.languageId) } : {}),
	};
}

/** The event's wrap-up has no `provisional`; its name is beyond the SDK's type, so that nobody has to look it up. */
export function wrapupEvent(wrapup: Wrapup) {
	const { provisional: _provisional, ...shown } = wrapup;
	return shown;
}

/** Beyond the model: that it is not themselves who put the party on hold, and who did where it was no consult. */
export function silenceOf({ userId, internal: { unheard, heldBy, mutedBy } }: Participant) {
	return {
		...(unheard ? { inlaySilenced: heldBy ? { userId: heldBy } : {} } : {}),
		...(userId && mutedBy && mutedBy !== userId ? { inlayMutedBy: mutedBy } : {}),
	};
}
