import { ids, readersOf } from "../conversations/events.ts";
import type { Conversation } from "../conversations/model.ts";
import type { Actor, NewEvent } from "../kernel/events/event-log.ts";
import type { Recording } from "./model.ts";

/** `recording.available` or `recording.failed`, announced as RecordingEventRecording to every user who took part (platform-api 5.6). */
export function recordingEnded(conversation: Conversation, recording: Recording, isAvailable: boolean): NewEvent {
	const { id, kind, conversationId } = recording;
	const fileState = isAvailable ? "AVAILABLE" : "ERROR";
	return {
		type: isAvailable ? "recording.available" : "recording.failed",
		entityType: "recording",
		entityId: id,
		data: { conversationId, recordingId: id, kind },
		announcements: [
			{
				topics: ids(conversation, "userId").map(
					(userId) => `v2.users.${userId}.conversations.${conversationId}.recordings`,
				),
				eventBody: { id, conversationId, fileState, mediaUris: [] },
				visibleTo: readersOf(conversation),
			},
		],
	};
}

/** Somebody has asked for a link to a recording, plays it, or saves it: what an auditor asks for. */
export function recordingAccessed(
	recording: Pick<Recording, "id" | "conversationId">,
	access: "link" | "play" | "download",
	actor: Actor,
): NewEvent {
	return {
		type: "recording.accessed",
		entityType: "recording",
		entityId: recording.id,
		actor,
		data: { conversationId: recording.conversationId, access },
	};
}

/** `recording.deleted`: its time is over. */
export function recordingDeleted({ id, conversationId }: Recording): NewEvent {
	return { type: "recording.deleted", entityType: "recording", entityId: id, data: { conversationId } };
}

export function policiesChanged(entityId: string, actor: Actor): NewEvent {
	return { type: "recording.rules.changed", entityType: "recording-rules", entityId, actor };
}
