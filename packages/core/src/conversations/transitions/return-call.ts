import {
	type Conversation,
	communicationOf,
	directAlertingMs,
	findParticipant,
	isConnected,
	isLive,
	isOutside,
	isStaff,
	type Participant,
	placeOf,
} from "../model.ts";
import type { Life } from "./context.ts";
import { enterQueue, queueWorkedFor, ring } from "./queueing.ts";

/**
 * Whom a transfer or an addition was to reach was not reached, and the one who was handed over is alone: they come back to
 * the agent who handed them over, or to the agent's queue when the agent cannot be rung. Once they take it, the
 * after-call work comes after the new end, with what they have begun to note; until then nothing of it becomes final by itself
 * (`carried-work.ts`).
 */
export function bringBack(draft: Conversation, lost: Participant, context: Life): void {
	const source =
		findParticipant(draft, communicationOf(lost).transferSource ?? "") ??
		whoHandedThemOver(draft) ??
		whoLeftThem(draft, lost);
	if (!source?.userId || isLive(source) || !isSomebodyAlone(draft)) return;
	const queue = queueWorkedFor(draft, source);
	const isRinging = context.isRinging?.(source.userId) ?? false;
	const isReachable = context.isReachable?.(source.userId) ?? true;
	if (queue && (isRinging || !isReachable)) enterQueue(draft, queue, context, placeOf(draft));
	else if (!isRinging) ringAgain(draft, source, context);
}

/**
 * A transfer reached nobody while somebody whom its victim had added meanwhile was still called in vain: it comes back now,
 * unless it has already, or the victim has talked with others since.
 */
function whoHandedThemOver(draft: Conversation): Participant | undefined {
	const at = draft.participants.findLastIndex((one) => communicationOf(one).transferSource !== undefined);
	const called = draft.participants[at];
	if (!called || isLive(called) || communicationOf(called).connectedTime) return undefined;
	const source = findParticipant(draft, communicationOf(called).transferSource ?? "");
	const since = draft.participants.slice(at + 1);
	const isOver = since.some((one) => one.userId === source?.userId || communicationOf(one).connectedTime !== undefined);
	return isOver ? undefined : source;
}

/**
 * Somebody outside was left with a party that was added and has not answered: by the last one who talked with them. Who has
 * been rung for that in vain is not rung once more.
 */
function whoLeftThem(draft: Conversation, lost: Participant): Participant | undefined {
	const [alone] = draft.participants.filter(isLive);
	if (!alone || !isOutside(alone)) return undefined;
	const talked = draft.participants.filter((one) => isStaff(one) && !isLive(one) && communicationOf(one).connectedTime);
	const last = talked.toSorted((a, b) => Date.parse(a.endTime ?? "") - Date.parse(b.endTime ?? "")).at(-1);
	return last?.userId === lost.userId ? undefined : last;
}

function ringAgain(draft: Conversation, source: Participant, context: Life): void {
	const { userId = "", name = "" } = source;
	const queue = queueWorkedFor(draft, source);
	const added = ring(
		draft,
		{
			purpose: queue ? "agent" : "user",
			userId,
			name,
			divisionId: source.internal.divisions?.user,
			timeoutMs: directAlertingMs,
			...(queue ? { queue } : {}),
		},
		context,
	);
	if (queue) added.internal.fallbackQueue = queue;
}

/** One party is left who has talked, and waits for nobody. */
export function isSomebodyAlone(draft: Conversation): boolean {
	const [one, ...others] = draft.participants.filter(isLive);
	return one !== undefined && one.purpose !== "acd" && isConnected(one) && others.length === 0;
}
