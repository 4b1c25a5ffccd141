import {
	type Conversation,
	callOf,
	isConnected,
	isLive,
	isOutside,
	isStaff,
	type Participant,
} from "../conversations/model.ts";
import type { LegMode } from "./media-engine.ts";

/** What a party's phone should be doing. */
export type PartyWish = "none" | "ring" | "media";

export interface PartyPlan {
	participantId: string;
	wish: PartyWish;
	/** How the leg takes part once it is there. */
	mode: LegMode;
}

export interface MediaPlan {
	parties: Map<string, PartyPlan>;
	recording: "none" | "active" | "paused";
}

/** What the media of a conversation should be like, read off its document alone: the same after a restart as before. */
export function planMedia(conversation: Conversation): MediaPlan {
	const parties = conversation.participants.filter((one) => one.purpose !== "acd");
	return {
		parties: new Map(parties.map((one) => [one.id, planParty(conversation, one)])),
		recording: planRecording(conversation),
	};
}

function planParty(conversation: Conversation, participant: Participant): PartyPlan {
	const call = callOf(participant);
	return {
		participantId: participant.id,
		wish: wishOf(participant),
		mode: {
			muted: call.muted,
			held: isStaff(participant) && call.held,
			filler: isOutside(participant) ? customerFiller(conversation) : staffFiller(participant),
			channel: isOutside(participant) ? "left" : "right",
		},
	};
}

/** A customer that calls in is `alerting` until the media is up, so it needs its leg before; staff ring first. */
function wishOf(participant: Participant): PartyWish {
	if (!isLive(participant)) return "none";
	if (callOf(participant).state !== "alerting") return "media";
	return isStaff(participant) ? "ring" : "media";
}

/** Music while nobody of the organization can be heard: waiting in the queue, or on hold. */
function customerFiller(conversation: Conversation): LegMode["filler"] {
	const talking = conversation.participants.some((one) => isStaff(one) && isConnected(one) && !callOf(one).held);
	return talking ? "none" : "music";
}

/** Who dials hears the far end's ringing. */
function staffFiller(participant: Participant): LegMode["filler"] {
	return callOf(participant).state === "dialing" ? "ringback" : "none";
}

function planRecording(conversation: Conversation): MediaPlan["recording"] {
	const talking = conversation.participants.filter((one) => isStaff(one) && isConnected(one));
	if (talking.length === 0) return "none";
	if (conversation.recordingState === "PAUSED" || conversation.securePause) return "paused";
	const wanted =
		conversation.recordingState === "ACTIVE" || talking.some((one) => callOf(one).recordingState === "active");
	return wanted ? "active" : "none";
}
