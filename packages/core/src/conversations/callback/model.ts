import type { CallbackAttempt, CallbackState, NotDialed } from "@inlay/contract";
import type { RoutingRequest } from "../../routing/offer-rules.ts";
import { findCall } from "../call/model.ts";
import type { CampaignFacts } from "../campaign/model.ts";
import type { Communication } from "../communication.ts";
import type { MediumParts, NewCommunication } from "../medium.ts";
import {
	type Conversation,
	communicationOf,
	isConnected,
	isInAfterCallWork,
	isStaff,
	type Participant,
	type QueueFacts,
} from "../model.ts";
import { alertingAgent } from "../transitions/queueing.ts";

/** A party's part in a callback; what is agreed upon with the customer stands with each of them. */
export interface Callback extends Communication {
	/** E.164. */
	callbackNumbers: string[];
	callbackUserName?: string;
	scriptId?: string;
	/** When it is due; ISO 8601. */
	callbackScheduledTime?: string;
	callerId?: string;
	callerIdName?: string;
	/** It was made of a message that was left in the queue. */
	voicemail?: { id: string; uploadStatus: "complete" };
	/** A contact of a campaign that the agent looks at before calling (`DialerPreview`). */
	dialerPreview?: DialerPreview;
	/** Of such a one: after this time it is called; whether it may be passed over. */
	timeoutSeconds?: number;
	skipEnabled?: boolean;
}

export interface DialerPreview {
	id: string;
	contactId: string;
	contactListId: string;
	campaignId: string;
	phoneNumberColumns: Array<{ columnName: string; type: string }>;
	callbackAutoAnswer: boolean;
}

/** What the server keeps of a callback as a whole. */
export interface CallbackFacts {
	queue: QueueFacts;
	scheduledAt: string;
	/** IANA name of the zone in which the time was chosen, and the time that was chosen there. */
	zone?: string;
	wallTime?: string;
	/** Waits for this user alone, until `ownedUntil`. */
	ownerId?: string;
	ownedUntil?: string;
	/** It was theirs, until they were deactivated, deleted or taken out of the queue. */
	formerOwnerId?: string;
	/** Is offered to this user first. */
	preferredId?: string;
	createdBy?: string;
	/** Owner, preferred user and creator, each once: by them it is listed. */
	users: string[];
	/** The conversation from which it was made; each has one at most. */
	source?: string;
	attempts: CallbackAttempt[];
	/** When its time was chosen, and what it was before it was moved. */
	agreedAt?: string;
	movedFrom?: string;
	/** Of one that an agent has in hand: when its number is called, and when it ends, by itself. */
	dialsAt?: string;
	endsAt?: string;
	/** Nothing was called by itself: the agent's phone was not there, or the number is none. Calling is theirs now. */
	notDialed?: NotDialed;
	/** Of a queue that calls customers first: how often that was in vain, and who is being called. */
	first?: CalledFirst;
	/** How it ended where nobody took it. */
	outcome?: "cancelled" | "ownerExpired" | "failed";
}

export interface CalledFirst {
	tries: number;
	/** The party who is called, or has answered, while no agent is in the call. */
	farId?: string;
	/** From now on it is the agents' to call. */
	isOver?: boolean;
}

/** What makes a callback: everybody's part says what was agreed upon. */
export const callbackParts = {
	list: "callbacks",
	fresh: ({ outside }: NewCommunication): Omit<Callback, keyof Communication> => {
		const { callbackNumbers = [], ...agreed } = (outside ?? {}) as Partial<Callback>;
		return { callbackNumbers, ...agreedOf(agreed) };
	},
} as const satisfies MediumParts;

function agreedOf(callback: Partial<Callback>) {
	const { callbackUserName, scriptId, callbackScheduledTime, callerId, callerIdName } = callback;
	const { voicemail, dialerPreview, timeoutSeconds, skipEnabled } = callback;
	const ofCampaign = { dialerPreview, timeoutSeconds, skipEnabled };
	const agreed = {
		callbackUserName,
		scriptId,
		callbackScheduledTime,
		callerId,
		callerIdName,
		voicemail,
		...ofCampaign,
	};
	return Object.fromEntries(Object.entries(agreed).filter(([, value]) => value !== undefined));
}

/** What is kept of a callback. @throws Error for what is none */
export function factsOf(conversation: Conversation): CallbackFacts {
	const { facts } = conversation.internal;
	if (!facts) throw new Error(`The conversation ${conversation.id} is no callback.`);
	return facts;
}

/** The party's callback. @throws Error for one who takes part by a call only */
export function callbackOf(participant: Participant): Callback {
	const callback = participant.callbacks?.[0];
	if (!callback) throw new Error(`Participant ${participant.id} has no callback.`);
	return callback;
}

/** The customer with whom it was agreed upon: not those who are called. */
export function customerOf(conversation: Conversation): Participant {
	const customer = conversation.participants.find((one) => one.purpose === "customer" && one.callbacks);
	if (!customer) throw new Error(`The callback ${conversation.id} has no customer.`);
	return customer;
}

/** The agent who has it in hand. */
export function agentOf(conversation: Conversation): Participant | undefined {
	return conversation.participants.find((one) => isStaff(one) && one.callbacks && isConnected(one));
}

/** Where it stands. */
export function stateOf(conversation: Conversation): CallbackState {
	const { outcome, attempts } = factsOf(conversation);
	// Whoever has moved it may still wrap up; the callback is ahead.
	if (communicationOf(customerOf(conversation)).state === "scheduled") return "scheduled";
	if (conversation.participants.some(isInAfterCallWork)) return "wrapUp";
	if (conversation.endTime)
		return outcome ?? (attempts.some((one) => one.result === "talked") ? "done" : ended(attempts));
	const agent = agentOf(conversation);
	if (factsOf(conversation).first?.farId !== undefined) return "dialing";
	if (!agent) return alertingAgent(conversation) ? "alerting" : "waiting";
	const state = findCall(agent)?.state;
	if (state === "connected") return "talking";
	return state === "contacting" || state === "dialing" ? "dialing" : "accepted";
}

/** Whoever finishes it without a call has done what was to be done; who called in vain has not. */
function ended(attempts: readonly CallbackAttempt[]): CallbackState {
	return attempts.length > 0 ? "failed" : "done";
}

/** What is asked of who answers: its owner is waited for, who is preferred comes first (`assignment-match.ts`). */
export function routingFor(
	{ ownerId, preferredId, ownedUntil }: CallbackFacts,
	{ skillIds, languageId }: Pick<RoutingRequest, "skillIds" | "languageId">,
	campaign?: CampaignFacts,
): { routing?: RoutingRequest } {
	const isPreview = campaign?.mode === "preview";
	// What was agreed with a person goes before whom the contact list names.
	const keeper = isPreview && !preferredId ? campaign.ownerId : undefined;
	const userId = ownerId ?? preferredId ?? keeper;
	const routing = {
		...(isPreview ? { isPreview } : {}),
		...(keeper && userId === keeper ? { onlyPreferred: true } : {}),
		...(skillIds ? { skillIds } : {}),
		...(languageId ? { languageId } : {}),
		...(userId ? { preferredUserIds: [userId] } : {}),
		...(ownerId && ownedUntil ? { reservedUntil: ownedUntil } : {}),
	};
	return Object.keys(routing).length > 0 ? { routing } : {};
}
