import type { Conversation, Participant } from "../../model.ts";
import { type Call, callOf } from "../model.ts";

/**
 * A conversation as clients may see it: where a colleague is reached in private is theirs, so the number that is called for
 * them shows as their own part, by name (agent-features 4). Their call history names the numbers to them.
 */
export function seenByAll(conversation: Conversation): Conversation {
	if (!conversation.participants.some(isPrivateNumber)) return conversation;
	return { ...conversation, participants: conversation.participants.map(withoutPrivateNumber) };
}

export function withoutPrivateNumber(participant: Participant): Participant {
	if (!isPrivateNumber(participant)) return participant;
	const { address: _number, dnis: _dialled, ...rest } = participant;
	const call = callOf(participant);
	const { name, nameRaw } = call.self ?? {};
	const self = { ...(name ? { name } : {}), ...(nameRaw ? { nameRaw } : {}) };
	const seen: Call = { ...call, self };
	return { ...rest, purpose: "user", calls: [seen] };
}

function isPrivateNumber({ purpose, internal }: Participant): boolean {
	return purpose === "external" && internal.forwardLeg !== undefined;
}
