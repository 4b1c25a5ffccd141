import { type Conversation, callOf, isConnected, isLive, isOutside, isStaff } from "../conversations/model.ts";
import type { WebLineMessage } from "./web-line.ts";

/** What a caller's page is told of its call. */
export function lineState(conversation: Conversation): WebLineMessage {
	const caller = conversation.participants.find(isOutside);
	if (!caller || !isLive(caller)) {
		return { type: "state", state: "ended", reason: caller ? callOf(caller).disconnectType : undefined };
	}
	if (callOf(caller).state !== "connected") return { type: "state", state: "connecting" };
	const staff = conversation.participants.filter((one) => isStaff(one) && isLive(one));
	const talking = staff.find(isConnected);
	if (talking) return { type: "state", state: callOf(talking).held ? "held" : "connected", agentName: talking.name };
	return { type: "state", state: staff.length > 0 ? "ringing" : "waiting" };
}
