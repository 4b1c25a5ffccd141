import type { ScreenShareEnd, ScreenShareState } from "@inlay/contract/screen-share";
import type { Conversation } from "../model.ts";
import { illegalState } from "../refusals.ts";
import { stamp, type TransitionContext } from "../transitions/context.ts";
import {
	isHeldTogether,
	isLiveScreen,
	liveScreenOf,
	mostRemembered,
	type ScreenChange,
	type ScreenShare,
} from "./model.ts";

/** What a shared screen goes through; `ended` comes by `endScreen` alone. */
const next: Readonly<Record<ScreenShareState, readonly ScreenShareState[]>> = {
	requested: ["choosing"],
	choosing: ["sharing"],
	sharing: ["paused"],
	paused: ["sharing"],
	ended: [],
};

/** @throws ApiError 400 where another one goes on */
export function beginScreen(draft: Conversation, share: ScreenShare): void {
	if (liveScreenOf(draft)) throw illegalState("A screen is being shared already.");
	const before = draft.internal.screenShares ?? [];
	draft.internal.screenShares = [...before, share].slice(-mostRemembered);
}

/** What comes too late, or is so already, changes nothing. */
export function changeScreen(draft: Conversation, shareId: string, change: ScreenChange, context: TransitionContext) {
	const share = found(draft, shareId);
	if (!share || !isLiveScreen(share)) return;
	const { state, ...facts } = change;
	Object.assign(share, facts);
	if (state === undefined || !next[share.state].includes(state)) return;
	share.state = state;
	if (state === "sharing") share.connectedTime ??= stamp(context);
}

export function endScreen(draft: Conversation, shareId: string, why: ScreenShareEnd, context: TransitionContext): void {
	const share = found(draft, shareId);
	if (!share || !isLiveScreen(share)) return;
	Object.assign(share, { state: "ended", end: why, endTime: stamp(context) });
}

/** Whoever leaves the interaction takes the shared screen with them. */
export function endLostScreen(draft: Conversation, context: TransitionContext): void {
	const share = liveScreenOf(draft);
	if (share && !isHeldTogether(draft, share)) endScreen(draft, share.id, "interaction.ended", context);
}

function found({ internal }: Conversation, shareId: string): ScreenShare | undefined {
	return internal.screenShares?.find(({ id }) => id === shareId);
}
