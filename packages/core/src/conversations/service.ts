import type { CallFailure } from "@inlay/contract";
import type { Trx } from "../kernel/database/database.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import type { DisconnectType, Wrapup } from "./communication.ts";
import type { Conversation } from "./model.ts";
import type { ConversationUser } from "./ports.ts";
import type { HistoryPage, UserWork } from "./store.ts";

/** A call that comes in. */
export interface InboundCall {
	/** `address` is an E.164 number or SIP URI; a caller without a number has none. */
	customer: { name?: string; address?: string };
	/** The number or address that was called. */
	dnis: string;
	queueId: string;
	attributes?: Record<string, string>;
	/** Names who moves the outside party's media. */
	provider: string;
	/** Facts for the provider, kept with the conversation. */
	providerData?: Record<string, string>;
	priority?: number;
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
}

/** `MediaParticipantRequest` of the platform (platform-api 5.3); what is absent stays as it is. */
export interface ParticipantPatch {
	state?: string;
	held?: boolean;
	muted?: boolean;
	recording?: boolean;
	confined?: boolean;
	wrapup?: Wrapup;
	wrapupSkipped?: boolean;
}

/** Who asks for a change, and what they may do to parties other than their own. */
export interface Controller extends Actor {
	/** Holds the permission in that division. Absent: the server itself, which may do anything. */
	may?(permission: string, divisionId: string): boolean;
}

export interface RecordingFile {
	recordingId: string;
	file: string;
	durationMs: number;
	bytes: number;
}

/** What voice tells and asks; every change is one transaction, and one `conversation.changed` event. */
export interface Conversations {
	get(conversationId: string): Promise<Conversation | undefined>;
	/** Where conversations are and who of the organization takes or took part; unknown ids are left out. */
	whereabouts(conversationIds: readonly string[]): Promise<Map<string, { divisionIds: string[]; userIds: string[] }>>;
	/** Every conversation in which somebody still is (not those with only after-call work open). */
	live(): Promise<Conversation[]>;
	/** Conversations in which the user is a live party or owes after-call work. */
	liveForUser(userId: string): Promise<Conversation[]>;
	/** The customer's call is `alerting` until `mediaConnected` is told of it; then the customer enters the queue. */
	startInboundCall(call: InboundCall): Promise<Conversation>;
	/**
	 * The caller's call is `contacting` until its media is up; then the other party is called (`dialing` outside,
	 * `alerting` for a user). The same wish again while that goes on, as by a second click, gives the call under way.
	 */
	dial(call: OutboundCall): Promise<Conversation>;
	/** That party's media is up. Told twice, or too late: nothing happens. */
	mediaConnected(conversationId: string, participantId: string): Promise<Conversation>;
	/** That party is gone. Told twice, or too late: nothing happens. @param failure why a party who was called was not reached */
	partyLeft(
		conversationId: string,
		participantId: string,
		disconnectType: DisconnectType,
		failure?: CallFailure,
	): Promise<Conversation>;
	/** @throws ApiError 400 for illegal states, 403 for others' parties, 404 `conversation.error.participant.not.found` */
	patchParticipant(
		conversationId: string,
		participantId: string,
		patch: ParticipantPatch,
		by: Controller,
	): Promise<Conversation>;
	wrapup(conversationId: string, participantId: string, wrapup: Wrapup, by: Controller): Promise<Conversation>;
	/** Ends the whole conversation. */
	disconnect(conversationId: string, by: Controller): Promise<Conversation>;
	setAttributes(
		conversationId: string,
		participantId: string,
		attributes: Record<string, string>,
		by: Controller,
	): Promise<Conversation>;
	/** The agent asks for after-call work, or takes it back (`requestAfterCallWork`). */
	requestAfterCallWork(
		conversationId: string,
		participantId: string,
		wanted: boolean,
		by: Controller,
	): Promise<Conversation>;
	setFlagged(conversationId: string, participantId: string, flagged: boolean, by: Controller): Promise<Conversation>;
	setRecordingState(conversationId: string, state: "ACTIVE" | "PAUSED" | "NONE", by: Controller): Promise<Conversation>;
	/** Blind transfer: the party is replaced by exactly one of user, queue and outside address. */
	transfer(conversationId: string, participantId: string, target: TransferWish, by: Controller): Promise<Conversation>;
	/** Appends `conversation.digits` with data {conversationId, participantId, digits}; voice plays them to that party. Digits for
	 * one's own party go to everybody outside. */
	sendDigits(conversationId: string, participantId: string, digits: string, by: Controller): Promise<void>;
	/** Adds parties outside, or users, to a running call: all or none. */
	addParticipants(conversationId: string, wishes: readonly PartyWish[], by: Controller): Promise<Conversation>;
	/** Rings a user for a waiting conversation at somebody's wish. @throws ApiError 400 when they have a call already */
	assignByHand(conversationId: string, userId: string, by: Controller): Promise<Conversation>;
	/** Makes an agent's phone ring for a waiting conversation; for assignment, inside its transaction. */
	assignAgent(trx: Trx, offer: AgentOffer): Promise<Conversation>;
	/** Many at once, for speed; each conversation and each user at most once. */
	assignAgents(trx: Trx, offers: readonly AgentOffer[]): Promise<Conversation[]>;
	/** Past and present conversations of a user, newest first, with the users who took part as they are now. */
	historyOf(
		userId: string,
		page: HistoryPage,
	): Promise<{ conversations: Conversation[]; total: number; users: ConversationUser[] }>;
	/** Whether the user has or had a part in the conversation. */
	takesPart(userId: string, conversationId: string): Promise<boolean>;
	/** Counters per user, for the busy indicator; users without work are left out. */
	workOf(userIds: readonly string[]): Promise<Map<string, UserWork>>;
	/** The codes that the participant may be wrapped up with. */
	wrapupCodesOf(conversation: Conversation, participantId: string): Promise<Array<{ id: string; name: string }>>;
	/** Which of these recordings have been told by `recordingFinished`. */
	knownRecordings(recordingIds: readonly string[]): Promise<Set<string>>;
	/** The engine has closed a recording's file. Told twice: nothing happens. */
	recordingFinished(conversationId: string, recording: RecordingFile): Promise<void>;
}

/** Exactly one is given. */
export interface TransferWish {
	userId?: string;
	queueId?: string;
	/** A number or SIP address outside. */
	address?: string;
}

/** Exactly one is given. */
export interface PartyWish {
	phoneNumber?: string;
	userId?: string;
}

export interface AgentOffer {
	conversationId: string;
	queueId: string;
	userId: string;
	timeoutSeconds: number;
}

/** Data of the event `conversation.changed` (entityType `conversation`). */
export interface ConversationChanged {
	conversationId: string;
	/** What caused it, e.g. `answer`, `leave`, `wrapup`; for audit and statistics. */
	command: string;
	/** Somebody waits in this queue since this change. */
	waitingQueueId?: string;
	/** Users whose load changed: they may be free now. */
	userIds: string[];
}
