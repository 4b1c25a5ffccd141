import type { Actor, NewEvent } from "../kernel/events/event-log.ts";
import { divisionIdsOf } from "./divisions.ts";
import type { Conversation, Participant } from "./model.ts";
import { callConversationEvent } from "./projection/call.ts";
import { conversationEvent } from "./projection/generic-event.ts";
import { conversationSummary } from "./projection/summary.ts";
import type { ConversationChanged, RecordingFile } from "./service.ts";
import type { Change, UserWork } from "./store.ts";
import { wantedIn } from "./transitions/queueing.ts";

/** `conversation.changed`, announced to users in it and to its queues, generic and flattened (platform-api 5.1). */
export function conversationChanged(change: Change, busyUserIds: string[], command: string, actor?: Actor): NewEvent {
	const { before, after } = change;
	const users = ids(after, "userId");
	const queues = ids(after, "queueId");
	const topics = [...users.map((id) => `v2.users.${id}`), ...queues.map((id) => `v2.routing.queues.${id}`)];
	const wanted = wantedIn(after);
	const visibleTo = readersOf(after);
	const data: ConversationChanged = {
		conversationId: after.id,
		command,
		userIds: busyUserIds,
		...(wanted && (!before || !wantedIn(before)) ? { waitingQueueId: wanted.queueId } : {}),
	};
	return {
		type: "conversation.changed",
		entityType: "conversation",
		entityId: after.id,
		...(actor ? { actor } : {}),
		data,
		announcements: [
			{
				topics: [`v2.conversations.${after.id}`, ...topics.map((topic) => `${topic}.conversations`)],
				eventBody: conversationEvent(after),
				visibleTo,
			},
			{
				topics: topics.map((topic) => `${topic}.conversations.calls`),
				eventBody: callConversationEvent(after),
				visibleTo,
			},
		],
	};
}

/** Who may read it, as `requireView` decides; each of them follows topics of people and queues, not of divisions. */
function readersOf(conversation: Conversation): { divisionIds: string[]; userIds: string[] } {
	return { divisionIds: divisionIdsOf(conversation), userIds: ids(conversation, "userId") };
}

function ids(conversation: Conversation, key: "userId" | "queueId"): string[] {
	return [...new Set(conversation.participants.flatMap((one) => one[key] ?? []))];
}

/** Voice plays these keys to the party. */
export function digitsSent(conversationId: string, participantId: string, digits: string, actor?: Actor): NewEvent {
	return {
		type: "conversation.digits",
		entityType: "conversation",
		entityId: conversationId,
		...(actor ? { actor } : {}),
		data: { conversationId, participantId, digits },
	};
}

/** Keys for parties who have just answered and were dialled with an extension: the same event as an agent's own keys. */
export function extensionsDialled({ before, after }: Change): NewEvent[] {
	const isConnected = (one: Participant | undefined) => one?.calls.at(-1)?.state === "connected";
	return after.participants.flatMap((one) => {
		const digits = one.internal.digitsAfter;
		const was = before?.participants.find((other) => other.id === one.id);
		// Whoever answers hears the first key after a breath, as every phone system that has extensions speaks first.
		return digits && isConnected(one) && !isConnected(was) ? [digitsSent(after.id, one.id, `,${digits}`)] : [];
	});
}

/** `conversation.summary.changed`, announced as UserConversationsEventUserConversationSummary. */
export function summaryChanged(userId: string, work: UserWork | undefined): NewEvent {
	return {
		type: "conversation.summary.changed",
		entityType: "user",
		entityId: userId,
		announcements: [
			{ topics: [`v2.users.${userId}.conversationsummary`], eventBody: conversationSummary(userId, work) },
		],
	};
}

/** `recording.finished`, announced as RecordingEventRecording to every user who took part (platform-api 5.6). */
export function recordingFinished(conversation: Conversation, recording: RecordingFile): NewEvent {
	const { recordingId, file, durationMs, bytes } = recording;
	return {
		type: "recording.finished",
		entityType: "conversation",
		entityId: conversation.id,
		data: { conversationId: conversation.id, recordingId, file, durationMs, bytes },
		announcements: [
			{
				topics: ids(conversation, "userId").map((id) => `v2.users.${id}.conversations.${conversation.id}.recordings`),
				eventBody: { id: recordingId, conversationId: conversation.id, fileState: "AVAILABLE", mediaUris: [] },
				visibleTo: readersOf(conversation),
			},
		],
	};
}
