import type { CallbackView } from "@inlay/contract";

/** How long before somebody is warned, in ms (agent-features 3). */
const warningMs = 15 * 60_000;

export interface Soon {
	callback: CallbackView;
	/** It is due then; or until then it is the agent's alone. */
	of: "due" | "owner";
	at: number;
}

/** What of the agent's own callbacks is due, or goes to others, within 15 minutes; the earliest first. */
export function soonOf(callbacks: Iterable<CallbackView>, userId: string, now: number): Soon[] {
	const found: Soon[] = [];
	for (const callback of callbacks) {
		const { state, ownerId, preferredId, scheduledAt, ownedUntil } = callback;
		if ((ownerId ?? preferredId) !== userId) continue;
		if (state === "scheduled") found.push({ callback, of: "due", at: Date.parse(scheduledAt) });
		else if (state === "waiting" && ownedUntil) found.push({ callback, of: "owner", at: Date.parse(ownedUntil) });
	}
	return found.filter(({ at }) => at - now <= warningMs && at > now).toSorted((a, b) => a.at - b.at);
}
