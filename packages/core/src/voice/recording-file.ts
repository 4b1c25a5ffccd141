const uuid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const pattern = new RegExp(
	`^(?<conversationId>${uuid})\\.(?<recordingId>${uuid})(?:\\.(?<startedMs>\\d{1,15}))?\\.wav$`,
);

/** What the name of a recording's file tells, should nobody be there to note it. */
export interface RecordingFileName {
	conversationId: string;
	recordingId: string;
	/** When its first sample was taken, epoch ms; files of before do not tell. */
	startedMs?: number;
}

/** The name of a file. A recording that is interrupted goes on in another one: its parts differ by when they began. */
export function recordingFile(conversationId: string, recordingId: string, startedMs: number): string {
	return `${conversationId}.${recordingId}.${startedMs}.wav`;
}

/** Reads a name of `recordingFile`; undefined for any other file. */
export function readRecordingFile(name: string): RecordingFileName | undefined {
	const groups = pattern.exec(name)?.groups;
	if (!groups?.conversationId || !groups.recordingId) return undefined;
	const { conversationId, recordingId, startedMs } = groups;
	return { conversationId, recordingId, ...(startedMs === undefined ? {} : { startedMs: Number(startedMs) }) };
}
