import { type Interruption, interruptionOf } from "@inlay/contract";
import { cameBackOf, endingOf, hungUpByOf, notTakenByOf } from "./endings.ts";
import type { LiveInteraction } from "./interaction.ts";
import {
	communicationOf,
	displayAddress,
	isOutside,
	needsWrapup,
	openConsult,
	otherParty,
	over,
	ownParticipant,
	partyIsLive,
	userOf,
} from "./participants.ts";
import type { WireCommunication, WireConversation, WireParticipant } from "./wire.ts";

function interruptionNow(other: WireParticipant | undefined): Interruption | undefined {
	return other && partyIsLive(other)
		? interruptionOf(communicationOf(other)?.communication.errorInfo?.code)
		: undefined;
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
	if (!left) return {};
	// Who hangs up themselves is told of as a peer.
	const isLetGo = theirs?.disconnectType === "client";
	return { otherAway: { kind: "left", talksTo: left.name || displayAddress(left.address), isLetGo }, isAlone };
}

/** Who is asked whether they may be recorded hears that, and no music. */
function heldNow({ startHoldTime, inlayConsent }: WireCommunication): LiveInteraction["otherAway"] {
	return { kind: "held", since: startHoldTime, ...(inlayConsent === "asked" ? { isAsked: true } : {}) };
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
		isSilenced: spoken.inlaySilenced !== undefined && spoken.startHoldTime === undefined,
		muted: spoken.muted ?? false,
		recording: recordingOf(conversation, spoken),
		securePause: spoken.securePause ?? conversation.securePause ?? false,
		pausedTime: spoken.inlayPausedTime,
		transcription: spoken.inlayTranscription,
		ownRecording: ownRecordingOf(spoken),
		remoteName: other?.name || communication.other?.name || remoteAddress,
		remoteAddress,
		...queueOf(conversation, own),
		worksForQueue: (own.queueId ?? own.queue?.id) !== undefined,
		startTime: own.startTime ?? conversation.startTime,
		startHoldTime: spoken.startHoldTime,
		...endingOf(conversation, own, userId),
		hungUpBy: hungUpByOf(conversation, own, other),
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

/** A consult, or a call into a call, that ended with nobody answering; one that was completed while it rang was a transfer. */
function askedByOf(
	{ participants = [], recentTransfers = [] }: WireConversation,
	own: WireParticipant,
	{ connectedTime, direction, inlayAddedBy }: WireCommunication,
): Pick<LiveInteraction, "askedBy"> {
	const host = participants.find((one) => one.id !== undefined && one.id === inlayAddedBy && one !== own);
	const hostId = host && userOf(host);
	if (hostId && !connectedTime) return { askedBy: { id: hostId, name: host.name ?? "", into: true } };
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
