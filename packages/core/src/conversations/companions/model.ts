import type { CommunicationState, DisconnectType } from "../communication.ts";

/**
 * What runs beside an interaction and no longer than it: nobody takes part by it, and it has no queue, no after-call work and
 * no rules of its own here. The domain whose it is says how it stands (`service.ts`).
 */
export interface Companion {
	/** Of the party's part in it. */
	id: string;
	state: CommunicationState | "offering";
	initialState: CommunicationState | "offering";
	provider: string;
	connectedTime?: string;
	disconnectedTime?: string;
	disconnectType?: DisconnectType;
	afterCallWorkRequired: boolean;
}

/** The customer shares a page, and the agent sees it (platform-api Appendix A, `Cobrowsesession`). */
export interface CobrowsePart extends Companion {
	cobrowseSessionId: string;
	cobrowseRole: "sharer" | "viewer";
	/** Participants who may act in the page. */
	controlling: string[];
	viewerUrl?: string;
}

/** What participants have beside their communications, by the platform's lists. */
export interface Companions {
	cobrowsesessions?: CobrowsePart[];
}

export const companionLists = ["cobrowsesessions"] as const satisfies ReadonlyArray<keyof Companions>;

/** Topics and paths call them so. */
export const companionWords: Readonly<Record<keyof Companions, { topic: string }>> = {
	cobrowsesessions: { topic: "cobrowseSessions" },
};

/** Keeps a party's part as it is by now: a new one, or the one of that id. */
export function keepCompanion<List extends keyof Companions>(
	parts: Companions[List],
	part: NonNullable<Companions[List]>[number],
): NonNullable<Companions[List]> {
	return [...(parts ?? []).filter(({ id }) => id !== part.id), part] as NonNullable<Companions[List]>;
}
