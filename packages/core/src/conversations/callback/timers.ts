import type { MediumChange, Timer } from "../medium.ts";
import { type Conversation, communicationOf, waitingAcd } from "../model.ts";
import { customerOf, factsOf } from "./model.ts";

/** Whoever is to make a callback hears of it before it is due, and before others get it. */
export const callbackWarningJob = "conversations.callback.warning";
/** The number of one that was accepted is called by itself. */
export const autoDialJob = "conversations.callback.auto-dial";
/** One whose call is over ends by itself. */
export const autoEndJob = "conversations.callback.auto-end";

/** How long before, in ms (agent-features 3: "owner is warned 15 minutes before both"). */
const warningMs = 15 * 60_000;

export function callbackTimers({ before, after }: MediumChange): Timer[] {
	if (!after.internal.facts) return [];
	const were = before && timesOf(before);
	const { warning, dial, end } = timesOf(after);
	const common = { key: after.id, payload: { conversationId: after.id } };
	return [
		{ ...common, kind: callbackWarningJob, was: were?.warning, is: warning, byCalendar: true },
		{ ...common, kind: autoDialJob, was: were?.dial, is: dial },
		{ ...common, kind: autoEndJob, was: were?.end, is: end },
	];
}

function timesOf(conversation: Conversation) {
	const { dialsAt, endsAt } = factsOf(conversation);
	return { warning: warningOf(conversation)?.at, dial: dialsAt, end: endsAt };
}

/** When whom it is for is warned, and of what; nobody of what they have only just chosen. */
export function warningOf(conversation: Conversation): { at: string; of: "due" | "owner"; userId: string } | undefined {
	const { ownerId, preferredId, scheduledAt, ownedUntil, agreedAt = "" } = factsOf(conversation);
	const userId = ownerId ?? preferredId;
	if (userId === undefined || conversation.endTime) return undefined;
	const before = (time: string) => new Date(Date.parse(time) - warningMs).toISOString();
	if (communicationOf(customerOf(conversation)).state === "scheduled") {
		const at = before(scheduledAt);
		return at > agreedAt ? { at, of: "due", userId } : undefined;
	}
	return ownedUntil && waitingAcd(conversation) ? { at: before(ownedUntil), of: "owner", userId } : undefined;
}
