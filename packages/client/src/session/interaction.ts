import {
	type CallOutcome,
	type EndedCall,
	failureOf,
	type Interruption,
	interruptionOf,
	outcomeOf,
} from "@inlay/contract";
import type { PlatformTransfer } from "../framework/platform-conversation.ts";
import type { WireCommunication, WireConversation, WireParticipant } from "./wire.ts";

export type MediaType = "call" | "callback" | "chat" | "email" | "message";

/** One interaction as the panel shows it: the agent's own leg of a conversation, and who is at the other end. */
export interface LiveInteraction {
	/** Conversation id. */
	id: string;
	/** The agent's own participant and communication. */
	participantId: string;
	communicationId: string;
	/** The customer's participant, or whoever is outside; undefined between colleagues. */
	outsideId?: string | undefined;
	/** The participant whom the interaction is with: the one outside, else the colleague. */
	otherId?: string | undefined;
	/** Nothing comes from the other side just now, and why. */
	otherInterrupted?: Interruption | undefined;
	/** Where the other side is, when nobody of those in the call talks with them: they hear music, or have left the others to each other. */
	otherAway?:
		| { kind: "held"; since?: string | undefined; isAsked?: boolean }
		| { kind: "left"; talksTo: string }
		| undefined;
	/** Nobody is there whom the agent could hear: everybody else rings, or hears music. */
	isAlone?: boolean;
	/** Somebody is being consulted in it, by the agent or a colleague. */
	isConsult?: boolean;
	/** Whom the agent consulted is gone, and the one it was about is on hold still. */
	isLeftOnHold?: boolean;
	/** How a page that the customer shares stands (`offering`, `contacting`, `connected`); absent where none is. */
	cobrowse?: string | undefined;
	media: MediaType;
	/** The call within a callback, while it goes on; mute, hold and recording are its. */
	call?: { state: string };
	/** Where a callback can reach the customer. */
	callbackNumbers?: readonly string[];
	/** A campaign began it: the agent looks at a contact first, or was put through to who answered. */
	campaign?: "preview" | "call";
	/** Nobody has been called for the preview yet: it is passed over by its card, where the campaign lets it. */
	isUntouched?: boolean;
	/** Such a one was taken away: why; the code is one of those with which a call is refused, none where the contact just went back. */
	takenBack?: { code?: string | undefined };
	direction: "inbound" | "outbound";
	/** `alerting`, `contacting`, `dialing`, `connected`, `disconnected`, … (platform-api 5.3). */
	state: string;
	held: boolean;
	muted: boolean;
	recording: "active" | "paused" | "none";
	/** The agent records on their own account; absent where the server does not tell it apart from a policy. */
	ownRecording?: boolean | undefined;
	securePause: boolean;
	/** ISO: since when somebody has it paused. */
	pausedTime?: string | undefined;
	remoteName: string;
	/** Number or address to show; may be empty. */
	remoteAddress: string;
	queueId?: string;
	queueName?: string;
	/** The agent's own part is of a queue, whose codes are theirs to give: whoever is only asked has none. */
	worksForQueue?: boolean;
	/** ISO times, as far as they have come. */
	startTime?: string;
	connectedTime?: string;
	endTime?: string;
	startHoldTime?: string;
	/** ISO: when the agent's first part began, in which they talked if they did in any. */
	beganTime?: string;
	/** Milliseconds that the agent was connected, all their parts together; once it is over, where they ever were. */
	talkedMs?: number;
	/** The same of each part, where there were several. */
	turnsMs?: number[];
	/** It was made of a message that somebody left in the queue: that one's id. */
	voicemailId?: string;
	/** How the agent's part ended; undefined while it goes on. Of several the last in which they talked, if any. */
	outcome?: CallOutcome;
	/** The colleague who was faster, where it rang for several. */
	answeredBy?: string | undefined;
	/** With whom it is, where that is a colleague. */
	colleagueId?: string | undefined;
	/** The colleague who called to ask the agent about it, where the agent has not come to talk to them. */
	askedBy?: { id: string; name: string };
	/** The newest part, where it is over and the agent did not come to talk in it, though they had talked before. */
	missedAgain?: { outcome: CallOutcome; startTime?: string | undefined; endTime?: string | undefined };
	/** The agent has handed the interaction over, nobody was reached, and it has come back: why. */
	cameBack?: CallOutcome;
	/** The agent is out, whom they handed it over to has not taken it, and it waits in the queue again: who that was. */
	notTakenBy?: string;
	/** The agent still owes a wrap-up code. */
	needsWrapup: boolean;
	acwStartTime?: string;
	wrapupPrompt?: string;
	wrapupTimeoutMs?: number;
	flagged: boolean;
	/** The agent wants after-call work though the queue does not ask for it. */
	afterCallWorkAsked: boolean;
	source: WireConversation;
}

