import type { SignedOutReason } from "../boot/phase.ts";
import type { LiveInteraction } from "../session/interaction.ts";

/** Of a call that the agent was in as their session ended. */
type CallLeft = Pick<LiveInteraction, "direction" | "queueId">;

export type AwayText = "awayKept" | "awayQueue" | "awayEnds" | "awayCalls" | "awayElsewhere";

/**
 * What becomes of the agent's calls when their session has ended, as the server does it (core's `desks/hand-back.ts` and
 * `transitions/user-ended.ts`): what came from a queue waits there again, anything else ends. Another session of the same
 * agent keeps them, unless there can be none.
 * @returns the texts to be read, in order
 */
export function awayTexts(reason: SignedOutReason, calls: readonly CallLeft[]): AwayText[] {
	const [first, ...more] = calls;
	if (!first) return ["awayKept"];
	const cameFromQueue = first.queueId !== undefined && first.direction === "inbound";
	const what = more.length > 0 ? "awayCalls" : cameFromQueue ? "awayQueue" : "awayEnds";
	if (reason === "Deactivated") return [what];
	return reason === "Ended" ? [what, "awayKept"] : [what, "awayElsewhere", "awayKept"];
}

const lastMinuteMs = 60_000;

/**
 * How much time is left as it is spoken: at the beginning, when a minute is left, and at the end.
 * @param leftMs what is left now, milliseconds
 * @param firstMs what was left when it was first said
 */
export function spokenLeft(leftMs: number, firstMs: number): number {
	if (leftMs <= 0) return 0;
	return leftMs > lastMinuteMs ? firstMs : Math.min(firstMs, lastMinuteMs);
}
