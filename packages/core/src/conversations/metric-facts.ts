import { givenWrapup, type Segment } from "./communication.ts";
import {
	type Conversation,
	communicationOf,
	findParticipant,
	isConnected,
	isInAfterCallWork,
	isLive,
	isStaff,
	mediumOfPart,
	type Participant,
} from "./model.ts";
import type { MetricFact } from "./ports.ts";
import type { Change } from "./store.ts";

/**
 * What a change is worth in the metrics of contact centers (agent-features 14): each time is told once, at the instant at which
 * it is final. An agent session is one participation of one agent; what it is made of adds up to its `tHandle`.
 * @param now when the change happens, ISO 8601
 */
export function metricFacts({ before, after }: Change, now: string): MetricFact[] {
	return [
		...after.participants.flatMap((is) => {
			const was = before && findParticipant(before, is.id);
			if (is.purpose === "acd") return ofEntry(after, was, is, now);
			if (is.purpose === "voicemail") return ofMailbox(after, was, is, now);
			return isStaff(is) ? ofSession(after, was, is, now) : [];
		}),
		...ofTransfers(before, after, now),
	];
}

/** @param at when it became final, where that is told apart from the change: read off a document, all has happened at once */
type Tell = (metric: MetricFact["metric"], value: number, at?: string) => MetricFact;

function teller(conversation: Conversation, participant: Participant, now: string): Tell {
	const code = givenWrapup(participant.wrapup)?.code;
	const { queue, user } = participant.internal.divisions ?? {};
	const divisionIds = [...new Set([queue, user].flatMap((one) => one ?? []))];
	return (metric, value, at = now) => ({
		at,
		metric,
		value,
		conversationId: conversation.id,
		participantId: participant.id,
		medium: mediumOfPart(participant),
		direction: conversation.internal.direction,
		sessionDirection: communicationOf(participant).direction,
		purpose: participant.purpose,
		divisionIds: divisionIds.length > 0 ? divisionIds : [conversation.divisionId],
		...(participant.userId ? { userId: participant.userId } : {}),
		...(participant.queueId ? { queueId: participant.queueId } : {}),
		...(code ? { wrapupCode: code } : {}),
	});
}

/** The customer's wait in a queue: offered once, then answered, abandoned or flowed out. */
function ofEntry(conversation: Conversation, was: Participant | undefined, is: Participant, now: string): MetricFact[] {
	const tell = teller(conversation, is, now);
	const facts = was ? [] : [tell("nOffered", 1, is.startTime)];
	if (isLive(is) || (was && !isLive(was))) return facts;
	const at = is.endTime ?? now;
	const waited = Date.parse(at) - Date.parse(is.startTime);
	return [
		...facts,
		tell("tAcd", waited, at),
		tell("tWait", waited, at),
		tell(howItEnded(conversation, is), waited, at),
	];
}

function howItEnded(conversation: Conversation, acd: Participant): "tAnswered" | "tAbandon" | "tFlowOut" {
	const isAnswered = conversation.participants.some(
		(one) =>
			one.purpose === "agent" && one.queueId === acd.queueId && communicationOf(one).connectedTime === acd.endTime,
	);
	if (isAnswered) return "tAnswered";
	const somebodyStays = conversation.participants.some((one) => one.purpose !== "acd" && staysBeyond(one, acd.endTime));
	return somebodyStays ? "tFlowOut" : "tAbandon";
}

/** The party talks, or has talked on for a while after that. */
function staysBeyond(one: Participant, at: string | undefined): boolean {
	if (isConnected(one)) return true;
	const { connectedTime } = communicationOf(one);
	return (
		at !== undefined &&
		connectedTime !== undefined &&
		connectedTime <= at &&
		one.endTime !== undefined &&
		one.endTime > at
	);
}

/** What callers leave a queue counts there; what they leave people is nobody's statistics. */
function ofMailbox(
	conversation: Conversation,
	was: Participant | undefined,
	is: Participant,
	now: string,
): MetricFact[] {
	const { mailbox, recordingId } = is.internal.voicemail ?? {};
	if (mailbox?.type !== "queue" || !recordingId || !hasEnded(was, is)) return [];
	const spoken = Date.parse(is.endTime ?? now) - Date.parse(is.startTime);
	return [{ ...teller(conversation, is, now)("tVoicemail", spoken), queueId: mailbox.id }];
}

