import type { Communication, Segment } from "../communication.ts";
import { type Conversation, communicationOf } from "../model.ts";
import { stamp, type TransitionContext } from "./context.ts";

/**
 * Brings every party's time line (`Call.segments` of the platform) up to what the party does now: what it did before ends,
 * and what it does begins. Doing the same goes on.
 */
export function keepTimeLines(draft: Conversation, context: TransitionContext): void {
	for (const participant of draft.participants) {
		const call = communicationOf(participant);
		const last = call.segments?.at(-1);
		const current = last?.endTime === undefined ? last : undefined;
		const activity = activityOf(call);
		if (current?.type === activity) continue;
		if (current) end(current, call, activity, context);
		if (activity) call.segments = [...(call.segments ?? []), { startTime: stamp(context), type: activity }];
	}
}

const activities: Readonly<Record<string, string>> = {
	alerting: "alert",
	dialing: "dialing",
	contacting: "contacting",
	connected: "interact",
	parked: "parked",
};

/** Undefined once the party has left. */
function activityOf(call: Communication): string | undefined {
	return call.held && call.state === "connected" ? "hold" : activities[call.state];
}

function end(segment: Segment, call: Communication, next: string | undefined, context: TransitionContext): void {
	segment.endTime = stamp(context);
	segment.howEnded = next ?? "disconnect";
	if (!next && call.disconnectType) segment.disconnectType = call.disconnectType;
}
