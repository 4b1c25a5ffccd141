import {
	type Conversation,
	communicationOf,
	isConnected,
	isInAfterCallWork,
	isLive,
	isParked,
	livePartOf,
	owesWork,
	type Participant,
} from "../model.ts";
import { settleEarlierWork } from "./after-call-work.ts";
import type { TransitionContext } from "./context.ts";
import { workForQueue } from "./parties.ts";
import { queueWorkedFor } from "./queueing.ts";

/**
 * Whoever takes part again owes nothing of an earlier part: what was to be noted of it is noted after the later one, once
 * for the agent and the interaction. Nobody is kept from work by a part that no panel shows.
 */
export function carryWorkOver(draft: Conversation, context: TransitionContext): void {
	for (const earlier of draft.participants) {
		if (isLive(earlier) || !isInAfterCallWork(earlier)) continue;
		const later = draft.participants.find((one) => one.userId === earlier.userId && takesPart(one));
		if (later) carry(draft, earlier, later, context);
	}
}

/** The interaction comes back to whoever has left it: until they have taken it, or not, nothing of their work becomes final by itself. */
export function ringsAgain(draft: Conversation, { userId }: Participant): boolean {
	return userId !== undefined && livePartOf(draft, userId) !== undefined;
}

/** Ringing alone changes nothing: who does not answer still owes what they owed. */
function takesPart(participant: Participant): boolean {
	return participant.userId !== undefined && (isConnected(participant) || isParked(participant));
}

function carry(draft: Conversation, earlier: Participant, later: Participant, context: TransitionContext): void {
	const isOwed = owesWork(earlier);
	const begun = earlier.wrapup;
	const isNoted = settleEarlierWork(earlier, context);
	if (isNoted) return;
	const queue = queueWorkedFor(draft, earlier);
	// Who was only added would have nothing to wrap up.
	if (later.purpose === "user" && queue) workForQueue(later, queue);
	if (isOwed && !later.wrapupRequired) askAs(earlier, later);
	if (!begun || later.wrapup) return;
	later.wrapup = begun;
	communicationOf(later).wrapup = begun;
}

/** What was asked of the agent is asked still, though the queue of the later part would not. */
function askAs({ wrapupPrompt, wrapupTimeoutMs }: Participant, later: Participant): void {
	later.wrapupRequired = true;
	communicationOf(later).afterCallWorkRequired = true;
	if (wrapupPrompt !== undefined) later.wrapupPrompt = wrapupPrompt;
	if (wrapupTimeoutMs !== undefined) later.wrapupTimeoutMs = wrapupTimeoutMs;
}
