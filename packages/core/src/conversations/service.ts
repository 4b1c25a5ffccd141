import type { CallFailure } from "@inlay/contract";
import type { Trx } from "../kernel/database/database.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import type { Associations } from "./association.ts";
import type { DisconnectType, Wrapup } from "./communication.ts";
import type { CompanionNotes } from "./companions/service.ts";
import type { Communications } from "./media.ts";
import type { MediaServices } from "./media-services.ts";
import type { Conversation } from "./model.ts";
import type { ConversationUser } from "./ports.ts";
import type { Screens } from "./screen-share/service.ts";
import type { HistoryPage, UserWork } from "./store.ts";
import type { Timeline } from "./timeline/timeline.ts";
import type { RoutingChange } from "./transitions/queueing.ts";

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
	/** Holds the permission in that division, or in any where none is named. Absent: the server itself, which may do anything. */
	may?(permission: string, divisionId?: string): boolean;
}

/** What can be asked of every conversation, and, by its name, what one medium alone offers. */
export interface Conversations extends SharedConversations, MediaServices, Associations {
	readonly screens: Screens;
	/** What runs beside interactions, as their documents tell it. */
	companions: CompanionNotes;
	/** The same for conversations of one medium: any other is as unknown there as one that never was. */
	ofMedium(list: keyof Communications): SharedConversations;
}

/** What all media share; every change is one transaction, and one `conversation.changed` event. */
export interface SharedConversations {
	/** @param trx the transaction in which the caller is, if it is in one */
	get(conversationId: string, trx?: Trx): Promise<Conversation | undefined>;
	/** Several as they are now, in no order of their own; unknown ids are left out. */
	all(conversationIds: readonly string[]): Promise<Conversation[]>;
	/** Where conversations are and who of the organization takes or took part; unknown ids are left out. */
	whereabouts(conversationIds: readonly string[]): Promise<Map<string, { divisionIds: string[]; userIds: string[] }>>;
	/** Every conversation in which somebody still is (not those with only after-call work open). */
	live(): Promise<Conversation[]>;
	/**
	 * Puts aside what the user has in hand, until then at most. Taken up again by them, by what the customer writes, and by whatever
	 * else is done with it. @throws ApiError 400, 403, 409 `conversation.park.limit`
	 */
	park(conversationId: string, participantId: string, until: Date | undefined, by: Controller): Promise<Conversation>;
	unpark(conversationId: string, participantId: string, by: Controller): Promise<Conversation>;
	/** Conversations in which the user is a live party or owes after-call work, and what a companion keeps open. */
	liveForUser(userId: string): Promise<Conversation[]>;
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
	/** Puts off the end of the agent's timed after-call work by half a minute, as often as the organization allows. */
	extendAfterCallWork(conversationId: string, participantId: string, by: Controller): Promise<Conversation>;
	setFlagged(conversationId: string, participantId: string, flagged: boolean, by: Controller): Promise<Conversation>;
	setRecordingState(conversationId: string, state: "ACTIVE" | "PAUSED" | "NONE", by: Controller): Promise<Conversation>;
	/** Blind transfer: the party is replaced by exactly one of user, queue and outside address. */
	transfer(conversationId: string, participantId: string, target: TransferWish, by: Controller): Promise<Conversation>;
	/**
	 * Changes how urgent a waiting conversation is, and what is asked of who answers it.
	 * @throws ApiError 400 `conversation.error.invalid.state` where nobody waits, naming the field of an unknown skill or language
	 */
	setRouting(conversationId: string, change: RoutingChange, by: Controller): Promise<Conversation>;
	/**
	 * How utilization counts the conversation from now on; `null`: by its medium alone.
	 * @throws ApiError 400 `conversation.error.invalid.state` when it has ended, naming the field of an unknown label
	 */
	setLabel(conversationId: string, labelId: string | null, by: Controller): Promise<Conversation>;
	/** Rings a user for a waiting conversation at somebody's wish. @throws ApiError 400 when they have a call already */
	assignByHand(conversationId: string, userId: string, by: Controller): Promise<Conversation>;
	/** Makes an agent's phone ring for a waiting conversation; for assignment, inside its transaction. */
	assignAgent(trx: Trx, offer: AgentOffer): Promise<Conversation>;
	/** Many at once, for speed; each conversation and each user at most once. */
	assignAgents(trx: Trx, offers: readonly AgentOffer[]): Promise<Conversation[]>;
	/** Past and present conversations of a user in which somebody speaks, newest first, with the users who took part as they are now. */
	historyOf(
		userId: string,
		page: HistoryPage,
	): Promise<{ conversations: Conversation[]; total: number; users: ConversationUser[] }>;
	/** See `timeline/`. */
	timelineOf(conversation: Conversation, by: Controller): Promise<Timeline>;
	/** Whether the user has or had a part in the conversation. */
	takesPart(userId: string, conversationId: string): Promise<boolean>;
	/** Counters per user, for the busy indicator; users without work are left out. */
	workOf(userIds: readonly string[]): Promise<Map<string, UserWork>>;
	/** The after-call work that the user owes, asked with their routing row held. `forced`: its whole time is to be used. */
	workOwedBy(trx: Trx, userId: string): Promise<"forced" | "owed" | undefined>;
	/** The codes that the participant may be wrapped up with. */
	wrapupCodesOf(conversation: Conversation, participantId: string): Promise<Array<{ id: string; name: string }>>;
}

/** Exactly one is given. */
export interface TransferWish {
	userId?: string;
	/** Not the user, but their mailbox. */
	voicemail?: boolean;
	queueId?: string;
	/** A number or SIP address outside. */
	address?: string;
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
	/** The campaign that began it. */
	campaignId?: string;
	/** Users whose load changed: they may be free now. */
	userIds: string[];
}
