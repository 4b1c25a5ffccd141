import { isMissed } from "../../session/recent-calls.ts";
import type { Workspace } from "../../shell/workspace.ts";

/** Calls that the agent has missed since they looked last, in whichever panel. */
export function missedOf({ session }: Workspace): number {
	const since = session.desk.callsSeenAt.value ?? "";
	return session.recent.all.value.filter(
		(call) => call.direction === "inbound" && isMissed(call) && (call.endTime ?? call.startTime) > since,
	).length;
}
