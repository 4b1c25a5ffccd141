import { consentOf } from "../conversations/call/consent.ts";
import { isOfDestination, openConsult } from "../conversations/call/consult/model.ts";
import { callOf } from "../conversations/call/model.ts";
import { mailboxIn, mailboxOfQueue } from "../conversations/call/voicemail/model.ts";
import {
	type Conversation,
	isConnected,
	isLive,
	isOutside,
	isStaff,
	isUnheard,
	type Participant,
} from "../conversations/model.ts";
import type { Interrupted } from "./media-plan.ts";
import type { QueuePlace } from "./queue-places/queue-places.ts";
import type { WebLineState } from "./web-line.ts";

/** Whom an agent asks about the caller is nobody's business until they are brought in. */
function isAskedInPrivate(conversation: Conversation, participant: Participant): boolean {
	const consult = openConsult(conversation);
	const isApart = consult !== undefined && (consult.stage !== "talking" || consult.speakTo !== "BOTH");
	return isApart && isOfDestination(conversation, consult, participant);
}

/** The question whether the caller may be recorded, as long as it is asked, and then their answer. */
function askedOf(conversation: Conversation, caller: Participant): Pick<WebLineState, "consent"> {
	const state = consentOf(conversation, caller);
	if (!state) return {};
	const { partyId, text = "", until } = conversation.internal.consent ?? {};
	if (state === "asked") return { consent: { state, text } };
	const mayRefuse = state === "given" && partyId === caller.id && until !== undefined;
	return { consent: { state, ...(mayRefuse ? { mayRefuse } : {}) } };
}

/** What a caller's page is told of its call. */
export function lineState(
	conversation: Conversation,
	interrupted: Interrupted = new Set(),
	place?: QueuePlace,
): WebLineState {
	const caller = conversation.participants.find(isOutside);
	if (!caller || !isLive(caller)) {
		return { type: "state", state: "ended", reason: caller ? callOf(caller).disconnectType : undefined };
	}
	if (callOf(caller).state !== "connected") return { type: "state", state: "connecting" };
	// Staff, or somebody outside to whom the caller was transferred.
	const others = conversation.participants.filter(
		(one) => one !== caller && (isStaff(one) || isOutside(one)) && isLive(one),
	);
	const mailbox = mailboxIn(conversation);
	if (mailbox) {
		const { leadsOn } = mailbox.internal.voicemail ?? {};
		const name = mailbox.name ? { agentName: mailbox.name } : {};
		return { type: "state", state: "voicemail", ...name, ...(leadsOn ? { leadsOn } : {}) };
	}
	const talking = others.filter((one) => isConnected(one) && !isAskedInPrivate(conversation, one));
	const heard = talking.filter((one) => !interrupted.has(one.id));
	const unheard = interrupted.has(caller.id) ? { unheard: true } : {};
	const speaking = callOf(caller).held ? undefined : heard.find((one) => !isUnheard(one));
	if (talking.length > 0) {
		const state = speaking ? "connected" : heard.length > 0 ? "held" : "interrupted";
		const agentName = (speaking ?? heard[0] ?? talking[0])?.name;
		return { type: "state", state, agentName, ...askedOf(conversation, caller), ...unheard };
	}
	const message = mailboxOfQueue(conversation) ? { mayLeaveMessage: true } : {};
	return {
		type: "state",
		state: others.length > 0 ? "ringing" : "waiting",
		...askedOf(conversation, caller),
		...message,
		...(others.length > 0 ? {} : place),
	};
}
