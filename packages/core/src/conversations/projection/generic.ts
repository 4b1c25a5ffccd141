import type { Communication, CommunicationState } from "../communication.ts";
import { communicationsOf, withoutCommunications } from "../media.ts";
import type { MediumShows } from "../medium.ts";
import { type Conversation, communicationOf, isLive, type Participant } from "../model.ts";
import { screensOf } from "../screen-share/shows.ts";
import { divisionsOf, routingDataOf, seenOf, silenceOf } from "./parts.ts";
import { peerIdOf } from "./peers.ts";

/** `Conversation` of REST: the stored document without what is internal (platform-api Appendix A). */
export function restConversation(whole: Conversation) {
	const conversation = seenOf(whole);
	const { internal: _internal, divisionId: _began, participants, ...shown } = conversation;
	return {
		...shown,
		state: stateOf(conversation),
		divisions: divisionsOf(conversation),
		participants: participants.map((one) => restParticipant(conversation, one)),
		selfUri: `/api/v2/conversations/${conversation.id}`,
	};
}

/** The conversation as a whole counts as connected while anybody talks. */
function stateOf(conversation: Conversation): CommunicationState {
	if (conversation.endTime) return "disconnected";
	const states = conversation.participants.filter(isLive).map((one) => communicationOf(one).state);
	return states.find((state) => state === "connected") ?? states[0] ?? "disconnected";
}

function restParticipant(conversation: Conversation, participant: Participant) {
	const { internal: _internal, conversationRoutingData, ...shown } = participant;
	const peerId = peerIdOf(conversation, participant);
	return {
		...withoutCommunications(shown),
		participantType: participant.userId ? "Internal" : "External",
		...(participant.userId ? { userUri: `/api/v2/users/${participant.userId}` } : {}),
		...(conversationRoutingData ? { conversationRoutingData: routingDataOf(conversationRoutingData, restRef) } : {}),
		...communicationsOf(participant, (one, shows) => ({
			...shownCommunication(one, shows, peerId),
			held: one.held || participant.internal.unheard === true,
			...silenceOf(participant),
		})),
		...screensOf(conversation, participant),
	};
}

const restRef = (kind: string) => (id: string) => ({ id, selfUri: `/api/v2/routing/${kind}/${id}` });

/** A communication as clients see it, with what its medium derives. */
export function shownCommunication(communication: Communication, shows: MediumShows, peerId: string | undefined) {
	const { segments = [], ...all } = communication;
	const shown = Object.fromEntries(Object.entries(all).filter(([key]) => !shows.hidden?.includes(key)));
	return {
		...(shown as typeof all),
		...(peerId ? { peerId } : {}),
		// The platform's segments have an end: what the party does now shows when it is over.
		segments: segments.filter((segment) => segment.endTime !== undefined),
		...shows.facts?.(communication as never),
	};
}
