import { divisionMembershipsOf } from "../divisions.ts";
import { type Call, type Conversation, callOf, type Participant, type Wrapup } from "../model.ts";
import { recordersStateOf, routingDataOf } from "./generic.ts";
import { peerIdOf } from "./peers.ts";

/** `ConversationEventTopicConversation`: the generic shape on the topics of users and queues (platform-api 5.1). */
export function conversationEvent(conversation: Conversation) {
	return {
		id: conversation.id,
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
	const { internal: _internal, startTime: _start, calls, wrapup, wrapupSkipped: _skipped, ...rest } = participant;
	const { queueName: _queueName, ani: _ani, aniName: _aniName, dnis: _dnis, conversationRoutingData, ...shown } = rest;
	return {
		...shown,
		wrapupExpected: callOf(participant).afterCallWorkRequired,
		...(wrapup ? { wrapup: wrapupEvent(wrapup) } : {}),
		...(conversationRoutingData ? { conversationRoutingData: routingDataOf(conversationRoutingData, eventRef) } : {}),
		calls: calls.map((call) => callEvent(call, peerIdOf(conversation, participant))),
	};
}

/** `ConversationDivisionMembership` of the event models. */
export function divisionsEvent(conversation: Conversation) {
	return divisionMembershipsOf(conversation).map(({ divisionId, entities }) => ({
		division: { id: divisionId },
		entities: entities.map(({ id }) => ({ id })),
	}));
}

/** `UriReference` of the event models. */
export const eventRef = (_kind: string) => (id: string) => ({ id });

function callEvent(call: Call, peerId: string | undefined) {
	const { startAlertingTime: _alerting, recordingId: _recordingId, segments: _segments, ...rest } = call;
	const { errorInfo, wrapup, ...shown } = rest;
	return {
		...shown,
		...(peerId ? { peerId } : {}),
		recordersState: recordersStateOf(call),
		...(errorInfo ? { errorInfo: { ...errorInfo, status: 500 } } : {}),
		...(wrapup ? { wrapup: wrapupEvent(wrapup) } : {}),
	};
}

/** The event's wrap-up has no `provisional`; its name is beyond the SDK's type, so that nobody has to look it up. */
export function wrapupEvent(wrapup: Wrapup) {
	const { provisional: _provisional, ...shown } = wrapup;
	return shown;
}
