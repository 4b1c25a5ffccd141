import type { Callback } from "../callback/model.ts";
import type { Communication } from "../communication.ts";
import { divisionIdsOf } from "../divisions.ts";
import { allMedia, type Communications } from "../media.ts";
import type { MessagePart } from "../message/model.ts";
import { metricFacts } from "../metric-facts.ts";
import { type Conversation, communicationOf, isOutside, type Participant } from "../model.ts";
import type { MetricFact } from "../ports.ts";
import { seenOf } from "../projection/parts.ts";
import { peerIdOf } from "../projection/peers.ts";
import type { AnalysedConversation, AnalysedMetric, AnalysedParticipant, AnalysedSession } from "./model.ts";
import { segmentsOf } from "./segments.ts";

/** What the platform calls the media; participants' lists are named otherwise. */
const mediaTypes: Readonly<Partial<Record<string, string>>> = {
	calls: "voice",
	callbacks: "callback",
	emails: "email",
	messages: "message",
	cobrowsesessions: "cobrowse",
	screenshares: "screenshare",
	chats: "chat",
};

/** As `mediaType` names what a participant's list is called. */
export function mediaTypeOf(list: string): string {
	return mediaTypes[list] ?? "unknown";
}

/** The list of participants that a `mediaType` means; undefined for one that is not here. */
export function listOf(mediaType: string): string | undefined {
	return Object.entries(mediaTypes).find(([, type]) => type === mediaType)?.[0];
}

/** The conversation in the form of the platform's analytics; it hides what the conversation itself hides. */
export function analyse(whole: Conversation): AnalysedConversation {
	const conversation = seenOf(whole);
	// As if all of it had happened at once: each fact tells its own time.
	const facts = metricFacts({ after: whole }, whole.endTime ?? whole.startTime);
	return {
		conversationId: conversation.id,
		conversationStart: conversation.startTime,
		...(conversation.endTime ? { conversationEnd: conversation.endTime } : {}),
		...writtenFacts(conversation),
		divisionIds: divisionIdsOf(whole),
		originatingDirection: conversation.internal.direction,
		participants: conversation.participants.map((one) => participantOf(conversation, one, facts)),
	};
}

function writtenFacts({ internal, participants }: Conversation) {
	if (!internal.exchange && !internal.email) return {};
	const hasWritten = participants.some((one) => isOutside(one) && (one.messages?.[0]?.messages.length ?? 0) > 0);
	return {
		conversationInitiator: internal.direction === "inbound" ? ("customer" as const) : ("agent" as const),
		...(internal.exchange ? { customerParticipation: hasWritten } : {}),
	};
}

function participantOf(
	conversation: Conversation,
	participant: Participant,
	facts: readonly MetricFact[],
): AnalysedParticipant {
	const { id, name, purpose, userId, externalContactId, flaggedReason, attributes } = participant;
	const own = facts.filter((fact) => fact.participantId === id);
	return {
		participantId: id,
		...(name ? { participantName: name } : {}),
		purpose,
		...(userId ? { userId } : {}),
		...(externalContactId ? { externalContactId } : {}),
		...(flaggedReason ? { flaggedReason } : {}),
		attributes: { ...attributes },
		sessions: communicationsOf(participant).map(({ list, communication }) =>
			sessionOf(conversation, participant, communication, list, own),
		),
	};
}

function communicationsOf(participant: Participant) {
	return allMedia().flatMap(({ list }) => {
		const own: readonly Communication[] = participant[list as keyof Communications] ?? [];
		return own.map((communication) => ({ list: list as string, communication }));
	});
}

function sessionOf(
	conversation: Conversation,
	participant: Participant,
	communication: Communication,
	list: string,
	facts: readonly MetricFact[],
): AnalysedSession {
	const isOwn = communication.id === communicationOf(participant).id;
	const peerId = isOwn ? peerIdOf(conversation, participant) : undefined;
	return {
		sessionId: communication.id,
		mediaType: mediaTypeOf(list),
		direction: communication.direction,
		provider: communication.provider,
		...(peerId ? { peerId } : {}),
		...(participant.wrapupSkipped ? { acwSkipped: true } : {}),
		...numbersOf(participant, list),
		...callbackFacts(communication as Partial<Callback>, list),
		...messageFacts(communication as Partial<MessagePart>, list),
		...campaignFacts(conversation),
		...((communication as { recordingId?: string }).recordingId ? { recording: true } : {}),
		metrics: isOwn ? facts.flatMap(metricsOf) : [],
		segments: segmentsOf(participant, communication, isOwn),
	};
}

function numbersOf({ ani, dnis, address }: Participant, list: string) {
	if (list === "emails") return address ? { addressFrom: address } : {};
	return { ...(ani ? { ani } : {}), ...(dnis ? { dnis } : {}) };
}

function callbackFacts(
	{ callbackNumbers, callbackScheduledTime, callbackUserName, scriptId }: Partial<Callback>,
	list: string,
) {
	if (list !== "callbacks") return {};
	return {
		...(callbackNumbers?.length ? { callbackNumbers } : {}),
		...(callbackScheduledTime ? { callbackScheduledTime } : {}),
		...(callbackUserName ? { callbackUserName } : {}),
		...(scriptId ? { scriptId } : {}),
	};
}

function messageFacts({ type, fromAddress, toAddress }: Partial<MessagePart>, list: string) {
	if (list !== "messages") return {};
	const [from, to] = [fromAddress?.addressNormalized, toAddress?.addressNormalized];
	return {
		...(type ? { messageType: type } : {}),
		...(from ? { addressFrom: from } : {}),
		...(to ? { addressTo: to } : {}),
	};
}

function campaignFacts({ internal: { campaign } }: Conversation) {
	if (!campaign) return {};
	const { campaignId, contactId, contactListId } = campaign;
	return { outboundCampaignId: campaignId, outboundContactId: contactId, outboundContactListId: contactListId };
}

/** A transfer counts as one, and as one of its kind. */
function metricsOf({ metric, value, at }: MetricFact): AnalysedMetric[] {
	const told = { name: metric as string, value, emitDate: at };
	const isTransfer = metric === "nBlindTransferred" || metric === "nConsultTransferred";
	return isTransfer ? [told, { ...told, name: "nTransferred" }] : [told];
}
