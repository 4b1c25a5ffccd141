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

/** Why the number of a callback was not called by itself: the agent's phone was not there, or it is no number. */
export type NotDialed = "phone" | "number";

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
	/** What it was moved from. */
	movedFrom?: string;
	/** Of one in hand: when its first number is called, and when it ends, by itself. */
	dialsAt?: string;
	endsAt?: string;
	/** Of one in hand: nothing was called by itself, and why. */
	notDialed?: NotDialed;
	/** Told to whose it is 15 minutes before: it is due, or goes to others, or ends. */
	warning?: "due" | "owner";
}

/** What an agent who has the customer on the line sees of a callback that is agreed upon with them. */
export interface ExpectedCallback {
	id: string;
	scheduledAt: string;
	queueName: string;
}

/** What holds for everybody's callbacks and call history. */
export interface CallingRules {
	/** Between these people like to be called, by the clocks of where they are, as `08:00`. */
	windowStart: string;
	windowEnd: string;
	/** Nothing is agreed upon for another time. */
	windowEnforced: boolean;
	/** How many days the call history goes back: 1 to 365. */
	historyDays: number;
}

/** A user's callbacks: their owner's, their creator's, of whom they are offered to. Nobody else hears of them there. */
export function callbacksTopic(userId: string): string {
	return `v2.inlay.callbacks.${userId}`;
}
