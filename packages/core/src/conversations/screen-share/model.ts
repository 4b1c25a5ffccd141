import type { ScreenShareEnd, ScreenShareState, ScreenShower, ScreenSurface } from "@inlay/contract/screen-share";
import { type Conversation, findParticipant, isConnected } from "../model.ts";

/**
 * A screen that is, or was, shown within an interaction (agent-features 13). It is no medium of its own: nobody takes part by
 * it alone, and it ends with the interaction.
 */
export interface ScreenShare {
	/** Of the session. */
	id: string;
	shows: ScreenShower;
	state: ScreenShareState;
	/** Who of the organization has begun it, and the customer. */
	agent: ScreenParty;
	customer: ScreenParty;
	startTime: string;
	/** When a picture came first. */
	connectedTime?: string;
	endTime?: string;
	end?: ScreenShareEnd;
	surface?: ScreenSurface;
	width?: number;
	height?: number;
}

export interface ScreenParty {
	participantId: string;
	/** Of their part in it, as clients name communications. */
	communicationId: string;
}

/** What may change while it goes on. */
export type ScreenChange = Partial<Pick<ScreenShare, "state" | "surface" | "width" | "height">>;

/** As many of an interaction are remembered. */
export const mostRemembered = 10;

/** The one that goes on, if one does. */
export function liveScreenOf({ internal }: Conversation): ScreenShare | undefined {
	return internal.screenShares?.find(isLiveScreen);
}

export function isLiveScreen({ state }: Pick<ScreenShare, "state">): boolean {
	return state !== "ended";
}

/** Both are in the interaction. */
export function isHeldTogether(conversation: Conversation, { agent, customer }: ScreenShare): boolean {
	return [agent, customer].every(({ participantId }) => {
		const party = findParticipant(conversation, participantId);
		return party !== undefined && isConnected(party);
	});
}
