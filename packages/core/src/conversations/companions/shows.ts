import { type Conversation, communicationOf, type Participant } from "../model.ts";
import { divisionsEvent, divisionsOf } from "../projection/parts.ts";
import { partyFacts } from "../projection/party-facts.ts";
import { type Companions, companionLists } from "./model.ts";

/** Which of these are others than before: who follows them is told of nothing else that happens in the conversation. */
export function changedCompanions(before: Conversation | undefined, after: Conversation): Array<keyof Companions> {
	const partsIn = (one: Conversation | undefined, list: keyof Companions) =>
		JSON.stringify(one?.participants.flatMap((party) => party[list] ?? []) ?? []);
	return companionLists.filter((list) => partsIn(before, list) !== partsIn(after, list));
}

/** `CobrowseConversation` and its relatives of REST: those who have a part, with its fields directly on them (platform-api 5.1). */
export function restCompanion(conversation: Conversation, list: keyof Companions) {
	const { id, recentTransfers } = conversation;
	const participants = sharersOf(conversation, list).map(({ party, part }) => ({ ...flat(party), ...part }));
	return {
		id,
		participants,
		otherMediaUris: [],
		recentTransfers,
		divisions: divisionsOf(conversation),
		selfUri: `/api/v2/conversations/${list}/${id}`,
	};
}

/** `ConversationCobrowseEventTopicCobrowseConversation` and its relatives. */
export function companionEvent(conversation: Conversation, list: keyof Companions) {
	const participants = sharersOf(conversation, list).map(({ party, part }) => ({ ...flat(party), ...part }));
	return { id: conversation.id, participants, otherMediaUris: [], divisions: divisionsEvent(conversation) };
}

function sharersOf({ participants }: Conversation, list: keyof Companions) {
	return participants.flatMap((party) => {
		const newest = party[list]?.at(-1);
		if (!newest) return [];
		const { id: _id, initialState: _initial, afterCallWorkRequired: _work, ...part } = newest;
		return [{ party, part }];
	});
}

function flat(party: Participant) {
	return {
		...partyFacts(party),
		direction: communicationOf(party).direction,
		wrapupRequired: party.wrapupRequired,
	};
}