const phases: Readonly<Record<string, MetricFact["metric"]>> = {
	alert: "tAlert",
	contacting: "tContacting",
	dialing: "tDialing",
	interact: "tTalk",
	hold: "tHeld",
};

function ofSession(conversation: Conversation, was: Participant | undefined, is: Participant, now: string) {
	const tell = teller(conversation, is, now);
	const facts = endedPhases(was, is).flatMap((segment) => {
		const metric = phases[segment.type];
		return metric ? [tell(metric, lengthOf(segment), segment.endTime)] : [];
	});
	const communication = communicationOf(is);
	if (!was && communication.initialState === "contacting") facts.push(tell("nOutbound", 1, is.startTime));
	if (communication.connectedTime && !(was && communicationOf(was).connectedTime)) {
		facts.push(tell("nConnected", 1, communication.connectedTime));
	}
	if (is.internal.missed && !was?.internal.missed) facts.push(tell("tNotResponding", sum(is, "alert"), is.endTime));
	if (hasEnded(was, is)) facts.push(...endOfTalk(is, tell));
	if (is.startAcwTime && is.endAcwTime && !was?.endAcwTime) {
		facts.push(tell("tAcw", Date.parse(is.endAcwTime) - Date.parse(is.startAcwTime), is.endAcwTime));
	}
	if (isFinal(is) && !(was && isFinal(was)) && handled(is)) {
		facts.push(tell("tHandle", handleMs(is), is.endAcwTime ?? is.endTime));
	}
	return facts;
}

function hasEnded(was: Participant | undefined, is: Participant): boolean {
	return !isLive(is) && (was === undefined || isLive(was));
}

function endOfTalk(is: Participant, tell: Tell): MetricFact[] {
	const { connectedTime, disconnectType } = communicationOf(is);
	const facts: MetricFact[] = [];
	const at = is.endTime;
	if (connectedTime) facts.push(tell("tTalkComplete", sum(is, "interact"), at));
	if (sum(is, "hold") > 0) facts.push(tell("tHeldComplete", sum(is, "hold"), at));
	if (disconnectType === "error" || disconnectType === "transport.failure") facts.push(tell("nError", 1, at));
	return facts;
}

/** Nothing more is added to the session. */
function isFinal(participant: Participant): boolean {
	return !isLive(participant) && !isInAfterCallWork(participant);
}

const worked = ["contacting", "dialing", "interact", "hold"];

/** A phone that rang in vain handled nothing. */
function handled(participant: Participant): boolean {
	return (communicationOf(participant).segments ?? []).some(({ type }) => worked.includes(type));
}

function handleMs(participant: Participant): number {
	const { startAcwTime, endAcwTime } = participant;
	const afterwards = startAcwTime && endAcwTime ? Date.parse(endAcwTime) - Date.parse(startAcwTime) : 0;
	return worked.reduce((total, type) => total + sum(participant, type), afterwards);
}

function sum(participant: Participant, type: string): number {
	const segments = communicationOf(participant).segments ?? [];
	return segments.reduce((total, one) => (one.type === type ? total + lengthOf(one) : total), 0);
}

/** 0 while it lasts. */
function lengthOf({ startTime, endTime }: Segment): number {
	return endTime ? Date.parse(endTime) - Date.parse(startTime) : 0;
}

function endedPhases(was: Participant | undefined, is: Participant): Segment[] {
	const old = (was && communicationOf(was).segments) ?? [];
	return (communicationOf(is).segments ?? []).filter((one, index) => one.endTime && !old[index]?.endTime);
}

/** Blind transfers count when they are made, consults when they begin, and again when they hand the customer over. */
function ofTransfers(before: Conversation | undefined, after: Conversation, now: string): MetricFact[] {
	return after.recentTransfers.flatMap((transfer) => {
		const was = before?.recentTransfers.find((one) => one.id === transfer.id);
		const { userId } = transfer.initiator;
		const session = userId && after.participants.findLast((one) => one.userId === userId);
		if (!session) return [];
		const tell = teller(after, session, now);
		const facts: MetricFact[] = [];
		const isBlind = transfer.transferType === "Unattended";
		if (!was) facts.push(tell(isBlind ? "nBlindTransferred" : "nConsult", 1, transfer.dateIssued));
		if (!isBlind && transfer.state === "Complete" && was?.state !== "Complete")
			facts.push(tell("nConsultTransferred", 1));
		return facts;
	});
}
