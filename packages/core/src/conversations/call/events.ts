import type { Actor, NewEvent } from "../../kernel/events/event-log.ts";
import { ids, readersOf } from "../events.ts";
import type { Conversation, Participant } from "../model.ts";
import type { Change } from "../store.ts";
import { findCall } from "./model.ts";
import type { RecordingFile } from "./service.ts";

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
	const isConnected = (one: Participant | undefined) => one !== undefined && findCall(one)?.state === "connected";
	return after.participants.flatMap((one) => {
		const digits = one.internal.digitsAfter;
		const was = before?.participants.find((other) => other.id === one.id);
		// Whoever answers hears the first key after a breath, as every phone system that has extensions speaks first.
		return digits && isConnected(one) && !isConnected(was) ? [digitsSent(after.id, one.id, `,${digits}`)] : [];
	});
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
