/** Where a callback stands (agent-features 3). `failed`: an agent finished it and nobody was reached. */
export const callbackStates = [
	"scheduled",
	"waiting",
	"alerting",
	"accepted",
	"dialing",
	"talking",
	"wrapUp",
	"done",
	"cancelled",
	"ownerExpired",
	"failed",
] as const;
export type CallbackState = (typeof callbackStates)[number];

/** A call that was tried within a callback. */
export interface CallbackAttempt {
	/** ISO 8601. */
	at: string;
	number: string;
	/** Absent while it goes on: `talked` whoever hung up, else what `outcomeOf` says. */
	result?: string;
}

/** A callback as its people list it (`GET /api/v2/inlay/callbacks`) and hear of it; the platform lists only those that live. */
export interface CallbackView {
	/** Conversation id. */
	id: string;
	state: CallbackState;
	/** ISO 8601. */
	scheduledAt: string;
	/** IANA name of the zone in which the time was chosen. */
	zone?: string;
	numbers: string[];
	name?: string;
	queueId: string;
	queueName: string;
	ownerId?: string;
	/** It was theirs until they were deactivated, deleted or taken out of the queue: it is everybody's now. */
	formerOwnerId?: string;
	preferredId?: string;
	createdBy?: string;
	/** Until then it waits for its owner alone. */
	ownedUntil?: string;
	/** The conversation from which it was made. */
	source?: string;
	attempts: CallbackAttempt[];
	note?: string;
}

/** A user's callbacks: their owner's, their creator's, of whom they are offered to. Nobody else hears of them there. */
export function callbacksTopic(userId: string): string {
	return `v2.inlay.callbacks.${userId}`;
}
