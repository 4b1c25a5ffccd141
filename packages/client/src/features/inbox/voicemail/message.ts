import type { PlayableRecording } from "../../../player/model.ts";
import type { ApiClient } from "../../../session/api.ts";

interface Named {
	id: string;
	name?: string;
}

/** `VoicemailMessage` of the platform, with what the server says beside it. */
export interface Message {
	id: string;
	conversation?: { id: string };
	read: boolean;
	audioRecordingDurationSeconds: number;
	createdDate: string;
	callerAddress?: string;
	callerName?: string;
	callerUser?: Named;
	note?: string;
	/** What is said in it, where the organization has messages turned into text. */
	transcription?: string;
	group?: Named;
	queue?: Named;
	copiedFrom?: { user?: Named };
	inlayReadBy?: Named & { date?: string };
	inlayClaimedBy?: Named;
}

export const messagesPath = "/voicemail/messages";

/** Where it is heard, and what it looks like. Rejects with ApiError. */
export async function messageSound(api: ApiClient, message: Message): Promise<PlayableRecording & { url: string }> {
	const media = await api.get<{ mediaFileUri: string; waveformData: number[] }>(
		`${messagesPath}/${message.id}/media?formatId=WAV`,
	);
	return {
		id: message.id,
		kind: "user",
		state: "available",
		startTime: message.createdDate,
		durationMs: message.audioRecordingDurationSeconds * 1000,
		annotations: [],
		waveform: media.waveformData,
		url: media.mediaFileUri,
	};
}
