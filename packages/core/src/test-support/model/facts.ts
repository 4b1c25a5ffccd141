import {
	type Conversation,
	communicationOf,
	isInAfterCallWork,
	isLive,
	isStaff,
	type Participant,
} from "../../conversations/model.ts";
import type { ConversationMetric, MetricFact } from "../../conversations/ports.ts";

const parts: readonly ConversationMetric[] = ["tContacting", "tDialing", "tTalk", "tHeld", "tAcw"];
const ends: readonly ConversationMetric[] = ["tAnswered", "tAbandon", "tFlowOut"];

/**
 * What was measured of a conversation adds up at every instant (agent-features 14, ST-6): who was offered to a queue was
 * answered, gave up, left otherwise or waits, and what an agent handled is what they did.
 */
export function faultOfFacts(conversation: Conversation, facts: readonly MetricFact[]): string | undefined {
	return faultOfEntries(conversation, facts) ?? faultOfSessions(conversation, facts);
}

function faultOfEntries({ participants }: Conversation, facts: readonly MetricFact[]): string | undefined {
	const waiting = participants.filter((one) => one.purpose === "acd" && isLive(one)).length;
	const offered = countOf(facts, ["nOffered"]);
	const ended = countOf(facts, ends);
	return offered === ended + waiting
		? undefined
		: `${offered} were offered, ${ended} measured to the end, ${waiting} wait`;
}

function faultOfSessions({ participants }: Conversation, facts: readonly MetricFact[]): string | undefined {
	for (const one of participants.filter(isStaff)) {
		const own = facts.filter(({ participantId }) => participantId === one.id);
		const handled = own.filter(({ metric }) => metric === "tHandle");
		const expected = isOver(one) && hasWorked(one) ? 1 : 0;
		if (handled.length !== expected) return `${one.userId} handled it ${handled.length} times, not ${expected}`;
		const total = own.reduce((sum, { metric, value }) => (parts.includes(metric) ? sum + value : sum), 0);
		if (expected && handled[0]?.value !== total)
			return `${one.userId} handled it ${handled[0]?.value} ms and did ${total}`;
	}
	return undefined;
}

function isOver(participant: Participant): boolean {
	return !isLive(participant) && !isInAfterCallWork(participant);
}

function hasWorked(participant: Participant): boolean {
	return (communicationOf(participant).segments ?? []).some(({ type }) => type !== "alert");
}

function countOf(facts: readonly MetricFact[], metrics: readonly ConversationMetric[]): number {
	return facts.filter(({ metric }) => metrics.includes(metric)).length;
}
