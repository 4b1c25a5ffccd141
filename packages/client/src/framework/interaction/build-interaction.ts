/** From the platform's generic conversation to the interaction that scripts see (framework-contract 7). */
import type { InHandAs, Interaction } from "@inlay/contract";
import { orderInteraction, seenAttributes } from "@inlay/contract";
import type { PlatformConversation, PlatformParticipant, PlatformWrapup } from "../platform-conversation.ts";
import { callingAddress, dialledAddress, remoteAddress, remoteDisplayAddress, remoteNameOf } from "./address.ts";
import type { Leg } from "./parties.ts";
import {
	isInternal,
	leadingLeg,
	legsOf,
	ownParticipant,
	ownParticipants,
	remoteParticipant,
	withPurpose,
} from "./parties.ts";
import { consultStateOf, directionOf, isWorkDone, mutedStateOf, stateOf } from "./state.ts";
import { conversationStart, endOf, isoTime, secondsBetween, secondsIn, secondsTogether, startOf } from "./times.ts";

/** What the conversation does not say by itself. */
export interface BuildOptions {
	/** `customInteractionAttributes` of the script. */
	attributeNames?: readonly string[];
	/** Keeps the case of attribute names; scripts expect lower case (framework-contract 7). */
	preserveAttributeCase?: boolean;
	/** Who writes from a page is told of as a chat (`settings.webMessagesAs`). */
	webMessagesAreChats?: boolean;
	/** `state` of what is no call, in hand (`settings.writtenInHandAs`). */
	writtenInHand?: InHandAs;
	/** A message that was left in a queue is a callback as well (`settings.queueVoicemailIsCallback`). */
	voicemailIsCallback?: boolean;
	/** Name of a queue by its id. */
	queueName?: (queueId: string) => string | undefined;
	/** Name of a wrap-up code by its id. */
	wrapupName?: (codeId: string) => string | undefined;
	/** Name of who has a number, where the conversation knows none. */
	remoteName?: (address: string) => string | undefined;
}

/** The agent's view of a conversation; undefined when this user takes no part in it. */
export function buildInteraction(
	conversation: PlatformConversation,
	userId: string,
	options: BuildOptions = {},
): Interaction | undefined {
	const own = ownParticipant(conversation, userId);
	if (own === undefined) return undefined;
	const leg = leadingLeg(own);
	const remote = remoteParticipant(conversation, own);
	return orderInteraction({
		id: conversation.id,
		...progress(conversation, own, ownParticipants(conversation, userId), leg, remote, options.writtenInHand),
		...parties(conversation, leg, remote, options),
		...media(conversation, own, leg, remote, options),
		...wrapup(own, leg, options),
		...consultStateOf(conversation, own, remote),
		...mutedStateOf(leg),
		recordingState: recordingState(leg?.communication.recordingState ?? conversation.recordingState),
		securePause: leg?.communication.securePause ?? conversation.securePause ?? false,
		flagged: own.flaggedReason ? true : undefined,
		queueName: queueName(conversation, own, options),
		attributes: seenAttributes(
			[...(conversation.participants ?? []).filter((one) => one !== own), own].map(({ attributes }) => attributes),
			options.attributeNames ?? [],
			options.preserveAttributeCase ?? false,
		),
	});
}

/** A call that was talked through and came back unanswered was no missed one: all the agent's parts count. */
function progress(
	conversation: PlatformConversation,
	own: PlatformParticipant,
	parts: readonly PlatformParticipant[],
	leg: Leg | undefined,
	remote: PlatformParticipant | undefined,
	writtenInHand: InHandAs = "CONNECTED",
) {
	const state = stateOf(leg, remote);
	const isDisconnected = state === "DISCONNECTED";
	const isConnected = state === "CONNECTED" || state === "HELD";
	const talked = parts.filter((part) => startOf(part) !== undefined);
	const counting = isDisconnected && startOf(own) === undefined ? (talked.at(-1) ?? own) : own;
	const connectedTime = isConnected || isDisconnected ? startOf(counting) : undefined;
	const endTime = isDisconnected ? endOf(own) : undefined;
	return {
		state: state === "CONNECTED" && leg?.medium !== "call" ? writtenInHand : state,
		isConnected,
		isDisconnected,
		isDone: isWorkDone(state, own, leg),
		connectedTime,
		endTime,
		startTime: conversationStart(conversation) ?? startOf(own),
		interactionDurationSeconds: endTime === undefined ? undefined : secondsTogether(talked),
		totalIvrDurationSeconds: secondsIn(conversation, ["ivr", "workflow", "botflow"], connectedTime),
		totalAcdDurationSeconds: connectedTime === undefined ? undefined : secondsIn(conversation, ["acd"], connectedTime),
	};
}

