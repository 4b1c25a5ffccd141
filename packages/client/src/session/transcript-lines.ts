/** `TranscriptionTopicTranscriptionMessage`, as far as it is shown (platform-api 5). */
export interface TranscriptMessage {
	transcripts?: readonly {
		utteranceId?: string;
		isFinal?: boolean;
		channel?: string;
		alternatives?: readonly { transcript?: string; offsetMs?: number }[];
	}[];
}

/** Something that was said, or is being said. */
export interface TranscriptLine {
	id: string;
	isOwnSide: boolean;
	isFinal: boolean;
	text: string;
	offsetMs: number;
}

/** As many as a panel keeps; the server has the others. */
const mostLines = 1000;

/** The lines with what was told: what is said again stands in the place of what was said of it before, each at its time. */
export function withTold(lines: readonly TranscriptLine[], told: TranscriptMessage): readonly TranscriptLine[] {
	const byId = new Map(lines.map((line) => [line.id, line]));
	for (const { utteranceId: id, isFinal = false, channel, alternatives } of told.transcripts ?? []) {
		const { transcript: text, offsetMs = 0 } = alternatives?.[0] ?? {};
		// What was said to its end is not said again, whatever answer comes late.
		if (!id || !text || (byId.get(id)?.isFinal && !isFinal)) continue;
		byId.set(id, { id, isOwnSide: channel === "INTERNAL", isFinal, text, offsetMs });
	}
	return [...byId.values()].sort((one, other) => one.offsetMs - other.offsetMs).slice(-mostLines);
}
