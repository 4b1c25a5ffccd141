import { type Conversation, callOf, type Participant } from "../model.ts";
import { divisionsOf, recordersStateOf, routingDataOf } from "./generic.ts";
import { divisionsEvent, eventRef, wrapupEvent } from "./generic-event.ts";
import { peerIdOf } from "./peers.ts";

/** `CallConversation` of REST: media fields directly on the participants (platform-api 5.1, payload caveats). */
export function restCallConversation(conversation: Conversation) {
	return {
		id: conversation.id,
		participants: conversation.participants.map((one) => restCallParticipant(conversation, one)),
		otherMediaUris: [],
		recentTransfers: conversation.recentTransfers,
		divisions: divisionsOf(conversation),
		...common(conversation),
		selfUri: `/api/v2/conversations/calls/${conversation.id}`,
	};
}

/** `ConversationCallEventTopicCallConversation`. */
export function callConversationEvent(conversation: Conversation) {
	return {
		id: conversation.id,
		participants: conversation.participants.map((one) => callParticipantEvent(conversation, one)),
		otherMediaUris: [],
		...(conversation.address ? { address: conversation.address } : {}),
		divisions: divisionsEvent(conversation),
		...common(conversation),
	};
}

function common(conversation: Conversation) {
	return {
		recordingState: conversation.recordingState.toLowerCase(),
		securePause: conversation.securePause,
		maxParticipants: conversation.maxParticipants,
		...(conversation.utilizationLabelId ? { utilizationLabelId: conversation.utilizationLabelId } : {}),
	};
}

function restCallParticipant(conversation: Conversation, participant: Participant) {
	const call = callOf(participant);
	return {
		...flat(participant),
		...peerOf(conversation, participant),
		...(call.startAlertingTime ? { startAlertingTime: call.startAlertingTime } : {}),
		...refs(participant, (kind, id, name) => ({ id, ...(name ? { name } : {}), selfUri: `/api/v2/${kind}/${id}` })),
		...(participant.wrapup ? { wrapup: participant.wrapup } : {}),
		...(participant.conversationRoutingData
			? {
					conversationRoutingData: routingDataOf(participant.conversationRoutingData, (kind) => (id) => ({
						id,
						selfUri: `/api/v2/routing/${kind}/${id}`,
					})),
				}
			: {}),
	};
}

function callParticipantEvent(conversation: Conversation, participant: Participant) {
	const call = callOf(participant);
	return {
		...flat(participant),
		...peerOf(conversation, participant),
		initialState: call.initialState,
		...(call.queueMediaSettings ? { queueMediaSettings: call.queueMediaSettings } : {}),
		...refs(participant, (_kind, id, name) => ({ id, ...(name ? { name } : {}) })),
		...(participant.wrapup ? { wrapup: wrapupEvent(participant.wrapup) } : {}),
		...(participant.conversationRoutingData
			? { conversationRoutingData: routingDataOf(participant.conversationRoutingData, eventRef) }
			: {}),
	};
}

function peerOf(conversation: Conversation, participant: Participant) {
	const peer = peerIdOf(conversation, participant);
	return peer ? { peer } : {};
}

function refs<Ref>(participant: Participant, ref: (kind: string, id: string, name?: string) => Ref) {
	const { userId, queueId, externalContactId } = participant;
	return {
		...(userId ? { user: ref("users", userId, participant.name) } : {}),
		...(queueId ? { queue: ref("routing/queues", queueId, participant.queueName) } : {}),
		...(externalContactId ? { externalContact: ref("externalcontacts/contacts", externalContactId) } : {}),
	};
}

/** What REST and event have in common. */
function flat(participant: Participant) {
	const call = callOf(participant);
	return {
		...pick(participant, [
			"id",
			"name",
			"address",
			"startTime",
			"connectedTime",
			"endTime",
			"purpose",
			"wrapupRequired",
			"wrapupPrompt",
			"wrapupTimeoutMs",
			"wrapupSkipped",
			"mediaRoles",
			"attributes",
			"alertingTimeoutMs",
			"flaggedReason",
			"startAcwTime",
			"endAcwTime",
			"ani",
			"dnis",
		]),
		...pick(call, [
			"state",
			"direction",
			"disconnectType",
			"held",
			"startHoldTime",
			"muted",
			"confined",
			"recording",
			"recordingState",
			"securePause",
			"provider",
			"uuiData",
			"transferSource",
			"errorInfo",
		]),
		recordersState: recordersStateOf(call),
	};
}

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Partial<Pick<T, K>> {
	return Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]])) as Partial<
		Pick<T, K>
	>;
}
