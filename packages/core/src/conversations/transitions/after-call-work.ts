import { skippedCode, timeoutCode } from "../../routing/wrapup-model.ts";
import { givenWrapup, type Wrapup } from "../communication.ts";
import { communicationOf, isInAfterCallWork, isLive, isOptionalWork, type Participant } from "../model.ts";
import { illegalState } from "../refusals.ts";
import { stamp, type TransitionContext } from "./context.ts";

/** The agent's call has ended: after-call work begins where the queue asks for it (platform-api 5.3). */
export function beginAfterCallWork(participant: Participant, hasTalked: boolean, context: TransitionContext): void {
	const call = communicationOf(participant);
	// What may be left undone is offered, and asks for nothing.
	const isOffered =
		participant.wrapupPrompt === "optional" && participant.purpose === "agent" && !isGiven(participant.wrapup);
	if (!(participant.wrapupRequired || isOffered) || !hasTalked) {
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
		if (wrapup.provisional || !wrapup.code || !isLeftEmpty(participant))
			throw illegalState("The wrap-up is finished and is not overwritten.");
		participant.wrapupSkipped = false;
		communicationOf(participant).afterCallWork = { ...communicationOf(participant).afterCallWork, state: "complete" };
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

/** Nobody has said anything yet: who left it empty by mistake may still say it, once. */
function isLeftEmpty({ wrapupSkipped, wrapup }: Participant): boolean {
	return wrapupSkipped === true && wrapup?.code === skippedCode;
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

/** The work has lasted until now, whenever the last word of it was kept. */
function withWholeTime(participant: Participant, wrapup: Wrapup, context: TransitionContext): Wrapup {
	const { durationSeconds: _until, endTime: _then, ...said } = wrapup;
	return withTimes(participant, said, context);
}

function store(participant: Participant, wrapup: Wrapup): void {
	participant.wrapup = wrapup;
	communicationOf(participant).wrapup = wrapup;
}

function isGiven(wrapup: Wrapup | undefined): boolean {
	return givenWrapup(wrapup)?.code !== undefined;
}

/** The agent does without a wrap-up, where the queue leaves it to them. What they had chosen is kept. */
export function skipWrapup(participant: Participant, context: TransitionContext): void {
	if (participant.purpose !== "agent" || !participant.queueId) throw illegalState("This party has no wrap-up to skip.");
	if (participant.wrapupPrompt === "mandatory" || participant.wrapupPrompt === "forcedTimeout") {
		throw illegalState("The queue {queue} does not let agents skip the wrap-up.", {
			queue: participant.queueName ?? participant.queueId,
		});
	}
	if (isLive(participant)) throw illegalState("The wrap-up can be skipped once the call has ended.");
	// Asked again, or too late: what was wanted has happened.
	if (participant.wrapupSkipped && !isInAfterCallWork(participant)) return;
	if (isFinished(participant)) throw illegalState("The wrap-up is finished and is not overwritten.");
	if (isInAfterCallWork(participant)) leaveAsItIs(participant, context);
	else participant.wrapupSkipped = true;
}

/**
 * However the work comes to be left, by Skip or the next interaction: what was chosen and noted is kept, and where no code was,
 * reports say so (agent-features section 1).
 */
function leaveAsItIs(participant: Participant, context: TransitionContext): void {
	const isEmpty = !participant.wrapup?.code;
	const left = { ...participant.wrapup, ...(isEmpty ? codeOf(skippedCode) : {}), provisional: false };
	store(participant, withWholeTime(participant, left, context));
	if (isEmpty) participant.wrapupSkipped = true;
	finish(participant, isEmpty ? "skipped" : "complete", context);
}

/** The time for after-call work is over. */
export function afterCallWorkTimedOut(participant: Participant, context: TransitionContext): void {
	if (!isInAfterCallWork(participant)) return;
	const code = participant.wrapup?.code ? {} : codeOf(timeoutCode);
	store(participant, withWholeTime(participant, { ...participant.wrapup, ...code, provisional: false }, context));
	finish(participant, "complete", context);
}

/** So late it ends only where the server was away, ms: the agent could neither finish nor ask for more time meanwhile. */
const lateMs = 5_000;

/**
 * The time is over, as its timer says. After an outage the agent has half a minute yet, and while the interaction rings them
 * again: once they take it, the work is that of the later part (`carried-work.ts`).
 */
export function afterCallWorkEnds(participant: Participant, ringsAgain: boolean, context: TransitionContext): void {
	const { acwDeadline } = participant.internal;
	const now = context.now.getTime();
	if (!acwDeadline || (now - Date.parse(acwDeadline) < lateMs && !ringsAgain)) {
		afterCallWorkTimedOut(participant, context);
		return;
	}
	const end = now + extensionMs;
	participant.internal.acwDeadline = new Date(end).toISOString();
	if (participant.startAcwTime) participant.wrapupTimeoutMs = end - Date.parse(participant.startAcwTime);
}

/** The agent has taken the next interaction: what may be done without is done without (agent-features section 1, OPTIONAL). */
export function leaveOptionalWork(participant: Participant, ringsAgain: boolean, context: TransitionContext): void {
	if (isOptionalWork(participant) && !ringsAgain) leaveAsItIs(participant, context);
}

/** By which an agent may put off the end of timed after-call work, ms. */
export const extensionMs = 30_000;

/** The agent needs more time for the work after the call. @param most how often the organization lets them */
export function extendAfterCallWork(participant: Participant, most: number): void {
	const { acwDeadline, acwExtensions = 0 } = participant.internal;
	if (!isInAfterCallWork(participant) || acwDeadline === undefined)
		throw illegalState("There is no after-call work with an end that could be put off.");
	if (acwExtensions >= most)
		throw illegalState("The time for after-call work was extended {count} times already.", {
			count: String(acwExtensions),
		});
	participant.internal.acwExtensions = acwExtensions + 1;
	participant.internal.acwDeadline = new Date(Date.parse(acwDeadline) + extensionMs).toISOString();
	participant.wrapupTimeoutMs = (participant.wrapupTimeoutMs ?? 0) + extensionMs;
}

/** System codes go by their own name. */
const codeOf = (code: string) => ({ code, name: code });

/**
 * The agent takes part again: the work of an earlier part is over.
 * @returns whether its wrap-up had been given, and only the time had to pass
 */
export function settleEarlierWork(earlier: Participant, context: TransitionContext): boolean {
	const isNoted = isGiven(earlier.wrapup);
	finish(earlier, isNoted ? "complete" : "skipped", context);
	return isNoted;
}

function finish(participant: Participant, state: "complete" | "skipped", context: TransitionContext): void {
	const call = communicationOf(participant);
	participant.endAcwTime = stamp(context);
	participant.wrapupRequired = false;
	participant.internal.acwDeadline = undefined;
	if (state === "skipped") takeBackProvisional(participant);
	call.afterCallWorkRequired = false;
	call.afterCallWork = { ...call.afterCallWork, state, endTime: stamp(context) };
}

/** Of an earlier part ({@link settleEarlierWork}): what was begun is noted with the later one. */
function takeBackProvisional(participant: Participant): void {
	if (givenWrapup(participant.wrapup)) return;
	delete participant.wrapup;
	delete communicationOf(participant).wrapup;
}
