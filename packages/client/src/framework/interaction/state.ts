/** State, direction and after-call work of the agent's own leg (framework-contract 7). */
import type { Interaction, InteractionState } from "@inlay/contract";
import type { PlatformConversation, PlatformParticipant } from "../platform-conversation.ts";
import type { Leg } from "./parties.ts";
import { isLive, leadingLeg } from "./parties.ts";
import { isoTime } from "./times.ts";

const STATES: Readonly<Record<string, InteractionState>> = {
	alerting: "ALERTING",
	offering: "ALERTING",
	contacting: "CONTACTING",
	dialing: "DIALING",
	connected: "CONNECTED",
	disconnected: "DISCONNECTED",
	terminated: "DISCONNECTED",
	none: "DISCONNECTED",
	converting: "CONNECTED",
	uploading: "CONNECTED",
	transmitting: "CONNECTED",
	parked: "PARKED",
};

const RINGING = new Set(["alerting", "offering", "contacting", "dialing"]);
const WORK_FINISHED = new Set(["complete", "completed", "skipped", "notapplicable"]);

export function directionOf(leg: Leg | undefined): "Inbound" | "Outbound" | undefined {
	const direction = leg?.communication.direction?.toLowerCase();
	if (direction === "inbound") return "Inbound";
	return direction === "outbound" ? "Outbound" : undefined;
}

/** The agent's leg decides; an outbound call counts as dialling until the far end has answered. */
export function stateOf(leg: Leg | undefined, remote: PlatformParticipant | undefined): InteractionState {
	const own = STATES[leg?.communication.state?.toLowerCase() ?? ""] ?? "DISCONNECTED";
	if (own !== "CONNECTED") return own;
	if (leg?.communication.held === true) return "HELD";
	return directionOf(leg) === "Outbound" && leg?.medium === "call" && isRinging(remote) ? "DIALING" : "CONNECTED";
}

/** Where the remote party is while the agent talks with somebody else, and whether somebody is being consulted. */
export function consultStateOf(
	{ participants = [], recentTransfers = [] }: PlatformConversation,
	own: PlatformParticipant,
	remote: PlatformParticipant | undefined,
): Pick<Interaction, "remoteState" | "remoteHeldTime" | "isConsult"> {
	const theirs = remote && leadingLeg(remote);
	const isOutside = remote !== undefined && (remote.userId ?? remote.user?.id) === undefined;
	if (!isOutside || theirs?.medium !== "call" || !isTalking(own)) return {};
	const isConsult = recentTransfers.some(
		({ transferType, state }) => transferType === "Attended" && (state === "Pending" || state === "Active"),
	);
	const consult = isConsult ? { isConsult } : {};
	if (theirs.communication.held)
		return { ...consult, remoteState: "HELD", remoteHeldTime: isoTime(theirs.communication.startHoldTime) };
	const isLeft = !isLive(theirs.communication) && participants.some((each) => each !== own && isTalking(each));
	return isLeft ? { ...consult, remoteState: "LEFT" } : consult;
}

/** The microphone of a live call is off; no key otherwise. */
export function mutedStateOf(leg: Leg | undefined): Pick<Interaction, "isMuted"> {
	return leg && isLive(leg.communication) && leg.communication.muted ? { isMuted: true } : {};
}

/** Connected in person, not as a queue. */
function isTalking(participant: PlatformParticipant): boolean {
	return participant.purpose !== "acd" && leadingLeg(participant)?.communication.state === "connected";
}

/** True once nothing is left to do: the leg has ended, and after-call work is finished, skipped or not asked for. */
export function isWorkDone(state: InteractionState, own: PlatformParticipant, leg: Leg | undefined): boolean {
	if (state !== "DISCONNECTED") return false;
	const work = leg?.communication.afterCallWork;
	const progress = work?.state?.toLowerCase().replaceAll(/[^a-z]/g, "") ?? "";
	if (WORK_FINISHED.has(progress) || own.wrapupSkipped === true) return true;
	if (own.endAcwTime !== undefined || work?.endTime !== undefined) return true;
	// A code given early does not end work for which the queue wants the whole time used.
	if (progress === "pending") return false;
	if (own.wrapup !== undefined || leg?.communication.wrapup !== undefined) return true;
	const asked = own.wrapupRequired === true || leg?.communication.afterCallWorkRequired === true;
	return !asked && own.startAcwTime === undefined;
}

function isRinging(remote: PlatformParticipant | undefined): boolean {
	const leg = remote && leadingLeg(remote);
	return RINGING.has(leg?.communication.state?.toLowerCase() ?? "");
}
