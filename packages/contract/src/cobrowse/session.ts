/** How far a session of co-browsing is (agent-features 12): `accepted` by code, and not agreed to yet; `connecting` until a page is seen. */
export const cobrowseStates = [
	"offered",
	"accepted",
	"connecting",
	"viewing",
	"controlling",
	"paused",
	"ended",
] as const;
export type CobrowseState = (typeof cobrowseStates)[number];

/** Why a session ended. `left`: no page of the customer's has come back; `rights`: the agent may see no pages any more; `off`: the messenger lets no pages be shared any more. */
export const cobrowseEnds = [
	"declined",
	"expired",
	"agent",
	"customer",
	"left",
	"interaction",
	"replaced",
	"rights",
	"off",
] as const;
export type CobrowseEnd = (typeof cobrowseEnds)[number];

/** A session as its agent sees it (`GET /api/inlay/v1/cobrowse/conversations/{conversationId}`, and on {@link cobrowseTopic}). */
export interface CobrowseView {
	id: string;
	conversationId: string;
	/** The agent's part in it, by which it was offered: of an earlier one nothing is said. */
	participantId?: string;
	/** By what the customer is asked: a code that the agent reads out, or the messenger. */
	communicationType: "Call" | "Message";
	state: CobrowseState;
	/** Nine digits; of a session that is offered. */
	joinCode?: string;
	/** ISO 8601: until when it can be accepted. */
	dateOfferEnds: string;
	/** No page of the customer's is there just now: it is waited for. */
	isAway: boolean;
	endedWhy?: CobrowseEnd;
}

/** Topic of the agent's own sessions, which nobody else may follow. */
export function cobrowseTopic(userId: string): string {
	return `v2.inlay.cobrowse.${userId}`;
}

/**
 * The guide's rows: each inner list suffices by itself, all of it held. Messages are what the guide calls web messaging
 * and, before it, chat.
 */
export const cobrowseRights: Readonly<Record<CobrowseView["communicationType"], ReadonlyArray<readonly string[]>>> = {
	Call: [
		["cobrowse:voice:escalate", "cobrowse:session:view"],
		["conversation:cobrowseVoice:add", "cobrowse:session:view"],
	],
	Message: [["conversation:cobrowse:add"], ["cobrowse:chat:escalate", "cobrowse:session:view"]],
};

/** Whether what somebody holds lets them offer co-browsing by that. */
export function mayCobrowse(by: CobrowseView["communicationType"], holds: (permission: string) => boolean): boolean {
	return cobrowseRights[by].some((rights) => rights.every((permission) => holds(permission)));
}
