import type { Communication } from "../communication.ts";
import { communicationsOf, withoutCommunications } from "../media.ts";
import type { MediumShows } from "../medium.ts";
import { type Conversation, communicationOf, type Participant } from "../model.ts";
import { screensOf } from "../screen-share/shows.ts";
import { divisionsEvent, eventRef, routingDataOf, seenOf, silenceOf, wrapupEvent } from "./parts.ts";
import { peerIdOf } from "./peers.ts";

/** `ConversationEventTopicConversation`: the generic shape on the topics of users and queues (platform-api 5.1). */
export function conversationEvent(whole: Conversation) {
	const conversation = seenOf(whole);
	return {
		id: conversation.id,
		// The platform's events leave it to REST: of a call that nobody has answered they say no beginning at all.
		inlayStartTime: conversation.startTime,
		maxParticipants: conversation.maxParticipants,
		participants: conversation.participants.map((one) => participantEvent(conversation, one)),
		recentTransfers: conversation.recentTransfers,
		recordingState: conversation.recordingState,
		...(conversation.address ? { address: conversation.address } : {}),
		...(conversation.utilizationLabelId ? { utilizationLabelId: conversation.utilizationLabelId } : {}),
		securePause: conversation.securePause,
		divisions: divisionsEvent(conversation),
	};
}

function participantEvent(conversation: Conversation, participant: Participant) {
	const { internal: _internal, startTime: _start, wrapup, wrapupSkipped: _skipped, ...rest } = participant;
	const { queueName: _queueName, ani: _ani, aniName: _aniName, dnis: _dnis, conversationRoutingData, ...shown } = rest;
	const peerId = peerIdOf(conversation, participant);
	return {
		...withoutCommunications(shown),
		wrapupExpected: communicationOf(participant).afterCallWorkRequired,
		...(wrapup ? { wrapup: wrapupEvent(wrapup) } : {}),
		...(conversationRoutingData ? { conversationRoutingData: routingDataOf(conversationRoutingData, eventRef) } : {}),
		...communicationsOf(participant, (one, shows) => ({
			...communicationEvent(one, shows, peerId),
			held: one.held || participant.internal.unheard === true,
			...silenceOf(participant),
		})),
		...screensOf(conversation, participant),
	};
}

function communicationEvent(communication: Communication, shows: MediumShows, peerId: string | undefined) {
	const { startAlertingTime: _alerting, segments: _segments, ...rest } = communication;
	const { errorInfo, wrapup, ...shown } = rest;
	for (const key of shows.notInEvents) delete shown[key as keyof typeof shown];
	return {
		...shown,
		...(peerId ? { peerId } : {}),
		...(shows.eventFacts ?? shows.facts)?.(communication as never),
		...(errorInfo ? { errorInfo: { ...errorInfo, status: 500 } } : {}),
		...(wrapup ? { wrapup: wrapupEvent(wrapup) } : {}),
	};
}
