import type { Db, Trx } from "../kernel/database/database.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import type { RoutingStatusName } from "../routing/availability.ts";
import type { QueueSettings } from "../routing/queue-model.ts";
import type { EndingUsers } from "../users/endings.ts";
import type { Book } from "./medium.ts";
import type { Conversation } from "./model.ts";

/** Whether a user's phone can be reached just now. Implemented by voice: their WebRTC phone is signed in to streaming. */
export interface Phones {
	isReachable(userId: string): boolean;
	/** Whether a call could be answered with a voice there, as far as the phone says: queues ring nobody who could not. */
	canAnswer(userId: string): boolean;
	/** Runs when somebody whose phone could not be answered can answer again; gives the way to stop. */
	onAnswerable(listener: (userId: string) => void): () => void;
	/** Whether a phone has taken what rings at this participant, and its sound is being set up. */
	isAnswering(participantId: string): boolean;
	/** @returns a function that ends the subscription */
	onReachable(listener: (userId: string) => void): () => void;
}

export interface ConversationUser {
	id: string;
	name: string;
	divisionId?: string;
	state?: string;
	version?: number;
}

/** What conversations ask of the users domain. */
export interface UserDirectory extends Pick<EndingUsers, "onEnded"> {
	/** Unknown ids are left out. @param db the transaction in which the caller is, if it is in one */
	find(userIds: readonly string[], db?: Db | Trx): Promise<readonly ConversationUser[]>;
}

/** A queue as far as conversations care. */
export interface ConversationQueue {
	id: string;
	name: string;
	divisionId: string;
	alertingTimeoutSeconds: number;
	acwSettings: { wrapupPrompt: string; timeoutMs?: number };
	settings?: QueueSettings;
}

export interface QueueDirectory {
	/** @param db the transaction in which the caller is, if it is in one */
	get(queueId: string, db?: Db | Trx): Promise<ConversationQueue | undefined>;
	/** Those of the queues that stand, held so until the transaction ends (`Referable`). */
	hold(trx: Trx, queueIds: readonly string[]): Promise<ReadonlySet<string>>;
	/** The wrap-up codes that may be given in the queue. */
	wrapupCodesOf(queueId: string): Promise<ReadonlyArray<{ id: string; name: string }>>;
	queuesOfUser(userId: string, joined?: boolean): Promise<ReadonlyArray<{ id: string }>>;
	/** Told, in the transaction that does it, of whoever is taken out of a queue; of nobody unless there. */
	onLeft?(listener: (trx: Trx, userId: string, actor: Actor) => Promise<void>): void;
}

/** Skills, or languages, that stand. */
export interface Abilities {
	/** Those of the ids that stand, held so until the transaction ends. */
	hold(trx: Trx, ids: readonly string[]): Promise<ReadonlySet<string>>;
}

/** A contact as conversations name them. */
export interface KnownContact {
	id: string;
	name: string;
	/** Of the external organization to which they belong. */
	organizationId?: string | null | undefined;
}

/** What conversations ask of the external contacts. */
export interface ContactDirectory {
	/** The only contact with one of these numbers or addresses whom these readers see; nobody where several have them. */
	only(trx: Trx, points: readonly string[], readers: ContactReaders): Promise<KnownContact | undefined>;
	known(trx: Trx, id: string): Promise<KnownContact | undefined>;
	/** Read outside of any transaction. */
	find(id: string): Promise<{ divisionId: string } | undefined>;
	/** By which ids the contacts have been known, their own among them: others were made one with them. */
	everyIdOf(ids: readonly string[]): Promise<string[]>;
}

/**
 * Who is told how somebody is called. A queue sees the contacts of its own division, and those whom all of its members may
 * read; in a conversation without a queue its people see whom all of them may read.
 */
export interface ContactReaders {
	queues: ReadonlyArray<{ id: string; divisionId?: string | undefined }>;
	userIds: readonly string[];
}

/** What conversations ask of routing status. */
export interface RoutingStatuses {
	/**
	 * Holds the users' rows, asks by `read` what they do, and reports what `reportsOf` makes of it, with who of them is done with an
	 * item of a queue. @returns what was read
	 */
	report<W>(
		trx: Trx,
		userIds: readonly string[],
		read: () => Promise<W>,
		reportsOf: (userId: string, work: W) => readonly RoutingStatusName[],
		doneWithAcd?: ReadonlySet<string>,
	): Promise<W>;
	/** Holds the user's row until the transaction ends, so that their status and load change together. */
	lock(trx: Trx, userId: string): Promise<{ status: RoutingStatusName }>;
}

/** Told, in the transaction that does it and with their rows held, of users who owe no more after-call work. */
export type WorkDone = (trx: Trx, userIds: readonly string[]) => Promise<void>;

/** What is measured of conversations (agent-features 14): `t…` in milliseconds, `n…` in numbers. */
export type ConversationMetric =
	| "nOffered"
	| "tAcd"
	| "tWait"
	| "tAnswered"
	| "tAbandon"
	| "tFlowOut"
	/** Somebody has left a queue a message: how long they spoke to its mailbox. */
	| "tVoicemail"
	| "tAlert"
	| "tNotResponding"
	| "tContacting"
	| "tDialing"
	| "tTalk"
	| "tTalkComplete"
	| "tHeld"
	| "tHeldComplete"
	| "tAcw"
	| "tHandle"
	| "nConnected"
	| "nOutbound"
	| "nBlindTransferred"
	| "nConsult"
	| "nConsultTransferred"
	| "nError";

/** One measurement, final at its instant. */
export interface MetricFact {
	/** ISO 8601. */
	at: string;
	metric: ConversationMetric;
	value: number;
	conversationId: string;
	participantId: string;
	userId?: string;
	queueId?: string;
	/** As participants' lists name it. */
	medium: string;
	/** Of the conversation. */
	direction: "inbound" | "outbound";
	/** Of the participant's own part in it. */
	sessionDirection: "inbound" | "outbound";
	purpose: string;
	/** Where the participant's queue and user were; the conversation's where neither is told. */
	divisionIds: readonly string[];
	wrapupCode?: string;
}

/** Where facts are kept. */
export interface MetricFacts {
	/** In the transaction of the change that made them. */
	add(trx: Trx, facts: readonly MetricFact[]): Promise<void>;
}

/** Campaigns, as conversations speak of them. */
export interface CampaignBook extends Book {
	/** Asked before an agent calls a number of a preview. @throws ApiError 400, 409 `outbound.dnc` */
	requireCallable(conversation: Conversation, number: string): Promise<void>;
}
