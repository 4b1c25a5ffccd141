import { isDeepStrictEqual } from "node:util";
import {
	type Conversation,
	communicationOf,
	isConnected,
	isLive,
	isOutside,
	isStaff,
	type Participant,
	type QueueFacts,
	type Transfer,
	type UserParty,
	waitingAcd,
} from "../model.ts";
import { colleagueThere, illegalState, outsiderThere } from "../refusals.ts";
import { type Life, stamp } from "./context.ts";
import { close, leave, releaseHold, settle } from "./leave.ts";
import { enterQueue, queueWorkedFor, requireElsewhere, requireFree, ring } from "./queueing.ts";

/** Where a blind transfer goes (platform-api 5.4). */
export type TransferTarget =
	| { kind: "queue"; queue: QueueFacts }
	| UserParty
	| { kind: "outside"; address: string; digitsAfter?: string }
	/** Straight to somebody's mailbox. */
	| { kind: "voicemail"; userId: string; mailbox: NonNullable<UserParty["mailbox"]> };

/** Blind transfer: the party hands the others over and is out at once. */
export function replace(draft: Conversation, participant: Participant, target: TransferTarget, context: Life): void {
	if (isDone(draft, participant, target)) return;
	if (target.kind === "voicemail" && isDeclinable(participant)) {
		participant.internal.mailbox = target.mailbox;
		leave(draft, participant, "client", context);
		return;
	}
	if (!isStaff(participant) || !isConnected(participant))
		throw illegalState("Only a connected user can transfer the call.");
	if (waitingAcd(draft)) throw illegalState("The conversation waits for an agent already.");
	if (!draft.participants.some((one) => one !== participant && isConnected(one))) {
		throw illegalState("Nobody is connected who could be transferred.");
	}
	if (target.kind === "user") requireFree(draft, target, context);
	if (target.kind === "outside") requireElsewhere(draft, target);
	if (target.kind === "queue") requireNobodyElse(draft, participant);
	releaseHold(draft);
	bring(draft, participant, target, context);
	draft.recentTransfers.push(transferOf(participant, target, context));
	close(draft, participant, "transfer", context);
	settle(draft, context);
}

/** Whoever is rung directly may send the caller to a mailbox instead of answering (platform-api 5.4, `voicemail`). */
function isDeclinable(participant: Participant): boolean {
	return isStaff(participant) && communicationOf(participant).state === "alerting" && !participant.internal.acd;
}

/**
 * A customer who talks to a colleague, or is about to, does not wait in a queue for another one: they would be told so while
 * they talk. Nor do two from outside wait there together.
 */
function requireNobodyElse(draft: Conversation, participant: Participant): void {
	if (!draft.participants.some((one) => isOutside(one) && isConnected(one))) return;
	const colleague = draft.participants.find((one) => one !== participant && isStaff(one) && isLive(one));
	if (colleague) throw colleagueThere(colleague.name || (colleague.userId ?? ""));
	const [, other] = draft.participants.filter((one) => isOutside(one) && isLive(one));
	if (other) throw outsiderThere(other.name || (other.address ?? "").replace(/^tel:/, ""));
}

/** The same transfer was asked for already, as by a second click, and the party is out. */
function isDone(draft: Conversation, participant: Participant, target: TransferTarget): boolean {
	if (communicationOf(participant).disconnectType !== "transfer") return false;
	const last = draft.recentTransfers.findLast((one) => one.initiator.userId === participant.userId);
	return last !== undefined && isDeepStrictEqual(last.destination, destinationOf(target));
}

/** As `recentTransfers` names it. */
export function destinationOf(target: TransferTarget): Transfer["destination"] {
	if (target.kind === "user" || target.kind === "voicemail") return { userId: target.userId };
	return { address: target.kind === "queue" ? target.queue.name : target.address };
}

function bring(draft: Conversation, participant: Participant, target: TransferTarget, context: Life): void {
	if (target.kind === "queue") {
		enterQueue(draft, target.queue, context);
		return;
	}
	if (target.kind === "voicemail") {
		const { toMailbox } = context.mediumOf(draft);
		if (!toMailbox) throw illegalState("The interaction cannot be handed to a mailbox.");
		toMailbox(draft, target.mailbox, context);
		return;
	}
	if (target.kind === "outside") {
		const { callOutside } = context.mediumOf(draft);
		if (!callOutside) throw illegalState("The interaction cannot be handed to somebody outside.");
		const added = callOutside(draft, { ...target, purpose: "external" }, context);
		communicationOf(added).transferSource = participant.id;
		return;
	}
	const queue = queueWorkedFor(draft, participant);
	const timeoutMs = target.alertingTimeoutMs;
	const added = ring(
		draft,
		{
			purpose: queue ? "agent" : "user",
			userId: target.userId,
			name: target.name,
			divisionId: target.divisionId,
			timeoutMs,
			...(target.forwarding ? { forwarding: target.forwarding } : {}),
			...(queue ? { queue } : {}),
		},
		context,
	);
	if (queue) added.internal.fallbackQueue = queue;
	communicationOf(added).transferSource = participant.id;
}

function transferOf(participant: Participant, target: TransferTarget, context: Life): Transfer {
	return {
		id: context.newId(),
		// A queue or a mailbox takes over at once; a person has yet to answer.
		state: target.kind === "queue" || target.kind === "voicemail" ? "Complete" : "Active",
		dateIssued: stamp(context),
		initiator: participant.userId ? { userId: participant.userId } : {},
		destination: destinationOf(target),
		transferType: "Unattended",
	};
}
