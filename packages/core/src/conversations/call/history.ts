import { type Conversation, isOutside, type Participant } from "../model.ts";
import type { ConversationUser } from "../ports.ts";
import { callOf, extendedAddress } from "./model.ts";

/** `CallHistoryConversation`, as the user's own list of past calls shows it. */
export function callHistory(conversation: Conversation, userId: string, users: ReadonlyMap<string, ConversationUser>) {
	const own = conversation.participants.filter((one) => one.userId === userId);
	const direction = own.some((one) => callOf(one).direction === "outbound") ? "outbound" : "inbound";
	const talked = conversation.participants.filter((one) => one.purpose !== "acd" && didInteract(one));
	return {
		id: conversation.id,
		participants: conversation.participants.map((one) =>
			historyParticipant(one, one.userId ? users.get(one.userId) : undefined),
		),
		direction,
		wentToVoicemail: false,
		missedCall: direction === "inbound" && !own.some(didInteract),
		startTime: conversation.startTime,
		wasConference: talked.length > 2 && talked.filter(isOutside).length > 1,
		wasCallback: false,
		hadScreenShare: false,
		hadCobrowse: false,
		wasOutboundCampaign: false,
		selfUri: `/api/v2/conversations/${conversation.id}`,
	};
}

function didInteract(participant: Participant): boolean {
	return callOf(participant).connectedTime !== undefined;
}

function historyParticipant(participant: Participant, user: ConversationUser | undefined) {
	const call = callOf(participant);
	const { id, name, address, startTime, endTime, purpose, ani, dnis, queueId, queueName, flaggedReason } = participant;
	return {
		id,
		...(name ? { name } : {}),
		...(address ? { address: extendedAddress(address, participant.internal.digitsAfter) } : {}),
		startTime,
		...(endTime ? { endTime } : {}),
		purpose,
		direction: call.direction,
		...(ani ? { ani } : {}),
		...(dnis ? { dnis } : {}),
		...(user
			? { user: { id: user.id, name: user.name, version: user.version ?? 1, selfUri: `/api/v2/users/${user.id}` } }
			: {}),
		...(queueId ? { queue: { id: queueId, name: queueName, selfUri: `/api/v2/routing/queues/${queueId}` } } : {}),
		...(call.disconnectType ? { disconnectType: call.disconnectType } : {}),
		didInteract: didInteract(participant),
		// Beyond the model: what tells busy from no answer, and talking from ringing.
		...(call.connectedTime ? { connectedTime: call.connectedTime } : {}),
		...(call.errorInfo ? { errorInfo: call.errorInfo } : {}),
		...(flaggedReason ? { flaggedReason } : {}),
	};
}
