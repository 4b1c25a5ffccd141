import type { ScreenShareState, ShownScreenShare } from "@inlay/contract/screen-share";
import type { Conversation, Participant } from "../model.ts";
import { partyFacts } from "../projection/party-facts.ts";
import type { ScreenShare } from "./model.ts";

/** As the platform names the states of a communication. */
const states: Readonly<Record<ScreenShareState, string>> = {
	requested: "alerting",
	choosing: "contacting",
	sharing: "connected",
	paused: "connected",
	ended: "disconnected",
};

/** `screenshares` of a participant, for who has any (platform-api Appendix A, `Participant`). */
export function screensOf(conversation: Conversation, participant: Participant): { screenshares?: object[] } {
	const shares = (conversation.internal.screenShares ?? []).filter((one) => sideOf(one, participant));
	return shares.length > 0 ? { screenshares: shares.map((one) => shownScreen(one, participant)) } : {};
}

/** The participants of the latest shared screen, flat (`QueueConversationScreenShareEventTopicScreenShareConversation`). */
export function screenConversationEvent(conversation: Conversation) {
	const latest = conversation.internal.screenShares?.at(-1);
	return {
		id: conversation.id,
		otherMediaUris: [],
		participants: conversation.participants.flatMap((participant) => {
			if (!latest || !sideOf(latest, participant)) return [];
			const { id: _communication, initialState: _initial, ...shown } = shownScreen(latest, participant);
			return [{ ...partyFacts(participant), ...shown }];
		}),
	};
}

function sideOf({ agent, customer }: ScreenShare, { id }: Participant): "agent" | "customer" | undefined {
	if (agent.participantId === id) return "agent";
	return customer.participantId === id ? "customer" : undefined;
}

function shownScreen(share: ScreenShare, participant: Participant): ShownScreenShare & Record<string, unknown> {
	const side = sideOf(share, participant) ?? "customer";
	const { state, connectedTime, endTime, end, surface, width, height } = share;
	return {
		id: share[side].communicationId,
		context: share.id,
		state: states[state],
		initialState: "alerting",
		sharing: state === "sharing" && share.shows === side,
		peerCount: state === "sharing" || state === "paused" ? 1 : 0,
		peerId: share[side === "agent" ? "customer" : "agent"].communicationId,
		provider: "Inlay",
		...(connectedTime ? { connectedTime } : {}),
		...(endTime ? { disconnectedTime: endTime, disconnectType: "client" } : {}),
		inlayState: state,
		inlayShows: share.shows,
		...(end ? { inlayEnd: end } : {}),
		...(surface ? { inlaySurface: surface } : {}),
		...(width && height ? { inlayWidth: width, inlayHeight: height } : {}),
	};
}
