import { type Conversation, communicationOf, isConnected, isOutside, type Participant } from "../model.ts";

/**
 * The communication on the other side of a party's, `peerId` of the platform: for those inside the outside party's, for the
 * outside party that of who talks to it, or last did. Two users who call each other are each other's.
 */
export function peerIdOf(conversation: Conversation, participant: Participant): string | undefined {
	const others = conversation.participants.filter((one) => one !== participant);
	const outside = others.filter(isOutside);
	const inside = others.filter((one) => !isOutside(one));
	const peer = isOutside(participant)
		? (inside.find((one) => isConnected(one) && one.purpose !== "acd") ?? inside.findLast(isConnected) ?? inside.at(-1))
		: (outside[0] ?? inside.find(isConnected) ?? inside[0]);
	return peer && communicationOf(peer).id;
}