/** Nobody speaks in it: it is written. */
export function isWritten(one: Pick<LiveInteraction, "media"> | undefined): boolean {
	return one?.media === "message" || one?.media === "email";
}

const mediaLists = [
	["call", "calls"],
	["callback", "callbacks"],
	["chat", "chats"],
	["email", "emails"],
	["message", "messages"],
] as const;

const over = new Set(["disconnected", "terminated"]);

function communicationOf(
	participant: WireParticipant,
): { media: MediaType; communication: WireCommunication } | undefined {
	// A call that is made within a callback is a part of it.
	const callback = participant.callbacks?.at(-1);
	if (callback) return { media: "callback", communication: callback };
	for (const [media, list] of mediaLists) {
		const communication = (participant[list] as WireCommunication[] | undefined)?.at(-1);
		if (communication) return { media, communication };
	}
	return undefined;
}

export const userOf = (participant: WireParticipant) => participant.userId ?? participant.user?.id;
export const partyIsLive = (participant: WireParticipant) => {
	const state = communicationOf(participant)?.communication.state ?? "disconnected";
	return !participant.endTime && !over.has(state);
};

/** The agent has been in it before, and has given that part's wrap-up. */
export function hasEarlierWrapup({ source, participantId }: LiveInteraction): boolean {
	const all = source.participants ?? [];
	const own = all.find(({ id }) => id === participantId);
	return all.some((each) => each !== own && own && userOf(each) === userOf(own) && Boolean(each.wrapup));
}

/** Whom it is with, outside, is still in it. */
export function isOutsideThere({ source, outsideId }: LiveInteraction): boolean {
	return source.participants?.some((each) => each.id === outsideId && partyIsLive(each)) ?? false;
}

/**
 * The agent's own participant: the living one, else the one that owes after-call work, else the latest (each offer of a call
 * makes a new participant).
 */
export function ownParticipant(conversation: WireConversation, userId: string): WireParticipant | undefined {
	const own = (conversation.participants ?? []).filter((each) => userOf(each) === userId && communicationOf(each));
	return own.findLast(partyIsLive) ?? own.findLast(owesWrapup) ?? own.at(-1);
}

function interruptionNow(other: WireParticipant | undefined): Interruption | undefined {
	return other && partyIsLive(other)
		? interruptionOf(communicationOf(other)?.communication.errorInfo?.code)
		: undefined;
}

function isOutside(participant: WireParticipant | undefined): boolean {
	return ["customer", "external", "outbound"].includes(participant?.purpose ?? "");
}

function otherParty(conversation: WireConversation, own: WireParticipant): WireParticipant | undefined {
	const others = (conversation.participants ?? []).filter((each) => each.id !== own.id);
	const outside = others.filter(isOutside);
	const people = others.filter(
		(each) => ["agent", "user"].includes(each.purpose ?? "") && userOf(each) && userOf(each) !== userOf(own),
	);
	// The first outside is whom it is with: others were called for them, as by a transfer.
	return outside.find(partyIsLive) ?? outside[0] ?? people.findLast(partyIsLive) ?? people.at(-1);
}

