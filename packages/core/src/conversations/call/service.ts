import type { Interruption } from "@inlay/contract";
import type { Principal } from "../../kernel/principal.ts";
import type { RoutingRequest } from "../../routing/offer-rules.ts";
import type { Conversation } from "../model.ts";
import type { Controller, SharedConversations } from "../service.ts";
import type { ConsentAnswer } from "./consent.ts";
import type { Consults } from "./consult/consults.ts";
import type { CallRules } from "./rules/model.ts";

/** A call that comes in. */
export interface InboundCall {
	/** `address` is an E.164 number or SIP URI; a caller without a number has none. */
	customer: { name?: string; address?: string };
	/** The number or address that was called. */
	dnis: string;
	/** Exactly one says where it goes: a queue, a user, or a group. */
	queueId?: string;
	userId?: string;
	groupId?: string;
	attributes?: Record<string, string>;
	/** Names who moves the outside party's media. */
	provider: string;
	/** Facts for the provider, kept with the conversation. */
	providerData?: Record<string, string>;
	priority?: number;
	/** What is asked of who answers in the queue. */
	routing?: RoutingRequest;
}

/** A call that a user makes. Exactly one of `phoneNumber`, `callUserId` and `callQueueId`. */
export interface OutboundCall {
	userId: string;
	phoneNumber?: string;
	/** Another user of the organization. */
	callUserId?: string;
	callQueueId?: string;
	/** On behalf of a queue: the caller becomes an agent, with wrap-up. */
	callFromQueueId?: string;
	callerId?: string;
	callerIdName?: string;
	attributes?: Record<string, string>;
	uuiData?: string;
	externalContactId?: string;
	provider?: string;
	priority?: number;
	/** What is asked of who answers in the queue. */
	routing?: RoutingRequest;
}

/** Exactly one is given. */
export interface PartyWish {
	phoneNumber?: string;
	userId?: string;
}

/** What there is for calls only; voice tells and asks most of it. */
export interface Calls {
	/** The customer's call is `alerting` until `mediaConnected` is told of it; then the customer enters the queue. */
	startInboundCall(call: InboundCall): Promise<Conversation>;
	/**
	 * The caller's call is `contacting` until its media is up; then the other party is called (`dialing` outside,
	 * `alerting` for a user). The same wish again while that goes on, as by a second click, gives the call under way.
	 */
	dial(call: OutboundCall): Promise<Conversation>;
	/** That party's media is up. Told twice, or too late: nothing happens. */
	mediaConnected(conversationId: string, participantId: string): Promise<Conversation>;
	/** Nothing comes from a party who talks, or, without `why`, something comes again. */
	interrupted(conversationId: string, participantId: string, why?: Interruption): Promise<Conversation>;
	/** Who is asked whether they may be recorded has a line to hear it, or has none: the time of the question waits for them. */
	questionHeard(conversationId: string, participantId: string, isHeard: boolean): Promise<Conversation>;
	/** As `Conversations.partyLeft`, of the call alone: a callback within which it was made goes on. */
	partyLeft: SharedConversations["partyLeft"];
	/** Appends `conversation.digits` with data {conversationId, participantId, digits}; voice plays them to that party. Digits for
	 * one's own party go to everybody outside. */
	sendDigits(conversationId: string, participantId: string, digits: string, by: Controller): Promise<void>;
	/** Adds parties outside, or users, to a running call: all or none. */
	addParticipants(conversationId: string, wishes: readonly PartyWish[], by: Controller): Promise<Conversation>;
	/** Somebody who is asked something, whether they take a call for somebody else or may be recorded, has pressed a key. */
	keyPressed(conversationId: string, participantId: string, digit: string): Promise<Conversation>;
	/** … or has answered at their page whether they may be recorded. */
	consentAnswered(conversationId: string, participantId: string, answer: ConsentAnswer): Promise<Conversation>;
	/**
	 * A direct call that rings at the user goes to another number, this once.
	 * @param address a number as people write it
	 * @throws ApiError 400 `forwarding.target.invalid`, 409 `forwarding.loop`, and where it is no direct call of theirs that rings
	 */
	forwardOnce(conversationId: string, participantId: string, address: string, by: Controller): Promise<Conversation>;
	/** What voice hears of a mailbox that has answered: its tone is over, or nothing is said to it any more. */
	voicemail(conversationId: string, participantId: string, what: "record" | "over"): Promise<void>;
	/** Whoever waits in a queue leaves a message there instead. @throws ApiError 400 where none can be left */
	leaveMessage(conversationId: string): Promise<void>;
	/** Whoever speaks to a mailbox has pressed a key. */
	voicemailKey(conversationId: string, participantId: string, digit: string): Promise<void>;
	consults: Consults;
	/** Ids of those of which there is a recording that the reader may play. */
	playable(conversations: readonly Conversation[], reader: Principal): Promise<ReadonlySet<string>>;
	/** What holds for calls that begin now. */
	rules(): CallRules;
	/** Nothing could be written of it, tried often enough: nobody is to believe that it is recorded. */
	recordingFailed(conversationId: string): Promise<void>;
}
