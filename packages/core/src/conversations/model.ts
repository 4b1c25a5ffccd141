/**
 * The stored document of a conversation: the platform's generic `Conversation` (platform-api Appendix A) with what only
 * the server needs under `internal`. Projections (projection/*.ts) strip that; nothing else of it is hidden.
 * All times are ISO 8601 texts, as they are sent.
 */

import type { RoutingRequest } from "../routing/offer-rules.ts";
import type { Consent } from "./call/consent.ts";
import type { Consult } from "./call/consult/model.ts";
import type { Forwarding, ForwardLeg, ForwardRun } from "./call/forwarding/model.ts";
import type { Transcription } from "./call/transitions/transcription.ts";
import type { Mailbox, VoicemailPart } from "./call/voicemail/model.ts";
import type { CampaignFacts } from "./campaign/model.ts";
import type { Communication, DisconnectType, QueueMediaSettings, Wrapup, WrapupPrompt } from "./communication.ts";
import type { Companions } from "./companions/model.ts";
import type { EmailFacts } from "./email/model.ts";
import type { Communications, MediumFacts } from "./media.ts";
import type { MessageFacts } from "./message/model.ts";
import type { ScreenShare } from "./screen-share/model.ts";

/** Who a party is. `acd` stands for the queue in which the customer waits, `voicemail` for a mailbox that has answered, `group` for one whose members are called. */
export type Purpose = "customer" | "external" | "acd" | "agent" | "user" | "voicemail" | "group";

/** What a conversation needs to know of a queue, as it was when the party came. */
export interface QueueFacts {
	id: string;
	name: string;
	/** Where it is; never `*`. Absent in older documents. */
	divisionId?: string;
	wrapupPrompt: WrapupPrompt;
	wrapupTimeoutMs?: number;
	callSettings?: QueueMediaSettings;
	/** The utilization label of what comes into it without one. */
	labelId?: string;
	/** Nobody is asked first for having talked, or written, to the customer before. */
	asksNoLastAgent?: boolean;
	/** Where callers who wait in it may leave a message instead, as it was when they came. */
	mailbox?: Mailbox;
	/** How it treats owned callbacks: how long they wait for their owner, how far ahead they may be, both in ms, and what comes when the owner has had their time. Absent: it has none. */
	callback?: { ownedMs: number; horizonMs: number; afterOwner: "queue" | "end" };
	/** How long after a callback was accepted its number is called, and how long after that call it ends, by itself, ms. */
	automaticCalls?: { dialMs: number; endMs: number };
	/** Of callbacks: the number is called while an agent is kept for it, so often again, and then. */
	customerFirst?: { ringMs: number; retryMs: number; mostRetries: number; after: "agentFirst" | "end" };
}

export interface ParticipantInternals {
	/** See `mediumOfPart`. */
	medium?: keyof Communications;
	/** The interaction came by, or on behalf of, a queue: counts as INTERACTING and may need a wrap-up. */
	acd: boolean;
	/** Where the party's queue and user were when the party came (`divisions.ts`); older documents tell none. */
	divisions?: { queue?: string; user?: string };
	/** Set while this acd participant waits for an agent: since when; kept when an agent fails, so nobody loses their place. */
	waitingSince?: string;
	/** When after-call work ends by itself. */
	acwDeadline?: string;
	/** How often the agent has put that off. */
	acwExtensions?: number;
	/** When the alerting, or the dialling, ends by itself. */
	alertingDeadline?: string;
	/** The agent let it ring, refused it or was lost while it rang: they become NOT_RESPONDING. */
	missed?: boolean;
	/** Keys to send once this party has answered: their extension. A comma is a pause. */
	digitsAfter?: string;
	/** Nobody speaks to this user just now: they hear music, though they have put nobody on hold (`call/consult`, or who moderates a conference). */
	unheard?: boolean;
	/** The user who has put the party on hold, or muted it (`transitions/leave.ts`). */
	heldBy?: string;
	mutedBy?: string;
	/** When the next step of the party's own is due (`Medium.due`). */
	due?: string;
	/** Others are being called for this user, who has their calls forwarded. */
	forwardRun?: ForwardRun;
	/** Called for a user who has their calls forwarded. */
	forwardLeg?: ForwardLeg;
	/** Who answers for the user when they do not. */
	mailbox?: Mailbox;
	/** The party is a mailbox. */
	voicemail?: VoicemailPart;
	/** Of somebody who is an external contact: how they were called as they came. */
	ownNames?: { name?: string; aniName?: string };
	/** Somebody has said that they are no contact: nobody is looked up again. */
	isNobodyKnown?: true;
	/** Where the customer goes when this party does not answer. */
	fallbackQueue?: QueueFacts;
}

