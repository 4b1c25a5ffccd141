import { mediumOf } from "../media.ts";
import type { MediumShows } from "../medium.ts";
import {
	type Conversation,
	communicationOf,
	isUnheard,
	mediumOfPart,
	mediumOfWhole,
	type Participant,
} from "../model.ts";
import { divisionsEvent, divisionsOf, eventRef, routingDataOf, seenOf, silenceOf, wrapupEvent } from "./parts.ts";
import { peerIdOf } from "./peers.ts";

/** `CallConversation` of REST and its relatives: media fields directly on the participants (platform-api 5.1, payload caveats). */
export function restMediaConversation(whole: Conversation) {
	const conversation = seenOf(whole);
	return {
		id: conversation.id,
		participants: theirs(conversation).map((one) => restParticipant(conversation, one)),
		otherMediaUris: [],
		recentTransfers: conversation.recentTransfers,
		divisions: divisionsOf(conversation),
		...common(conversation),
		selfUri: `/api/v2/conversations/${mediumOf(conversation).list}/${conversation.id}`,
	};
}

/** `ConversationCallEventTopicCallConversation` and its relatives. */
export function mediaConversationEvent(whole: Conversation) {
	const conversation = seenOf(whole);
	return {
		id: conversation.id,
		participants: theirs(conversation).map((one) => participantEvent(conversation, one)),
		otherMediaUris: [],
		...(conversation.address ? { address: conversation.address } : {}),
		divisions: divisionsEvent(conversation),
		...common(conversation),
	};
}

/** Who takes part by its medium: those who are called within a callback do so by their call. */
function theirs(conversation: Conversation): Participant[] {
	return conversation.participants.filter((one) => mediumOfPart(one) === mediumOfWhole(conversation));
}

function common(conversation: Conversation) {
	return {
		...mediumOf(conversation).shows.ofConversation?.(conversation),
		...(conversation.utilizationLabelId ? { utilizationLabelId: conversation.utilizationLabelId } : {}),
	};
}

function restParticipant(conversation: Conversation, participant: Participant) {
	const communication = communicationOf(participant);
	return {
		...flat(participant, mediumOf(conversation).shows),
		...peerOf(conversation, participant),
		...(communication.startAlertingTime ? { startAlertingTime: communication.startAlertingTime } : {}),
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

function participantEvent(conversation: Conversation, participant: Participant) {
	const communication = communicationOf(participant);
	return {
		...flat(participant, mediumOf(conversation).shows),
		...mediumOf(conversation).shows.eventFacts?.(communication as never),
		...peerOf(conversation, participant),
		initialState: communication.initialState,
		...(communication.queueMediaSettings ? { queueMediaSettings: communication.queueMediaSettings } : {}),
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
	const { userId, queueId, externalContactId, externalOrganizationId: organizationId } = participant;
	return {
		...(userId ? { user: ref("users", userId, participant.name) } : {}),
		...(queueId ? { queue: ref("routing/queues", queueId, participant.queueName) } : {}),
		...(externalContactId ? { externalContact: ref("externalcontacts/contacts", externalContactId) } : {}),
		...(organizationId ? { externalOrganization: ref("externalcontacts/organizations", organizationId) } : {}),
	};
}

/** What REST and event have in common. */
function flat(participant: Participant, shows: MediumShows) {
	const communication = communicationOf(participant);
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
			"consultParticipantId",
		]),
		...pick(communication, [
			"state",
			"direction",
			"disconnectType",
			"startHoldTime",
			"provider",
			"transferSource",
			"errorInfo",
		]),
		held: isUnheard(participant),
		...silenceOf(participant),
		...pick(communication, shows.fields as ReadonlyArray<keyof typeof communication>),
		...shows.facts?.(communication as never),
	};
}

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Partial<Pick<T, K>> {
	return Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]])) as Partial<
		Pick<T, K>
	>;
}