/** What the agent's own talk does not tell: whether the other side hears it, and whether anybody does. */
function othersOf(
	conversation: WireConversation,
	own: WireParticipant,
	other: WireParticipant | undefined,
): Pick<LiveInteraction, "otherAway" | "isAlone"> {
	const call = own.calls?.at(-1);
	if (call?.state !== "connected" || call.held || !other?.calls) return {};
	const talking = (conversation.participants ?? []).filter(
		(each) => each !== own && each.purpose !== "acd" && partyIsLive(each) && each.calls?.at(-1)?.state === "connected",
	);
	const isAlone = talking.length > 0 && talking.every((each) => each.calls?.at(-1)?.held);
	const theirs = other.calls.at(-1);
	// A colleague who holds has another call; they are not the one who waits.
	if (!isOutside(other)) return { isAlone };
	if (partyIsLive(other)) return theirs?.held ? { otherAway: heldNow(theirs), isAlone } : { isAlone };
	const [left] = talking;
	return left ? { otherAway: { kind: "left", talksTo: left.name || displayAddress(left.address) }, isAlone } : {};
}

/** Who is asked whether they may be recorded hears that, and no music. */
function heldNow({ startHoldTime, inlayConsent }: WireCommunication): LiveInteraction["otherAway"] {
	return { kind: "held", since: startHoldTime, ...(inlayConsent === "asked" ? { isAsked: true } : {}) };
}

/** Strips the scheme and host of a `tel:` or `sip:` address. */
export function displayAddress(raw: string | undefined): string {
	return decodeQuietly(
		(raw ?? "").replace(/^(tel|sip|sips|mailto):/i, "").replace(/@.*$/, (host) => (raw?.startsWith("sip") ? "" : host)),
	);
}

