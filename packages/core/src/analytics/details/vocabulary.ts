import type { Vocabulary } from "../filters.ts";
import { measured } from "../metrics.ts";

/** Columns of a segment's row; the other dimensions stand in its `dims`. */
export const segmentColumnsOf: Readonly<Record<string, string>> = {
	userId: "user_id",
	queueId: "queue_id",
	mediaType: "media_type",
	direction: "direction",
	purpose: "purpose",
	segmentType: "segment_type",
	wrapUpCode: "wrapup_code",
};

/** Dimensions of a segment that have several values. */
export const listDimensions: ReadonlySet<string> = new Set(["callbackNumber", "requestedRoutingSkillId", "wrapUpTag"]);
/** Those that say nothing where they do not hold. */
export const flagDimensions: ReadonlySet<string> = new Set(["acwSkipped", "recording"]);

const textDimensions = [
	"addressFrom",
	"addressTo",
	"ani",
	"callbackScheduledTime",
	"disconnectType",
	"dnis",
	"errorCode",
	"externalContactId",
	"flaggedReason",
	"messageType",
	"outboundCampaignId",
	"outboundContactId",
	"outboundContactListId",
	"participantName",
	"peerId",
	"provider",
	"requestedLanguageId",
	"scriptId",
	"segmentEnd",
	"sessionId",
	"subject",
];

/** What `segmentFilters` may ask for: a segment with its session and its participant. */
export const segmentVocabulary: Vocabulary = {
	dimensions: new Set([...Object.keys(segmentColumnsOf), ...listDimensions, ...flagDimensions, ...textDimensions]),
	merelyThere: new Set(["segmentEnd"]),
	metrics: measured,
};

/** What `conversationFilters` may ask for. */
export const conversationVocabulary: Vocabulary = {
	dimensions: new Set([
		"conversationEnd",
		"conversationId",
		"conversationInitiator",
		"conversationStart",
		"customerParticipation",
		"divisionId",
		"originatingDirection",
	]),
	merelyThere: new Set(["conversationEnd", "conversationStart"]),
	metrics: measured,
};
