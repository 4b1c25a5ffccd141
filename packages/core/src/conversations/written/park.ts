import { badField } from "../../kernel/http/api-error.ts";
import { type Conversation, communicationOf, isConnected, isParked, isStaff, type Participant } from "../model.ts";
import { illegalState } from "../refusals.ts";
import { stamp, type TransitionContext } from "../transitions/context.ts";

/** Unless the agent says until when, ms; and at most. */
const usualMs = 72 * 3_600_000;
const mostMs = 30 * 24 * 3_600_000;

/**
 * An agent puts aside what they have in hand (agent-features 8.2): it is theirs still, and counts against nothing they take
 * beside it. @throws ApiError 400 for what nobody has in hand, and for a time that has gone by or is too far
 */
export function park(participant: Participant, until: string | undefined, context: TransitionContext): void {
	if (!isStaff(participant) || !isConnected(participant))
		throw illegalState("Only what somebody has in hand is parked: it is {state}.", {
			state: communicationOf(participant).state,
		});
	const now = context.now.getTime();
	const resume = until === undefined ? now + usualMs : Date.parse(until);
	if (!(resume > now && resume <= now + mostMs))
		throw badField("resumeTime", "resumeTime must be within the next 30 days.");
	const part = communicationOf(participant);
	part.state = "parked";
	part.parkTime = stamp(context);
	part.resumeTime = new Date(resume).toISOString();
	participant.internal.due = part.resumeTime;
}

/** Its agent has it in hand again. Of what is not parked nothing happens. */
export function unpark(participant: Participant): void {
	if (!isParked(participant)) return;
	const part = communicationOf(participant);
	part.state = "connected";
	part.parkTime = undefined;
	part.resumeTime = undefined;
	participant.internal.due = undefined;
}

/** Whoever has put it aside has it in hand again: the customer has written. */
export function unparkAll(draft: Conversation): void {
	for (const one of draft.participants) unpark(one);
}

/** What is done with a parked interaction begins with taking it up again, so that nothing else needs to know of it. */
const takesUp: ReadonlySet<string> = new Set(["answer", "leave", "end", "replace", "hold", "user.ended"]);

/** @param participant the one whom the command names; absent where it is about all */
export function takeUpFor(type: string, draft: Conversation, participant: Participant | undefined): void {
	if (!takesUp.has(type)) return;
	if (participant) unpark(participant);
	else unparkAll(draft);
}
