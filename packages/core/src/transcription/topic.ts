import type { Spoken, TranscribedCall } from "./model.ts";

/** What is told of one call, beside what was said. */
export interface TopicFacts extends TranscribedCall {
	organizationId: string;
	/** When the first of it was listened to, epoch ms. */
	begunMs: number;
}

/** On which topic a call's words are told. */
export const transcriptTopic = (conversationId: string) => `v2.conversations.${conversationId}.transcription`;

/** `TranscriptionTopicTranscriptionMessage` of the platform (platform-api 5, Topics). */
export function transcriptionMessage(facts: TopicFacts, spoken: readonly Spoken[], at: Date) {
	const { organizationId, conversationId, communicationId, connectedMs, begunMs } = facts;
	return {
		eventTime: at.toISOString(),
		...{ organizationId, conversationId, communicationId },
		sessionStartTimeMs: connectedMs,
		transcriptionStartTimeMs: begunMs,
		transcripts: spoken.map((one) => resultOf(one, begunMs)),
	};
}

function resultOf({ utteranceId, isFinal, side, language, ...said }: Spoken, begunMs: number) {
	const words = said.words.map(({ word, offsetMs, durationMs, confidence }) => ({
		...(confidence === undefined ? {} : { confidence }),
		startTimeMs: begunMs + offsetMs,
		...{ offsetMs, durationMs, word },
	}));
	const { text, offsetMs, durationMs, confidence } = said;
	return {
		...{ utteranceId, isFinal, channel: side },
		alternatives: [
			{
				...(confidence === undefined ? {} : { confidence }),
				...{ offsetMs, durationMs, transcript: text, words, decoratedTranscript: text, decoratedWords: words },
			},
		],
		...{ engineProvider: "inlay", dialect: language, agentAssistEnabled: false, voiceTranscriptionEnabled: true },
	};
}
