const uuid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const pattern = new RegExp(`^(?<conversationId>${uuid})\\.(?<recordingId>${uuid})\\.wav$`);

/** The name of a recording's file: it tells whose it is, should nobody be there to note it. */
export function recordingFile(conversationId: string, recordingId: string): string {
	return `${conversationId}.${recordingId}.wav`;
}

/** Reads a name of `recordingFile`; undefined for any other file. */
export function readRecordingFile(name: string): { conversationId: string; recordingId: string } | undefined {
	const groups = pattern.exec(name)?.groups;
	if (!groups?.conversationId || !groups.recordingId) return undefined;
	return { conversationId: groups.conversationId, recordingId: groups.recordingId };
}
