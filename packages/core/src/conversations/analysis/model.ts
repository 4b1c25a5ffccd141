/**
 * A conversation as the platform's analytics tell it (`AnalyticsConversation`, platform-api 5.15): who took part, by which
 * sessions, what each of them did when, and what that is worth in the metrics of agent-features 14. Times are ISO 8601.
 */
export interface AnalysedConversation {
	conversationId: string;
	conversationStart: string;
	/** Absent while somebody is in it. */
	conversationEnd?: string;
	/** Of written ones: who wrote first. */
	conversationInitiator?: "customer" | "agent";
	/** Of messages: the customer has written one. */
	customerParticipation?: boolean;
	divisionIds: string[];
	originatingDirection: "inbound" | "outbound";
	participants: AnalysedParticipant[];
}

export interface AnalysedParticipant {
	participantId: string;
	participantName?: string;
	purpose: string;
	userId?: string;
	externalContactId?: string;
	flaggedReason?: string;
	attributes: Record<string, string>;
	sessions: AnalysedSession[];
}

/** One communication of one participant. */
export interface AnalysedSession {
	sessionId: string;
	mediaType: string;
	direction: "inbound" | "outbound";
	provider?: string;
	peerId?: string;
	acwSkipped?: boolean;
	addressFrom?: string;
	addressTo?: string;
	ani?: string;
	dnis?: string;
	callbackNumbers?: string[];
	callbackScheduledTime?: string;
	callbackUserName?: string;
	messageType?: string;
	outboundCampaignId?: string;
	outboundContactId?: string;
	outboundContactListId?: string;
	recording?: boolean;
	scriptId?: string;
	metrics: AnalysedMetric[];
	segments: AnalysedSegment[];
}

export interface AnalysedMetric {
	name: string;
	/** Milliseconds of a `t…`, a number of an `n…`. */
	value: number;
	emitDate: string;
}

export interface AnalysedSegment {
	segmentType: string;
	segmentStart: string;
	/** Absent while it lasts. */
	segmentEnd?: string;
	queueId?: string;
	disconnectType?: string;
	errorCode?: string;
	requestedLanguageId?: string;
	requestedRoutingSkillIds?: string[];
	subject?: string;
	wrapUpCode?: string;
	wrapUpNote?: string;
	wrapUpTags?: string[];
}
