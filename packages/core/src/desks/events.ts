import { deskTopic } from "@inlay/contract";
import type { NewEvent } from "../kernel/events/event-log.ts";
import type { DeskEntry, DeskLease } from "./model.ts";
import { entryView, leaseView } from "./views.ts";

/** `desk.written`: the agent's other panels show the same. The log keeps no notes beyond what it announces. */
export function deskWritten(userId: string, entry: DeskEntry): NewEvent {
	return deskEvent("desk.written", userId, { entry: entryView(entry) });
}

/** Data of `desk.led`. */
export interface DeskLed {
	/** By a click, away from a panel that is there: the call's sound follows. */
	takenOver: boolean;
	/** Nobody leads any more: whether the page of the one that led was closed, and was not loaded anew, or it was lost. */
	closed?: boolean;
}

/** `desk.led`: which panel leads from now on; none after the leader has gone. */
export function deskLed(userId: string, lease: DeskLease | undefined, data: DeskLed = { takenOver: false }): NewEvent {
	return { ...deskEvent("desk.led", userId, { leader: lease ? leaseView(lease) : null }), data };
}

/** `desk.calls.seen`: no missed call from before is news any more, in any of the agent's panels. */
export function callsSeen(userId: string, at: Date): NewEvent {
	return deskEvent("desk.calls.seen", userId, { callsSeenAt: at.toISOString() });
}

function deskEvent(type: string, userId: string, eventBody: unknown): NewEvent {
	return {
		type,
		entityType: "desk",
		entityId: userId,
		actor: { userId },
		announcements: [{ topics: [deskTopic(userId)], eventBody }],
	};
}
