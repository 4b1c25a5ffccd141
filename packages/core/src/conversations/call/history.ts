import { outcomeOf } from "@inlay/contract";
import type { Communication } from "../communication.ts";
import { type Conversation, communicationOf, isOutside, mediumOfWhole, type Participant } from "../model.ts";
import type { ConversationUser } from "../ports.ts";
import { withoutPrivateNumber } from "./forwarding/seen.ts";
import { type Call, extendedAddress, findCall } from "./model.ts";

/** `CallHistoryConversation`, as the user's own list of past calls shows it. */
export function callHistory(conversation: Conversation, userId: string, users: ReadonlyMap<string, ConversationUser>) {
	const own = conversation.participants.filter((one) => one.userId === userId);
	const direction = own.some((one) => partOf(one).direction === "outbound") ? "outbound" : "inbound";
	const forwarded = forwardedFrom(conversation, own);
	const talked = conversation.participants.filter(
		(one) => one.purpose !== "acd" && one.purpose !== "voicemail" && didInteract(one),
	);
	const wasCallback = mediumOfWhole(conversation) === "callbacks";
	return {
		id: conversation.id,
		participants: conversation.participants
			.map(withoutPrivateNumber)
			.map((one) => historyParticipant(one, one.userId ? users.get(one.userId) : undefined)),
		direction,
		wentToVoicemail: conversation.participants.some((one) => one.purpose === "voicemail"),
		missedCall:
			!wasCallback && direction === "inbound" && !own.some(didInteract) && !own.every(isSeenTo) && !forwarded?.taken,
		startTime: conversation.startTime,
		wasConference: talked.length > 2 && talked.filter(isOutside).length > 1,
		wasCallback,
		hadScreenShare: false,
		hadCobrowse: false,
		wasOutboundCampaign: false,
		selfUri: `/api/v2/conversations/${conversation.id}`,
		...transferredBy(conversation, own),
		...askedBy(conversation, own),
		// Beyond the model: the way that a forwarded call took.
		...(forwarded ? { inlayForwarded: forwarded } : {}),
	};
}

/** Beyond the model: who handed the call over to the user. */
function transferredBy({ participants }: Conversation, own: readonly Participant[]) {
	const sources = own.filter(didInteract).flatMap((one) => partOf(one).transferSource ?? []);
	const source = participants.find((one) => sources.includes(one.id) && !own.includes(one));
	return source?.name ? { inlayTransferredBy: source.name } : {};
}

/** Beyond the model: who wanted to ask the user about the call, or to have them in it, and never came to talk to them. */
function askedBy({ participants, recentTransfers }: Conversation, own: readonly Participant[]) {
	const [inlayAddedBy] = own.slice(-1).map((one) => findCall(one)?.inlayAddedBy);
	const host = participants.find((one) => one.id === inlayAddedBy && !own.includes(one));
	if (host && !own.some(didInteract)) return { inlayAskedBy: { id: host.userId, name: host.name ?? "", into: true } };
	const last = recentTransfers.at(-1);
	const isAsked = own.some((one) => one.consultParticipantId !== undefined && partOf(one).direction === "inbound");
	if (!isAsked || own.some(didInteract) || last?.transferType !== "Attended") return {};
	const { userId } = last.initiator;
	const asker = participants.find((one) => userId !== undefined && one.userId === userId && !own.includes(one));
	return asker ? { inlayAskedBy: { id: userId, name: asker.name ?? "" } } : {};
}

/** Whom the user's forwarding called, in order, and whether one of them took the call. */
function forwardedFrom({ participants }: Conversation, own: readonly Participant[]) {
	const partIds = new Set(own.map((one) => one.id));
	const legs = participants.filter((one) => partIds.has(one.internal.forwardLeg?.partId ?? "") && !own.includes(one));
	const to = legs.map((one) => one.address ?? one.name ?? "");
	return legs.length > 0 ? { to, taken: legs.some(didInteract) } : undefined;
}

/**
 * A colleague asked about a call, and asked no more before the user had answered; or it rang for several, and another one took
 * it: the user has missed nobody.
 */
function isSeenTo(participant: Participant): boolean {
	const outcome = outcomeOf(partOf(participant));
	if (outcome === "taken") return true;
	return outcome === "withdrawn" || (outcome === "forwarded" && participant.internal.forwardLeg !== undefined);
}

function didInteract(participant: Participant): boolean {
	return findCall(participant)?.connectedTime !== undefined;
}

/** By what the party took part: of an interaction that is no call, such as a callback, some parties have none. */
function partOf(participant: Participant): Communication | Call {
	return findCall(participant) ?? communicationOf(participant);
}

function historyParticipant(participant: Participant, user: ConversationUser | undefined) {
	const call = partOf(participant);
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
		...(didInteract(participant) ? { connectedTime: call.connectedTime } : {}),
		...(call.errorInfo ? { errorInfo: call.errorInfo } : {}),
		...(flaggedReason ? { flaggedReason } : {}),
		// Beyond the model: who was called for somebody else is nobody with whom the call was.
		...(participant.internal.forwardLeg ? { inlayForwardLeg: true } : {}),
	};
}
