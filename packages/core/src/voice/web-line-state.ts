import { callOf } from "../conversations/call/model.ts";
import { mailboxIn } from "../conversations/call/voicemail/model.ts";
import { type Conversation, isConnected, isLive, isOutside, isStaff, isUnheard } from "../conversations/model.ts";
import type { Interrupted } from "./media-plan.ts";
import type { WebLineState } from "./web-line.ts";

/** What a caller's page is told of its call. */
export function lineState(conversation: Conversation, interrupted: Interrupted = new Set()): WebLineState {
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
	if (mailbox) return { type: "state", state: "voicemail", ...(mailbox.name ? { agentName: mailbox.name } : {}) };
	const talking = others.filter(isConnected);
	const heard = talking.filter((one) => !interrupted.has(one.id));
	const unheard = interrupted.has(caller.id) ? { unheard: true } : {};
	const speaking = callOf(caller).held ? undefined : heard.find((one) => !isUnheard(one));
	if (talking.length > 0) {
		const state = speaking ? "connected" : heard.length > 0 ? "held" : "interrupted";
		return { type: "state", state, agentName: (speaking ?? heard[0] ?? talking[0])?.name, ...unheard };
	}
	return { type: "state", state: others.length > 0 ? "ringing" : "waiting" };
}
