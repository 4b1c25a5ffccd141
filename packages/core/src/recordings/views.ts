import type { Annotation, Recording, RecordingState } from "./model.ts";
import type { ReadRecording } from "./recordings.ts";

/** `Recording.fileState` of the platform. */
const fileStates: Record<RecordingState, string> = {
	recording: "UPLOADING",
	processing: "UPLOADING",
	available: "AVAILABLE",
	failed: "ERROR",
	deleted: "DELETED",
};

/** `RecordingMetadata` of the platform: all but where it is played from. */
export function metadataView({ recording }: ReadRecording) {
	const { id, conversationId, startedAt, endedAt, state, retentionUntil } = recording;
	return {
		id,
		conversationId,
		startTime: startedAt.toISOString(),
		...(endedAt ? { endTime: endedAt.toISOString() } : {}),
		media: "audio",
		mediaSubtype: "Trunk",
		fileState: fileStates[state],
		recordingFileRole: recording.kind === "user" ? "ADHOC" : "AGENT_EXPERIENCE",
		annotations: recording.annotations.map((one, at) => annotationView(recording, one, at)),
		...(retentionUntil ? { deleteDate: retentionUntil.toISOString() } : {}),
		selfUri: `/api/v2/conversations/${conversationId}/recordings/${id}`,
	};
}

/** `Recording` of the platform. */
export function recordingView(read: ReadRecording) {
	const { recording, conversation, link } = read;
	const users = recording.userIds.map((id) => ({
		id,
		name: conversation.participants.find((one) => one.userId === id)?.name ?? "",
		selfUri: `/api/v2/users/${id}`,
	}));
	return {
		...metadataView(read),
		users,
		...(link ? { mediaUris: { "0": { mediaUri: link, waveformData: recording.waveform } } } : {}),
	};
}

/** `Annotation` of the platform: places in ms, from the beginning and in the time of day (epoch ms). */
function annotationView({ id, startedAt }: Recording, { type, offset, duration }: Annotation, at: number) {
	return {
		id: `${id}-${at}`,
		type,
		reason: type,
		location: offset,
		durationMs: duration,
		recordingLocation: offset,
		recordingDurationMs: duration,
		absoluteLocation: startedAt.getTime() + offset,
		absoluteDurationMs: duration,
	};
}

/** A recording as the panel's player takes it: ours, beside the platform's. */
export function playerView({ recording, conversation, link }: ReadRecording) {
	const own = conversation.participants.find((one) => one.userId !== undefined && one.userId === recording.agentId);
	return {
		id: recording.id,
		conversationId: recording.conversationId,
		kind: recording.kind,
		state: recording.state,
		startTime: recording.startedAt.toISOString(),
		...(recording.durationMs === undefined ? {} : { durationMs: recording.durationMs }),
		annotations: recording.annotations,
		waveform: recording.waveform,
		...(link ? { url: link } : {}),
		...(own?.name ? { agentName: own.name } : {}),
	};
}
