import { defaultWrapupCodeId } from "../../routing/wrapup-model.ts";
import type { Wrapup } from "../communication.ts";
import { communicationOf, isInAfterCallWork, isLive, type Participant } from "../model.ts";
import { illegalState } from "../refusals.ts";
import { stamp, type TransitionContext } from "./context.ts";

/** Stands in when the agent let the time for a code pass. */
const defaultCode = { code: defaultWrapupCodeId, name: "Default Wrap-up Code" };

/** The agent's call has ended: after-call work begins where the queue asks for it (platform-api 5.3). */
export function beginAfterCallWork(participant: Participant, hasTalked: boolean, context: TransitionContext): void {
	const call = communicationOf(participant);
	if (!participant.wrapupRequired || !hasTalked) {
		call.afterCallWork = { state: "notApplicable" };
		call.afterCallWorkRequired = false;
		participant.wrapupRequired = false;
		return;
	}
	participant.startAcwTime = stamp(context);
	call.afterCallWork = { state: "pending", startTime: stamp(context) };
	limitAfterCallWork(participant, context);
	if (isGiven(participant.wrapup) && participant.wrapupPrompt !== "forcedTimeout")
		finish(participant, "complete", context);
}

/** The agent wants time after the call, or does without it again, where the queue leaves it to them. */
export function requestAfterCallWork(participant: Participant, wanted: boolean): void {
	if (participant.wrapupPrompt !== "agentRequested")
		throw illegalState("The queue does not leave it to agents whether there is after-call work.");
	if (!isLive(participant)) throw illegalState("After-call work is asked for while the call goes on.");
	participant.wrapupRequired = wanted;
	communicationOf(participant).afterCallWorkRequired = wanted;
}

const limited: ReadonlySet<string | undefined> = new Set(["timeout", "forcedTimeout", "agentRequested"]);

function limitAfterCallWork(participant: Participant, context: TransitionContext): void {
	const isLimited = limited.has(participant.wrapupPrompt);
	if (!isLimited || participant.wrapupTimeoutMs === undefined) return;
	participant.internal.acwDeadline = new Date(context.now.getTime() + participant.wrapupTimeoutMs).toISOString();
}

/** Stores the agent's wrap-up. It ends after-call work, unless it is provisional or the queue wants the whole time used. */
export function applyWrapup(participant: Participant, wrapup: Wrapup, context: TransitionContext): void {
	if (participant.purpose !== "agent" || !participant.queueId) {
		throw illegalState("Only an agent who works for a queue wraps up.");
	}
	if (communicationOf(participant).connectedTime === undefined)
		throw illegalState("There is nothing to wrap up: the call was never connected.");
	if (!wrapup.code && !wrapup.notes && !wrapup.provisional) throw illegalState("A wrap-up needs a code.");
	if (isFinished(participant)) {
		if (isSame(participant.wrapup, wrapup)) return;
		throw illegalState("The wrap-up is finished and is not overwritten.");
	}
	store(participant, withTimes(participant, wrapup, context));
	if (isInAfterCallWork(participant) && isGiven(participant.wrapup) && participant.wrapupPrompt !== "forcedTimeout") {
		finish(participant, "complete", context);
	}
}

/** Reports and call logs have been made of it: what was said then stays. */
function isFinished(participant: Participant): boolean {
	return !isLive(participant) && !isInAfterCallWork(participant) && isGiven(participant.wrapup);
}

/** Sent again, by a client that has not seen the answer. */
function isSame(before: Wrapup | undefined, sent: Wrapup): boolean {
	const said = ({ code, notes, tags }: Wrapup) => JSON.stringify([code, notes ?? "", tags ?? []]);
	return before !== undefined && !sent.provisional && said(before) === said(sent);
}

function withTimes(participant: Participant, wrapup: Wrapup, context: TransitionContext): Wrapup {
	const since = participant.startAcwTime ? Date.parse(participant.startAcwTime) : context.now.getTime();
	return {
		...wrapup,
		provisional: wrapup.provisional ?? false,
		durationSeconds: wrapup.durationSeconds ?? Math.round((context.now.getTime() - since) / 1000),
		endTime: wrapup.endTime ?? stamp(context),
	};
}

function store(participant: Participant, wrapup: Wrapup): void {
	participant.wrapup = wrapup;
	communicationOf(participant).wrapup = wrapup;
}

function isGiven(wrapup: Wrapup | undefined): boolean {
	return wrapup?.code !== undefined && wrapup.provisional !== true;
}

/** The agent does without a wrap-up, where the queue leaves it to them. */
export function skipWrapup(participant: Participant, context: TransitionContext): void {
	if (participant.purpose !== "agent" || !participant.queueId) throw illegalState("This party has no wrap-up to skip.");
	if (participant.wrapupPrompt === "mandatory" || participant.wrapupPrompt === "forcedTimeout") {
		throw illegalState("The queue {queue} does not let agents skip the wrap-up.", {
			queue: participant.queueName ?? participant.queueId,
		});
	}
	if (isLive(participant)) throw illegalState("The wrap-up can be skipped once the call has ended.");
	participant.wrapupSkipped = true;
	if (isInAfterCallWork(participant)) finish(participant, "skipped", context);
}

/** The time for after-call work is over. */
export function afterCallWorkTimedOut(participant: Participant, context: TransitionContext): void {
	if (!isInAfterCallWork(participant)) return;
	if (!participant.wrapup?.code)
		store(participant, withTimes(participant, { ...participant.wrapup, ...defaultCode }, context));
	store(participant, { ...participant.wrapup, provisional: false });
	finish(participant, "complete", context);
}

/** The interaction comes back to the agent: what they would have noted now is noted after its new end. */
export function withdrawAfterCallWork(participant: Participant, context: TransitionContext): void {
	if (isInAfterCallWork(participant)) finish(participant, "skipped", context);
}

function finish(participant: Participant, state: "complete" | "skipped", context: TransitionContext): void {
	const call = communicationOf(participant);
	participant.endAcwTime = stamp(context);
	participant.wrapupRequired = false;
	participant.internal.acwDeadline = undefined;
	call.afterCallWorkRequired = false;
	call.afterCallWork = { ...call.afterCallWork, state, endTime: stamp(context) };
}