function parties(
	conversation: PlatformConversation,
	leg: Leg | undefined,
	remote: PlatformParticipant | undefined,
	options: BuildOptions,
) {
	const direction = directionOf(leg);
	const internal = isInternal(conversation, remote);
	const displayAddress = remoteDisplayAddress(leg, remote);
	const known = displayAddress === undefined ? undefined : options.remoteName?.(displayAddress);
	const name = remoteNameOf(leg, remote) ?? known ?? displayAddress;
	return {
		direction,
		isInternal: internal,
		name,
		remoteName: name,
		phone: remoteAddress(leg, remote),
		displayAddress,
		ani: internal ? "Internal" : callingAddress(direction, leg, remote),
		calledNumber: internal ? "Internal" : dialledAddress(direction, leg, remote),
	};
}

function media(
	conversation: PlatformConversation,
	own: PlatformParticipant,
	leg: Leg | undefined,
	remote: PlatformParticipant | undefined,
	options: BuildOptions,
) {
	const isChat = options.webMessagesAreChats === true && leg?.communication.type === "webmessaging";
	const isMessage = leg?.medium === "message" && !isChat;
	const callback = legsOf(own).find((each) => each.medium === "callback")?.communication;
	const preview = callback?.dialerPreview;
	const outbound = { ...(remote?.attributes ?? {}), ...(own.attributes ?? {}) };
	return {
		isCallback: callback !== undefined && (options.voicemailIsCallback === true || callback.voicemail === undefined),
		isVoicemail: callback?.voicemail !== undefined && callback.voicemail !== null,
		isDialer:
			preview !== undefined ||
			outbound.dialerCampaignId !== undefined ||
			withPurpose(conversation, ["dialer", "campaign"]).length > 0,
		isChat: isChat || leg?.medium === "chat",
		isEmail: leg?.medium === "email",
		isMessage,
		messageType: isMessage ? leg.communication.type : undefined,
		callbackNumbers: callback?.callbackNumbers,
		dialerCampaignId: preview?.campaignId ?? outbound.dialerCampaignId,
		dialerContactId: preview?.contactId ?? outbound.dialerContactId,
		dialerContactListId: preview?.contactListId ?? outbound.dialerContactListId,
	};
}

function wrapup(own: PlatformParticipant, leg: Leg | undefined, options: BuildOptions) {
	const given: PlatformWrapup | undefined = own.wrapup ?? leg?.communication.wrapup;
	if (given === undefined) return {};
	const name = given.name ?? (given.code === undefined ? undefined : options.wrapupName?.(given.code)) ?? given.code;
	const started = isoTime(own.startAcwTime) ?? endOf(own);
	const ended = isoTime(own.endAcwTime) ?? isoTime(given.endTime);
	return {
		disposition: name,
		dispositionDurationSeconds: given.durationSeconds ?? secondsBetween(started, ended),
	};
}

function recordingState(given: string | undefined): "active" | "paused" | "none" {
	const state = given?.toLowerCase();
	return state === "active" || state === "paused" ? state : "none";
}

/** The queue's own name, else that of the queue participant, which carries it. */
function queueName(conversation: PlatformConversation, own: PlatformParticipant, options: BuildOptions) {
	const queue = withPurpose(conversation, ["acd"]).at(-1);
	const queueId = own.queueId ?? own.queue?.id ?? queue?.queueId ?? queue?.queue?.id;
	const named = queueId === undefined ? undefined : options.queueName?.(queueId);
	return named ?? own.queueName ?? own.queue?.name ?? queue?.queueName ?? queue?.queue?.name ?? queue?.name;
}
