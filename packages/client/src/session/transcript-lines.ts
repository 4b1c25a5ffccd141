import { userOf } from "./participants.ts";
import type { WireConversation } from "./wire.ts";

/** `TranscriptionTopicTranscriptionMessage`, as far as it is shown (platform-api 5). */
export interface TranscriptMessage {
	/** Epoch ms: another one in each life of the server, from which its offsets count. */
	transcriptionStartTimeMs?: number;
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
	/** Since when it is listened, in the life of the server that has heard it; epoch ms. */
	begunMs: number;
	/** When it was begun to be said, epoch ms. */
	atMs: number;
}

/** Whose words they are, as far as anybody can tell: both ends of a side are heard as one. */
export type Speaker = "customer" | "you" | "colleague" | "either";

/** As many as a panel keeps; the server has the others. */
const mostLines = 1000;
/** By so much may an engine be off about when a word began, ms. */
const inexactMs = 500;

/** The lines with what was told: what is said again stands in the place of what was said of it before, each at its time. */
export function withTold(lines: readonly TranscriptLine[], told: TranscriptMessage): readonly TranscriptLine[] {
	const { transcriptionStartTimeMs: begunMs = 0, transcripts = [] } = told;
	// Of what was being said when a server went, the next one knows no more.
	const byId = new Map(lines.map((line) => [line.id, line.begunMs < begunMs ? { ...line, isFinal: true } : line]));
	for (const { utteranceId: id, isFinal = false, channel, alternatives } of transcripts) {
		const { transcript: text, offsetMs = 0 } = alternatives?.[0] ?? {};
		// What was said to its end is not said again, whatever answer comes late.
		if (!id || !text || (byId.get(id)?.isFinal && !isFinal)) continue;
		byId.set(id, { id, isOwnSide: channel === "INTERNAL", isFinal, text, begunMs, atMs: begunMs + offsetMs });
	}
	return [...byId.values()].sort((one, other) => one.atMs - other.atMs).slice(-mostLines);
}

/** Whoever of the organization was in the call while it was said; the message tells only the side. */
export function speakerOf(
	{ isOwnSide, atMs }: Pick<TranscriptLine, "isOwnSide" | "atMs">,
	{ participants = [] }: WireConversation,
	userId: string,
): Speaker {
	if (!isOwnSide) return "customer";
	const talking = participants.flatMap((each) => {
		const user = userOf(each);
		return user && (each.calls ?? []).some((call) => wasIn(call, atMs)) ? [user] : [];
	});
	if (!talking.includes(userId)) return "colleague";
	return talking.some((each) => each !== userId) ? "either" : "you";
}

function wasIn({ connectedTime, disconnectedTime }: { connectedTime?: string; disconnectedTime?: string }, at: number) {
	if (!connectedTime || Date.parse(connectedTime) - inexactMs > at) return false;
	return !disconnectedTime || at < Date.parse(disconnectedTime);
}