export interface Participant extends Communications, Companions {
	id: string;
	purpose: Purpose;
	name?: string;
	startTime: string;
	connectedTime?: string;
	/** When the party left; after-call work may still be open. */
	endTime?: string;
	userId?: string;
	queueId?: string;
	queueName?: string;
	externalContactId?: string;
	/** The organization to which the contact belonged when they were known. */
	externalOrganizationId?: string;
	/** Whom this party consults, or is consulted, about. */
	consultParticipantId?: string;
	address?: string;
	ani?: string;
	aniName?: string;
	dnis?: string;
	wrapupRequired: boolean;
	wrapupPrompt?: WrapupPrompt;
	wrapupTimeoutMs?: number;
	wrapupSkipped?: boolean;
	wrapup?: Wrapup;
	startAcwTime?: string;
	endAcwTime?: string;
	alertingTimeoutMs?: number;
	flaggedReason?: string;
	mediaRoles: string[];
	attributes: Record<string, string>;
	conversationRoutingData?: { queueId: string; priority: number; skillIds: string[]; languageId?: string };
	internal: ParticipantInternals;
}

export interface Transfer {
	id: string;
	state: "Pending" | "Active" | "Complete" | "Canceled" | "Failed" | "Timeout";
	dateIssued: string;
	initiator: { userId?: string };
	destination: { userId?: string; address?: string };
	transferType: "Attended" | "Unattended";
}

/** What happens once the first party's media is up. */
export type NextStep =
	| { kind: "queue"; queue: QueueFacts }
	| {
			kind: "outside";
			purpose: "customer" | "external";
			address: string;
			/** Keys to send once the party has answered: their extension. */
			digitsAfter?: string;
			name?: string;
			externalContactId?: string;
			/** What is shown to the party as who calls, where that is not the caller's own. */
			ani?: string;
			aniName?: string;
			attributes?: Record<string, string>;
	  }
	| {
			kind: "user";
			userId: string;
			name: string;
			divisionId?: string;
			alertingTimeoutMs: number;
			/** Their calls go elsewhere. */
			forwarding?: Forwarding;
			/** Who answers for them when they do not. */
			mailbox?: Mailbox;
	  }
	| { kind: "voicemail"; mailbox: Mailbox }
	| { kind: "group"; group: GroupFacts };

/** A group that is called (agent-features 7): whom of its members it rings, and who answers when nobody does. */
export interface GroupFacts {
	id: string;
	name: string;
	/** One after the other; those of a step ring together. */
	steps: Forwarding["steps"];
	/** How long a step rings. */
	ringMs: number;
	mailbox?: Mailbox;
}

/** A user who is called. */
export type UserParty = Extract<NextStep, { kind: "user" }>;

export interface ConversationInternals {
	/** See `mediumOfWhole`. */
	medium?: keyof Communications;
	/** From whom the first contact came. */
	direction: "inbound" | "outbound";
	/** Who moves the media of the outside party, e.g. `demo`, `webchat-call`, `sip`; voice reads it. */
	provider: string;
	/** 0 is normal; higher is answered earlier. */
	priority: number;
	/** What the customer asks for of whoever is to answer, in whichever queue they come to wait. */
	routing?: RoutingRequest;
	/** Somebody has said that no label counts it: none of a queue does from then on. */
	isUnlabelled?: true;
	next?: NextStep;
	/** Since when the customer has a place in queues; the beginning, where it is not said. */
	placeSince?: string;
	/** What its medium alone knows of it. */
	facts?: MediumFacts;
	/** Of messages: the exchange that they belong to, which outlives the conversation. */
	exchange?: MessageFacts;
	/** Of emails: the thread that it belongs to, which outlives the conversation. */
	email?: EmailFacts;
	/** What the caller asked for, as a hash: the same wish again while the first is under way is the same call. */
	request?: string;
	/** A campaign began it. */
	campaign?: CampaignFacts;
	/** Somebody is consulted about a party of the call. */
	consult?: Consult;
	/** The recording of an agent's own that is running or paused; voice names its file by it. */
	recordingId?: string;
	/** The user who began it: theirs it is. */
	recordedBy?: string;
	/** Participants who record on their own account; older documents say it by their calls alone. */
	recorders?: readonly string[];
	/** While it is recorded everybody hears a tone each so many ms. */
	beepMs?: number;
	/** The recording that a policy makes. */
	policyRecording?: { id: string; policyId: string; retentionDays?: number };
	/** Of what is said in private, without the customer. */
	consultRecording?: { id: string; policyId: string; retentionDays?: number };
	/** Whether the customer agrees to be recorded, where they were asked. */
	consent?: Consent;
	/** What is said is turned into text. */
	transcription?: Transcription;
	/** Somebody has paused what is, or will be, recorded. */
	pause?: { since: string; by?: string; resumesAt?: string };
	/** Screens that are, or were, shown within it; the oldest first. */
	screenShares?: ScreenShare[];
	/** Nothing could be written of this call: it is not tried again. */
	recordingFailed?: boolean;
	/** Ids of the recordings that ended so. */
	brokenRecordings?: string[];
	/** Facts the provider needs later (a socket, a script of a simulated caller); opaque here. */
	providerData?: Record<string, string>;
}

