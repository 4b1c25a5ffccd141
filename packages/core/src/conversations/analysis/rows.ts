import type { Conversation } from "../model.ts";
import { analyse } from "./analyse.ts";
import type { AnalysedParticipant, AnalysedSegment, AnalysedSession } from "./model.ts";

/** What a conversation is found by; names are those of the platform's dimensions. */
export interface DetailRow {
	conversation_id: string;
	started_at: string;
	ended_at: string | null;
	division_ids: string[];
	direction: string;
	initiator: string | null;
	customer_participation: boolean | null;
	/** Sums of what its sessions were measured at, by metric. */
	metrics: Record<string, number>;
}

/** One segment with what its session and participant tell: a filter's predicates hold for the same one. */
export interface SegmentRow {
	conversation_id: string;
	session_no: number;
	segment_no: number;
	/** When the conversation began. */
	started_at: string;
	user_id: string | null;
	queue_id: string | null;
	media_type: string;
	direction: string;
	purpose: string;
	segment_type: string;
	wrapup_code: string | null;
	/** Dimensions that are asked for seldom; text, true, or a list of texts. */
	dims: Record<string, unknown>;
	/** Of a session's first segment alone: what the session was measured at. */
	metrics: Record<string, number> | null;
}

/** The rows by which the conversation is looked up in analytics; what they say is what its details show. */
export function detailRows(conversation: Conversation): { detail: DetailRow; segments: SegmentRow[] } {
	const analysed = analyse(conversation);
	const sessions = analysed.participants.flatMap((participant) =>
		participant.sessions.map((session) => ({ participant, session })),
	);
	return {
		detail: {
			conversation_id: analysed.conversationId,
			started_at: analysed.conversationStart,
			ended_at: analysed.conversationEnd ?? null,
			division_ids: analysed.divisionIds,
			direction: analysed.originatingDirection,
			initiator: analysed.conversationInitiator ?? null,
			customer_participation: analysed.customerParticipation ?? null,
			metrics: sums(sessions.map(({ session }) => session)),
		},
		segments: sessions.flatMap(({ participant, session }, sessionNo) =>
			session.segments.map((segment, segmentNo) => ({
				conversation_id: analysed.conversationId,
				session_no: sessionNo,
				segment_no: segmentNo,
				started_at: analysed.conversationStart,
				user_id: participant.userId ?? null,
				queue_id: segment.queueId ?? null,
				media_type: session.mediaType,
				direction: session.direction,
				purpose: participant.purpose,
				segment_type: segment.segmentType,
				wrapup_code: segment.wrapUpCode ?? null,
				dims: dimsOf(participant, session, segment),
				metrics: segmentNo === 0 ? sums([session]) : null,
			})),
		),
	};
}

function dimsOf(participant: AnalysedParticipant, session: AnalysedSession, segment: AnalysedSegment) {
	const { participantName, externalContactId, flaggedReason } = participant;
	const { metrics: _metrics, segments: _segments, mediaType: _media, direction: _direction, ...ofSession } = session;
	const { callbackNumbers, callbackUserName: _callee, ...rest } = ofSession;
	const { segmentType: _type, segmentStart: _start, queueId: _queue, wrapUpCode: _code, ...ofSegment } = segment;
	const { requestedRoutingSkillIds, wrapUpTags, wrapUpNote: _note, ...shared } = ofSegment;
	const all = {
		...{ participantName, externalContactId, flaggedReason },
		...rest,
		callbackNumber: callbackNumbers,
		...shared,
		requestedRoutingSkillId: requestedRoutingSkillIds,
		wrapUpTag: wrapUpTags,
	};
	return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function sums(sessions: readonly AnalysedSession[]): Record<string, number> {
	const all: Record<string, number> = {};
	for (const { name, value } of sessions.flatMap(({ metrics }) => metrics)) all[name] = (all[name] ?? 0) + value;
	return all;
}