function decodeQuietly(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

function owesWrapup(own: WireParticipant): boolean {
	const found = communicationOf(own);
	return found !== undefined && needsWrapup(own, found.communication);
}

function needsWrapup(own: WireParticipant, communication: WireCommunication): boolean {
	if (!over.has(communication.state ?? "") || own.wrapupSkipped) return false;
	const required = own.wrapupRequired ?? communication.afterCallWorkRequired ?? false;
	const work = communication.afterCallWork?.state?.toLowerCase();
	if (work === "complete" || work === "skipped" || own.endAcwTime) return false;
	const coded = own.wrapup ?? communication.wrapup;
	return work === "pending" || (required && !coded && Boolean(communication.connectedTime ?? own.connectedTime));
}

function recordingOf(conversation: WireConversation, communication: WireCommunication): LiveInteraction["recording"] {
	const state = (communication.recordingState ?? conversation.recordingState ?? "none").toLowerCase();
	if (state === "paused") return "paused";
	return state === "active" || communication.recording ? "active" : "none";
}

function ownRecordingOf({ recordersState }: WireCommunication): boolean | undefined {
	const state = recordersState?.adhocState;
	return state === undefined ? undefined : state !== "none";
}

function queueOf(conversation: WireConversation, own: WireParticipant): Pick<LiveInteraction, "queueId" | "queueName"> {
	const acd = (conversation.participants ?? []).findLast((each) => each.purpose === "acd");
	return {
		queueId: own.queueId ?? own.queue?.id ?? acd?.queueId ?? acd?.queue?.id,
		queueName: own.queueName ?? own.queue?.name ?? acd?.queueName ?? acd?.queue?.name ?? acd?.name,
	};
}

/** Whom the agent's transfer was to reach was not reached (`transferSource` names who handed over), and it rings here again. */
function cameBackOf(conversation: WireConversation, own: WireParticipant, userId: string): CallOutcome | undefined {
	const all = conversation.participants ?? [];
	const isOwn = (id: string | undefined) =>
		all.some((each) => each.id === id && userOf(each) === userId && each !== own);
	const asked = all.findLast((each) => isOwn(communicationOf(each)?.communication.transferSource));
	const communication = asked && communicationOf(asked)?.communication;
	if (!communication || communication.connectedTime || !over.has(communication.state ?? "")) return undefined;
	// What came of an earlier part's transfer is old news once there has been another part.
	const before = all.slice(0, all.indexOf(own)).findLast((each) => userOf(each) === userId);
	if (before?.id !== communication.transferSource) return undefined;
	if (all.indexOf(asked) > all.indexOf(own)) return undefined;
	// Only a part that nobody handed over, after nobody but the one who was not reached, is the call that is back.
	const since = all.slice(all.indexOf(asked) + 1, all.indexOf(own));
	const isHandedOver = communicationOf(own)?.communication.transferSource !== undefined;
	if (isHandedOver || since.some((each) => each.userId !== undefined && partOf(each).connectedTime)) return undefined;
	if (before && isEarlier(asked, before)) return undefined;
	return failureOf(communication.errorInfo?.code) ?? outcomeOf(communication);
}

/** Whom the agent asked was gone before they left themselves: a consult that was over has nothing to do with the transfer. */
function isEarlier(asked: WireParticipant, left: WireParticipant): boolean {
	const [theirs, ours] = [asked, left].map((each) => partOf(each).endTime ?? "");
	return Boolean(theirs && ours && theirs < ours);
}

/** The same while the agent is out: it has gone back into the queue instead. */
function notTakenByOf(conversation: WireConversation, own: WireParticipant): string | undefined {
	const all = conversation.participants ?? [];
	const asked = all.findLast((each) => communicationOf(each)?.communication.transferSource === own.id);
	const communication = asked && communicationOf(asked)?.communication;
	if (!communication || communication.connectedTime || partyIsLive(asked) || partyIsLive(own)) return undefined;
	if (isEarlier(asked, own)) return undefined;
	const waits = all.slice(all.indexOf(asked) + 1).some((each) => each.purpose === "acd" && partyIsLive(each));
	return waits ? asked.name || displayAddress(asked.address) : undefined;
}

/** One of the agent's parts in a conversation that is over. */
interface PastPart {
	call: EndedCall;
	startTime: string | undefined;
	connectedTime: string | undefined;
	endTime: string | undefined;
}

function partOf(participant: WireParticipant): PastPart {
	const communication = communicationOf(participant)?.communication ?? {};
	const connectedTime = communication.connectedTime ?? participant.connectedTime;
	const endTime = communication.disconnectedTime ?? participant.endTime;
	return {
		call: { ...communication, connectedTime, endTime },
		startTime: participant.startTime,
		connectedTime,
		endTime,
	};
}

/** How it ended for the agent: a call that was talked through and came back unanswered was no missed one. */
function endingOf(
	conversation: WireConversation,
	own: WireParticipant,
	userId: string,
): Pick<
	LiveInteraction,
	"beganTime" | "connectedTime" | "endTime" | "missedAgain" | "outcome" | "talkedMs" | "turnsMs"
> {
	const last = partOf(own);
	const other = otherParty(conversation, own);
	const far = other && isOutside(other) ? partOf(other).call : undefined;
	const outcome = outcomeOf(last.call, far);
	const { connectedTime, endTime } = last;
	const all = (conversation.participants ?? []).filter((each) => userOf(each) === userId).map(partOf);
	const talked = all.filter((each) => each.connectedTime);
	const beganTime = (talked[0] ?? last).startTime ?? conversation.startTime;
	if (!outcome) return { beganTime, connectedTime, endTime, outcome };
	const counting = connectedTime ? last : (talked.at(-1) ?? last);
	return {
		beganTime,
		...(connectedTime || talked.length === 0 ? {} : { missedAgain: { outcome, startTime: last.startTime, endTime } }),
		connectedTime: counting.connectedTime,
		endTime: counting.endTime,
		outcome: outcomeOf(counting.call, far) ?? outcome,
		...talkOf(talked),
	};
}

/** Milliseconds that these parts were connected, together and, of several, each; nothing where none was. */
export function talkOf(
	parts: readonly { connectedTime?: string | undefined; endTime?: string | undefined }[],
): Pick<LiveInteraction, "talkedMs" | "turnsMs"> {
	const each = parts.flatMap(({ connectedTime, endTime }) =>
		connectedTime && endTime ? Math.max(0, Date.parse(endTime) - Date.parse(connectedTime)) : [],
	);
	if (each.length === 0) return {};
	return { talkedMs: each.reduce((sum, ms) => sum + ms), ...(each.length > 1 ? { turnsMs: each } : {}) };
}

/** Reads the agent's interaction out of a conversation; undefined when the agent has no part in it. */
export function readInteraction(conversation: WireConversation, userId: string): LiveInteraction | undefined {
	const own = ownParticipant(conversation, userId);
	const found = own && communicationOf(own);
	if (!own?.id || !found) return undefined;
	const { media, communication } = found;
	const within = media === "callback" ? own.calls?.findLast((each) => !over.has(each.state ?? "")) : undefined;
	const spoken: WireCommunication = within ?? communication;
	const other = otherParty(conversation, own);
	const address = communication.other?.addressDisplayable ?? communication.other?.addressNormalized ?? other?.address;
	// Whoever writes from a page has no address: what stands there is their session's id.
	const isGuest = media === "message" && communication.type === "webmessaging";
	const remoteAddress = isGuest ? "" : displayAddress(address ?? communication.other?.addressRaw);
	return {
		id: conversation.id,
		participantId: own.id,
		...(isOutside(other) ? { outsideId: other?.id } : {}),
		otherId: other?.id,
		otherInterrupted: interruptionNow(other),
		...othersOf(conversation, own, other),
		isConsult: openConsult(conversation) !== undefined,
		isLeftOnHold: isLeftOnHold(conversation, own),
		cobrowse: own.cobrowsesessions?.find(({ state }) => state !== "disconnected")?.state,
		communicationId: communication.id ?? "",
		media,
		...(within ? { call: { state: within.state ?? "" } } : {}),
		...(communication.voicemail?.id ? { voicemailId: communication.voicemail.id } : {}),
		...(communication.callbackNumbers ? { callbackNumbers: communication.callbackNumbers } : {}),
		...campaignOf(conversation, communication, other),
		direction: communication.direction === "outbound" ? "outbound" : "inbound",
		state:
			own.endTime && !over.has(communication.state ?? "") ? "disconnected" : (communication.state ?? "disconnected"),
		held: spoken.held ?? false,
		muted: spoken.muted ?? false,
		recording: recordingOf(conversation, spoken),
		securePause: spoken.securePause ?? conversation.securePause ?? false,
		pausedTime: spoken.inlayPausedTime,
		ownRecording: ownRecordingOf(spoken),
		remoteName: other?.name || communication.other?.name || remoteAddress,
		remoteAddress,
		...queueOf(conversation, own),
		worksForQueue: (own.queueId ?? own.queue?.id) !== undefined,
		startTime: own.startTime ?? conversation.startTime,
		startHoldTime: spoken.startHoldTime,
		...endingOf(conversation, own, userId),
		...colleaguesOf(conversation, own, other),
		...askedByOf(conversation, own, spoken),
		cameBack: cameBackOf(conversation, own, userId),
		notTakenBy: notTakenByOf(conversation, own),
		needsWrapup: needsWrapup(own, communication),
		acwStartTime:
			own.startAcwTime ?? communication.afterCallWork?.startTime ?? communication.disconnectedTime ?? own.endTime,
		wrapupPrompt: own.wrapupPrompt,
		wrapupTimeoutMs: own.wrapupTimeoutMs,
		flagged: Boolean(own.flaggedReason),
		afterCallWorkAsked: own.wrapupRequired === true && own.wrapupPrompt === "agentRequested",
		source: conversation,
	};
}

/** The colleague with whom it is; and who answered what rang for several. */
function colleaguesOf(
	{ participants = [] }: WireConversation,
	own: WireParticipant,
	other: WireParticipant | undefined,
): Pick<LiveInteraction, "answeredBy" | "colleagueId"> {
	const colleagueId = isOutside(other) ? undefined : other && userOf(other);
	const talks = participants.find((one) => one !== own && userOf(one) && one.calls?.at(-1)?.connectedTime);
	return { ...(colleagueId ? { colleagueId } : {}), ...(talks?.name ? { answeredBy: talks.name } : {}) };
}

/** A consult that ended with nobody answering; one that was completed while it rang was a transfer. */
function askedByOf(
	{ participants = [], recentTransfers = [] }: WireConversation,
	own: WireParticipant,
	{ connectedTime, direction }: WireCommunication,
): Pick<LiveInteraction, "askedBy"> {
	const last = recentTransfers.at(-1);
	if (!own.consultParticipantId || connectedTime || direction === "outbound" || last?.transferType !== "Attended")
		return {};
	const id = last.initiator?.userId;
	const asker = participants.find((one) => one !== own && id !== undefined && userOf(one) === id);
	return id && asker ? { askedBy: { id, name: asker.name ?? "" } } : {};
}

function campaignOf(
	{ participants = [] }: WireConversation,
	communication: WireCommunication,
	other: WireParticipant | undefined,
): Pick<LiveInteraction, "campaign" | "isUntouched" | "takenBack"> {
	if (communication.dialerPreview) {
		const isUntouched = !participants.some((one) => (one.calls?.length ?? 0) > 0);
		const isGone = isUntouched && over.has(communication.state ?? "");
		return {
			campaign: "preview",
			...(isUntouched ? { isUntouched } : {}),
			...(isGone ? { takenBack: { code: communication.errorInfo?.code } } : {}),
		};
	}
	return other?.attributes?.dialerCampaignId ? { campaign: "call" } : {};
}

function isLeftOnHold(conversation: WireConversation, own: WireParticipant): boolean {
	const about = conversation.participants?.find(({ id }) => id !== undefined && id === own.consultParticipantId);
	const isOpen = openConsult(conversation) !== undefined || !about || !partyIsLive(about) || !partyIsLive(own);
	return !isOpen && about?.calls?.at(-1)?.held === true;
}

/** The consult that goes on in a conversation, by whoever began it (platform-api 5.4, `recentTransfers`). */
export function openConsult({ recentTransfers = [] }: WireConversation): PlatformTransfer | undefined {
	return recentTransfers.findLast(
		({ transferType, state }) => transferType === "Attended" && (state === "Pending" || state === "Active"),
	);
}

/** A colleague asks the agent about it: what is done with the customer is the colleague's until it is handed over. */
export function isOnlyAsked({ source, participantId }: LiveInteraction): boolean {
	const own = source.participants?.find(({ id }) => id === participantId);
	const initiator = openConsult(source)?.initiator?.userId;
	return own?.consultParticipantId !== undefined && initiator !== undefined && initiator !== userOf(own);
}

/** The customer shares a page: also for two minutes after the interaction, where the messenger lets it (agent-features 12, "States"). */
export function isPageShared({ cobrowse }: LiveInteraction): boolean {
	return cobrowse !== undefined && cobrowse !== "offering";
}

/** True while the interaction belongs into the agent's list: alive, owing after-call work, or with a page that is theirs to leave. */
export function isListed(interaction: LiveInteraction): boolean {
	return !over.has(interaction.state) || interaction.needsWrapup || isPageShared(interaction);
}

/** The agent talks, and nothing comes from the other side. */
export function isInterrupted({ state, otherInterrupted }: LiveInteraction): boolean {
	return state === "connected" && otherInterrupted !== undefined;
}

/** True once the agent's own leg has ended. */
export function isOver(interaction: Pick<LiveInteraction, "state">): boolean {
	return over.has(interaction.state);
}
