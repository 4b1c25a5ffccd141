import { type Conversation, communicationOf, isStaff, type Participant } from "../model.ts";
import { stamp, type TransitionContext } from "./context.ts";
import { leaveQueue } from "./queueing.ts";

/** A user takes the call that rings. */
export function answer(draft: Conversation, participant: Participant, context: TransitionContext): void {
	const wasQueued = participant.internal.acd && participant.purpose === "agent";
	connect(participant, context);
	if (wasQueued) leaveQueue(draft, context);
	connectDialing(draft, context);
	completeTransfers(draft, participant);
}

/** The other party has answered: who was dialing talks now. */
export function connectDialing(draft: Conversation, context: TransitionContext): void {
	for (const one of draft.participants) {
		if (isStaff(one) && communicationOf(one).state === "dialing") connect(one, context);
	}
}

/** The party is there. */
export function connect(participant: Participant, context: TransitionContext): void {
	const call = communicationOf(participant);
	call.state = "connected";
	call.connectedTime = stamp(context);
	participant.connectedTime = stamp(context);
	participant.internal.alertingDeadline = undefined;
}

/** Who was to be reached by a transfer has been. */
export function completeTransfers(draft: Conversation, reached: Participant): void {
	for (const transfer of draft.recentTransfers) {
		const { userId, address } = transfer.destination;
		const isReached = userId ? userId === reached.userId : address === reached.address;
		if (isReached && transfer.state === "Active") transfer.state = "Complete";
	}
}
