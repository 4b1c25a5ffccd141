/**
 * The platform's JSON as far as the panel reads it (platform-api, Appendix A). Everything may be missing:
 * events and REST answers carry different subsets, and references come as ids or as objects (5.1, payload caveats).
 */
import type {
	PlatformCommunication,
	PlatformConversation,
	PlatformParticipant,
} from "../framework/platform-conversation.ts";

interface Reference {
	id?: string;
	name?: string;
}

export interface WireParticipant extends PlatformParticipant {
	user?: Reference;
	queue?: Reference;
	queueName?: string;
	ani?: string;
	externalContactId?: string;
	dnis?: string;
	startTime?: string;
	wrapupPrompt?: string;
	wrapupTimeoutMs?: number;
	wrapupSkipped?: boolean;
	alertingTimeoutMs?: number;
	cobrowsesessions?: Array<{ state?: string }>;
}

export type WireCommunication = PlatformCommunication;

export interface WireConversation extends PlatformConversation {
	/** Where it belongs, and by which queues and people. */
	divisions?: Array<{ division: { id: string }; entities?: Array<{ id: string }> }>;
	endTime?: string;
	participants?: WireParticipant[];
}

export interface WirePresence {
	presenceDefinition?: { id?: string; systemPresence?: string };
	message?: string;
	modifiedDate?: string;
	/** Inlay's own: the presence that follows when after-call work is done. */
	inlayThen?: { id?: string; systemPresence?: string };
}

export interface WireRoutingStatus {
	status?: string;
	startTime?: string;
}

export interface WireStation {
	id: string;
	name?: string;
	type?: string;
	status?: string;
	userId?: string;
	webRtcUserId?: string;
}

export interface WireUserStations {
	associatedStation?: WireStation | null;
	effectiveStation?: WireStation | null;
}

export interface WireUser {
	id: string;
	name?: string;
	email?: string;
	chat?: { jabberId?: string };
	presence?: WirePresence;
	routingStatus?: WireRoutingStatus;
	station?: WireUserStations;
	authorization?: { permissions?: string[] };
	languagePreference?: string;
	addresses?: Array<{ mediaType?: string; address?: string; extension?: string }>;
	/** Ours, by `expand`: a call to them would ring somewhere. */
	inlayReachable?: boolean;
	/** Ours, by `expand`: their direct calls go elsewhere. */
	inlayForwards?: boolean;
	/** By `expand`: what they have in hand, per medium. */
	conversationSummary?: { call?: { contactCenter?: { active?: number }; enterprise?: { active?: number } } };
}

export interface WireGroup {
	id: string;
	name?: string;
}

export interface WirePresenceDefinition {
	id: string;
	name?: string;
	systemPresence?: string;
	primary?: boolean;
	deactivated?: boolean;
	languageLabels?: Record<string, string>;
}

export interface WireQueue {
	id: string;
	agentOwnedRouting?: { enableAgentOwnedCallbacks?: boolean };
	mediaSettings?: { callback?: { inlayQueueChoice?: boolean } };
	name?: string;
	joined?: boolean;
}

export interface WireWrapupCode {
	id: string;
	name?: string;
}

/** A page of a list. */
export interface WireList<T> {
	entities?: T[];
	total?: number;
	pageCount?: number;
}
