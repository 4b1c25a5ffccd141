import { type Communication, givenWrapup, type Segment } from "../communication.ts";
import type { Participant } from "../model.ts";
import type { AnalysedSegment } from "./model.ts";

/** What the party did when by one of its communications; its wrap-up is the last segment of the one that it belongs to. */
export function segmentsOf(participant: Participant, communication: Communication, isOwn: boolean): AnalysedSegment[] {
	const done = stretchesOf(participant, communication);
	const shared = sharedBy(participant, communication);
	const ended = communication.errorInfo ? { errorCode: communication.errorInfo.code } : {};
	const segments = done.map(({ type, startTime, endTime, disconnectType }, index) => ({
		segmentType: type,
		segmentStart: startTime,
		...(endTime ? { segmentEnd: endTime } : {}),
		...(disconnectType ? { disconnectType } : {}),
		...(index === done.length - 1 ? ended : {}),
		...shared,
	}));
	const wrapup = isOwn ? wrapupOf(participant, communication) : undefined;
	return wrapup ? [...segments, { ...wrapup, ...shared }] : segments;
}

/** Older documents keep no stretches: what they tell of the party's times stands for them. */
function stretchesOf({ startTime, endTime }: Participant, communication: Communication): readonly Segment[] {
	const { segments = [], connectedTime, disconnectedTime, disconnectType } = communication;
	if (segments.length > 0) return segments;
	const end = disconnectedTime ?? endTime;
	return [
		{
			type: connectedTime ? "interact" : communication.initialState === "scheduled" ? "scheduled" : "alert",
			startTime: connectedTime ?? startTime,
			...(end ? { endTime: end } : {}),
			...(disconnectType ? { disconnectType } : {}),
		},
	];
}

function sharedBy({ queueId, conversationRoutingData: asked }: Participant, communication: Communication) {
	const { subject } = communication as { subject?: string };
	return {
		...(queueId ? { queueId } : {}),
		...(asked?.languageId ? { requestedLanguageId: asked.languageId } : {}),
		...(asked && asked.skillIds.length > 0 ? { requestedRoutingSkillIds: [...asked.skillIds] } : {}),
		...(subject ? { subject } : {}),
	};
}

/** After-call work, or the code alone of somebody who had none. */
function wrapupOf(participant: Participant, { disconnectedTime }: Communication): AnalysedSegment | undefined {
	const { startAcwTime, endAcwTime, endTime } = participant;
	const wrapup = givenWrapup(participant.wrapup);
	const start = startAcwTime ?? disconnectedTime ?? endTime;
	if (!start || !(startAcwTime || wrapup?.code)) return undefined;
	const end = startAcwTime ? endAcwTime : start;
	return {
		segmentType: "wrapup",
		segmentStart: start,
		...(end ? { segmentEnd: end } : {}),
		...(wrapup?.code ? { wrapUpCode: wrapup.code } : {}),
		...(wrapup?.notes ? { wrapUpNote: wrapup.notes } : {}),
		...(wrapup?.tags?.length ? { wrapUpTags: wrapup.tags } : {}),
	};
}
