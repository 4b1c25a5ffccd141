import type { CobrowseEnd, CobrowseState, CobrowseView } from "@inlay/contract/cobrowse/session";

/** A session of co-browsing as it is kept: who shares with whom, and how far it is. Nothing of what is shared is (agent-features 12). */
export interface CobrowseSession {
	id: string;
	conversationId: string;
	/** The agent, and the part by which they and the customer are in the conversation. */
	userId: string;
	agentName: string;
	agentParticipantId: string;
	customerParticipantId: string;
	communicationType: CobrowseView["communicationType"];
	/** The messenger by which the customer shares, once one does. */
	deploymentId?: string;
	/** Nine digits, until they are used or over: a hash of so few would be found out in a second. */
	code?: string;
	/** SHA-256 of the secret by which the customer's pages come again. */
	shareKeyHash?: string;
	/** Likewise of the viewer's, and the token of the agent's by which it was asked for: it opens nothing once that has ended. */
	viewerKeyHash?: string;
	viewerToken?: string;
	state: CobrowseState;
	/** No page of the customer's is connected. */
	isAway: boolean;
	offeredAt: Date;
	/** When it ends by itself: as an offer, or because no page came back. */
	dueAt?: Date;
	/** Its interaction has ended: when it ends after that. */
	overAt?: Date;
	endedBy?: "agent" | "customer" | "system";
	endedWhy?: CobrowseEnd;
	endedAt?: Date;
}

/** How long an offer stands, and how long a page may be away, ms (agent-features 12, "States"). */
export const offerMs = 10 * 60_000;
export const awayMs = 30_000;
/** Where a messenger's settings let it, a session goes on for so long after its interaction, ms. */
export const outlivesMs = 2 * 60_000;

/** Wrong codes of one address within a time (agent-features 12, "Data"). */
export const wrongCodes = { most: 5, ms: 10 * 60_000 };

export function isLive({ state }: Pick<CobrowseSession, "state">): boolean {
	return state !== "ended";
}

/** The customer has agreed: pages are, or were, connected. */
export function isShared({ state }: Pick<CobrowseSession, "state">): boolean {
	return state !== "ended" && state !== "offered" && state !== "accepted";
}

/** As its agent sees it. */
export function viewOf(session: CobrowseSession): CobrowseView {
	const { id, conversationId, agentParticipantId, communicationType, state, code, offeredAt, isAway, endedWhy } =
		session;
	return {
		id,
		conversationId,
		participantId: agentParticipantId,
		communicationType,
		state,
		...(code && state === "offered" ? { joinCode: code } : {}),
		dateOfferEnds: new Date(offeredAt.getTime() + offerMs).toISOString(),
		isAway,
		...(endedWhy ? { endedWhy } : {}),
	};
}