export interface Conversation {
	id: string;
	startTime: string;
	/** When the last party left. After-call work may still be open. */
	endTime?: string;
	address?: string;
	maxParticipants: number;
	recordingState: "ACTIVE" | "PAUSED" | "NONE";
	securePause: boolean;
	/** How utilization counts it beside its medium, wherever it goes. */
	utilizationLabelId?: string;
	/** Where it began; `divisions.ts` tells where else it belongs. */
	divisionId: string;
	recentTransfers: Transfer[];
	participants: Participant[];
	internal: ConversationInternals;
}

/** How long a user's phone rings for a call that no queue governs, ms. */
export const directAlertingMs = 30_000;

/** What documents of before mean that say nothing of a medium. */
const firstMedium: keyof Communications = "calls";

/** By which medium the interaction takes place. */
export function mediumOfWhole({ internal }: Conversation): keyof Communications {
	return internal.medium ?? firstMedium;
}

/** By which medium the party takes part. */
export function mediumOfPart({ internal }: Participant): keyof Communications {
	return internal.medium ?? firstMedium;
}

/** As documents name a medium. */
export function named(medium: keyof Communications): { medium?: keyof Communications } {
	return medium === firstMedium ? {} : { medium };
}

/** What the party takes part by. */
export function communicationOf(participant: Participant): Communication {
	const medium = mediumOfPart(participant);
	const communication: Communication | undefined = participant[medium]?.[0];
	if (!communication) throw new Error(`Participant ${participant.id} has no communication among its ${medium}.`);
	return communication;
}

/** Since when the customer has a place in queues. */
export function placeOf({ startTime, internal }: Conversation): string {
	return internal.placeSince ?? startTime;
}

/** The party has not left. */
export function isLive(participant: Participant): boolean {
	const { state } = communicationOf(participant);
	return state !== "disconnected" && state !== "terminated";
}

/** The party talks (or is on hold): its media is up. */
export function isConnected(participant: Participant): boolean {
	return communicationOf(participant).state === "connected";
}

/** Who is in the talk, on hold or not; of more than two, the agent who is there longest moderates (agent-features 2). */
export function talkersOf({ participants }: Conversation): Participant[] {
	return participants.filter((one) => one.purpose !== "acd" && isConnected(one));
}

/** The agent has put it aside. */
export function isParked(participant: Participant): boolean {
	return communicationOf(participant).state === "parked";
}

/** How the part of somebody who has gone ends: what rings them rings the next one, what they talk in goes back or ends. */
export function howGone(participant: Participant): DisconnectType {
	return isConnected(participant) ? "session.expired" : "transfer.notavailable";
}

/** Nobody speaks to the party just now: they hear music, and nobody hears them. */
export function isUnheard(participant: Participant): boolean {
	return communicationOf(participant).held || participant.internal.unheard === true;
}

/** The agent still has to finish after-call work. */
export function isInAfterCallWork(participant: Participant): boolean {
	return communicationOf(participant).afterCallWork?.state === "pending";
}

/** After-call work is open, and the agent takes the next interaction all the same. */
export function isOptionalWork(participant: Participant): boolean {
	return participant.wrapupPrompt === "optional" && isInAfterCallWork(participant);
}

/** After-call work is open that keeps the agent from the next interaction. */
export function owesWork(participant: Participant): boolean {
	return isInAfterCallWork(participant) && !isOptionalWork(participant);
}

/** A person of the organization. */
export function isStaff(participant: Participant): boolean {
	return participant.purpose === "agent" || participant.purpose === "user";
}

/** The user's own part that has not ended, if there is one. */
export function livePartOf(conversation: Conversation, userId: string): Participant | undefined {
	return conversation.participants.find((one) => one.userId === userId && isLive(one));
}

/** A person outside: the customer. */
export function isOutside(participant: Participant): boolean {
	return participant.purpose === "customer" || participant.purpose === "external";
}

/** Nobody is left and nothing is to be done. */
export function isOver(conversation: Conversation): boolean {
	return conversation.participants.every((one) => !isLive(one) && !isInAfterCallWork(one));
}

export function findParticipant(conversation: Conversation, participantId: string): Participant | undefined {
	return conversation.participants.find((one) => one.id === participantId);
}

/** The queue's participant in which the customer waits for an agent, whether or not one is alerting. */
export function waitingAcd(conversation: Conversation): Participant | undefined {
	return conversation.participants.find((one) => one.purpose === "acd" && isLive(one));
}
