import { callOf } from "../conversations/call/model.ts";
import { type Conversation, isConnected, isLive, isOutside, isStaff } from "../conversations/model.ts";
import type { WebLineState } from "./web-line.ts";

/** What a caller's page is told of its call. */
export function lineState(conversation: Conversation): WebLineState {
	const caller = conversation.participants.find(isOutside);
	if (!caller || !isLive(caller)) {
		return { type: "state", state: "ended", reason: caller ? callOf(caller).disconnectType : undefined };
	}
	if (callOf(caller).state !== "connected") return { type: "state", state: "connecting" };
	// Staff, or somebody outside to whom the caller was transferred.
	const others = conversation.participants.filter(
		(one) => one !== caller && (isStaff(one) || isOutside(one)) && isLive(one),
	);
	const talking = others.filter(isConnected);
	const speaking = callOf(caller).held ? undefined : talking.find((one) => !callOf(one).held);
	if (talking.length > 0) {
		return { type: "state", state: speaking ? "connected" : "held", agentName: (speaking ?? talking[0])?.name };
	}
	return { type: "state", state: others.length > 0 ? "ringing" : "waiting" };
}
