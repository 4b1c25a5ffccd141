import {
	type Conversation,
	communicationOf,
	findParticipant,
	isConnected,
	isLive,
	isStaff,
	livePartOf,
	type Participant,
} from "../../model.ts";
import { connectDialing } from "../../transitions/connect.ts";
import type { Life } from "../../transitions/context.ts";
import { close, leave } from "../../transitions/leave.ts";
import { ring } from "../../transitions/queueing.ts";
import { consultOf } from "../consult/model.ts";
import { dialOutside } from "../transitions/connect.ts";
import { type ForwardLeg, type ForwardRun, type ForwardTarget, legsOf, partForwarded } from "./model.ts";

/** Calls whoever is to be called for somebody; lets the others go once one of them has taken the call. */
export function followForwarding(draft: Conversation, life: Life): void {
	for (const part of [...draft.participants]) {
		const run = part.internal.forwardRun;
		if (!run) continue;
		if (draft.endTime) part.internal.forwardRun = undefined;
		else if (run.step < 0) begin(draft, part, run, life);
		else if (legsOf(draft, part.id).some(isConnected)) taken(draft, part, life);
		// Whoever had them called has let go of them all, as by cancelling a consult.
		else if (legsOf(draft, part.id).length === 0) part.internal.forwardRun = undefined;
	}
}

/** Nobody is left to be called: as if the phone of whom it was for had rung in vain. */
function begin(draft: Conversation, part: Participant, run: ForwardRun, life: Life): void {
	if (!nextStep(draft, part, run, life)) {
		part.internal.forwardRun = undefined;
		leave(draft, part, "transfer.notavailable", life);
	} else if (!part.internal.forwardLeg) close(draft, part, "transfer.forward", life);
}

/**
 * Somebody who was called for another one has left without having taken the call.
 * @returns whether others are called, so that nothing else follows from it
 */
export function leftForwarding(draft: Conversation, participant: Participant, life: Life): boolean {
	const part = partForwarded(draft, participant);
	const run = part?.internal.forwardRun;
	if (!part || !run) return false;
	if (legsOf(draft, part.id).length > 0 || nextStep(draft, part, run, life)) {
		moveConsult(draft, part, legsOf(draft, part.id)[0]);
		return true;
	}
	part.internal.forwardRun = undefined;
	moveConsult(draft, part, participant);
	settleTransfers(draft, part, "Failed");
	return false;
}

/** @returns whether somebody is called now */
function nextStep(draft: Conversation, part: Participant, run: ForwardRun, life: Life): boolean {
	const { steps } = run.forwarding;
	while (++run.step < steps.length) {
		const targets = steps[run.step]?.targets ?? [];
		for (const target of targets) callTarget(draft, part, run, target, life);
		const [first] = legsOf(draft, part.id);
		if (!first) continue;
		moveConsult(draft, part, first);
		return true;
	}
	return false;
}

function callTarget(draft: Conversation, part: Participant, run: ForwardRun, target: ForwardTarget, life: Life): void {
	const leg: ForwardLeg = { partId: part.id, userId: part.userId ?? "" };
	const until = new Date(life.now.getTime() + run.forwarding.ringMs).toISOString();
	const called = target.kind === "number" ? callNumber(draft, part, target, life) : ringUser(draft, part, target, life);
	if (!called) return;
	called.internal.alertingDeadline = until;
	called.internal.forwardLeg = target.kind === "number" && asks(run) ? { ...leg, confirm: "needed" } : leg;
	if (called === part) return;
	if (part.internal.fallbackQueue) called.internal.fallbackQueue = part.internal.fallbackQueue;
	if (part.consultParticipantId) called.consultParticipantId = part.consultParticipantId;
	const { transferSource } = communicationOf(part);
	if (transferSource) communicationOf(called).transferSource = transferSource;
}

/** At the last target's own mailbox nobody can press anything. */
function asks({ forwarding, step }: ForwardRun): boolean {
	const isOwnMailbox = forwarding.voicemail === "LASTCALL" && step === forwarding.steps.length - 1;
	return forwarding.confirm && !isOwnMailbox;
}

function callNumber(
	draft: Conversation,
	part: Participant,
	{ address, digitsAfter }: Extract<ForwardTarget, { kind: "number" }>,
	life: Life,
): Participant {
	const outside = { kind: "outside", purpose: "external", address, ...(digitsAfter ? { digitsAfter } : {}) } as const;
	return dialOutside(draft, { ...outside, ...(part.name ? { name: part.name } : {}) }, life);
}

/** Rings the phone of the one whom the call is for, or a colleague's; those that cannot ring just now are left out. */
function ringUser(
	draft: Conversation,
	part: Participant,
	user: Extract<ForwardTarget, { kind: "user" }>,
	life: Life,
): Participant | undefined {
	if (life.isRinging?.(user.userId) || life.isReachable?.(user.userId) === false) return undefined;
	if (user.userId === part.userId && isLive(part)) return part;
	if (livePartOf(draft, user.userId)) return undefined;
	const queue = part.internal.fallbackQueue;
	return ring(draft, { ...user, purpose: queue ? "agent" : "user", timeoutMs: 0, ...(queue ? { queue } : {}) }, life);
}

/** The others ring no longer. */
function taken(draft: Conversation, part: Participant, life: Life): void {
	for (const one of legsOf(draft, part.id)) {
		// Their phone has not been answered in vain: somebody else has the call.
		if (!isConnected(one)) close(draft, one, isStaff(one) ? whyStaff(one, part) : "peer", life);
	}
	part.internal.forwardRun = undefined;
	connectDialing(draft, life);
	settleTransfers(draft, part, "Complete");
}

/** It rang for others as well, who forward nothing: one of them was faster. */
const whyStaff = (one: Participant, part: Participant) => (one === part ? "transfer.forward" : "other");

/** Whoever is asked is who is called for them. */
function moveConsult(draft: Conversation, part: Participant, to: Participant | undefined): void {
	const consult = consultOf(draft);
	const asked = consult && findParticipant(draft, consult.destinationId);
	const isOurs = asked === part || asked?.internal.forwardLeg?.partId === part.id;
	if (consult && to && isOurs) consult.destinationId = to.id;
}

function settleTransfers(draft: Conversation, { userId }: Participant, state: "Complete" | "Failed"): void {
	if (!userId) return;
	for (const transfer of draft.recentTransfers)
		if (transfer.state === "Active" && transfer.destination.userId === userId) transfer.state = state;
}
