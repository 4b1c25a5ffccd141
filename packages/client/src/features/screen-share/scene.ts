import { type ShownScreenShare, screenSharePermission } from "@inlay/contract/screen-share";
import { isFromPage, isOutsideThere, type LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";

/** The latest screen of the interaction, as this agent's part in it. */
export interface ScreenScene {
	share: ShownScreenShare;
	/** This agent has begun it; else a colleague in the same interaction. */
	isOwn: boolean;
	isLive: boolean;
}

/** Calls that customers place from a page (core's voice/webcalls). */
const pageProvider = "Inlay Web";

/** Somewhere: the card asks `rightsThere` before it offers anything here. */
export function mayShare(workspace: Workspace): boolean {
	return workspace.can(screenSharePermission);
}

export function screenOf({ source, participantId, outsideId }: LiveInteraction): ScreenScene | undefined {
	const { participants = [] } = source;
	const part = participants.find(({ id }) => id === participantId);
	const own = part?.screenshares?.at(-1);
	const theirs = participants.find(({ id }) => id === outsideId)?.screenshares?.at(-1);
	const share = theirs?.inlayState === "ended" ? (own ?? theirs) : (theirs ?? own);
	if (!share) return undefined;
	// What ended before the agent had it, or had it again, is no news of theirs.
	if (share.inlayState === "ended" && (share.disconnectedTime ?? "") < (part?.startTime ?? "")) return undefined;
	return { share, isOwn: own?.context === share.context, isLive: share.inlayState !== "ended" };
}

/** The customer sits at a page of ours, and has not left: only by that a screen can be shared with them. */
export function isAtPage(call: LiveInteraction): boolean {
	const { source, outsideId } = call;
	if (!isOutsideThere(call)) return false;
	const customer = source.participants?.find(({ id }) => id === outsideId);
	return customer?.calls?.at(-1)?.provider === pageProvider || isFromPage(call);
}
