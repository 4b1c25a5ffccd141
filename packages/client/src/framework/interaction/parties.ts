/** Who is who in a generic conversation: the agent's own participant, the other side, and the communication that counts. */
import type { PlatformCommunication, PlatformConversation, PlatformParticipant } from "../platform-conversation.ts";

export type Medium = "call" | "callback" | "chat" | "email" | "message";

/** One communication of a participant with its medium. */
export interface Leg {
	medium: Medium;
	communication: PlatformCommunication;
}

const ENDED = new Set(["disconnected", "terminated", "none"]);
const AGENT_PURPOSES = new Set(["agent", "user"]);
const CUSTOMER_PURPOSES = new Set(["customer", "external"]);

/** True while the communication has not ended. */
export function isLive(communication: PlatformCommunication): boolean {
	return communication.state !== undefined && !ENDED.has(communication.state.toLowerCase());
}

/** Everything this participant has, in the order call, callback, chat, e-mail, message. */
export function legsOf(participant: PlatformParticipant): Leg[] {
	const media: [Medium, PlatformCommunication[] | undefined][] = [
		["call", participant.calls],
		["callback", participant.callbacks],
		["chat", participant.chats],
		["email", participant.emails],
		["message", participant.messages],
	];
	return media.flatMap(([medium, list]) => (list ?? []).map((communication) => ({ medium, communication })));
}

/** The leg that decides the state: a live one before an ended one, then the newest. */
export function leadingLeg(participant: PlatformParticipant): Leg | undefined {
	const legs = legsOf(participant);
	const live = legs.filter((leg) => isLive(leg.communication));
	return live.find((leg) => leg.medium === "call") ?? live.at(-1) ?? legs.at(-1);
}

/** Who the participant is, when it is a user: events carry the id, REST a reference (platform-api 5.1). */
function userIdOf(participant: PlatformParticipant): string | undefined {
	return participant.userId ?? participant.user?.id;
}

/** Everything this user was in the conversation: whom it comes back to is another participant each time. */
export function ownParticipants(conversation: PlatformConversation, userId: string): PlatformParticipant[] {
	return (conversation.participants ?? []).filter((participant) => userIdOf(participant) === userId);
}

/** The agent's participant: the newest that is live, else the newest. An agent may be in a conversation several times. */
export function ownParticipant(conversation: PlatformConversation, userId: string): PlatformParticipant | undefined {
	const own = ownParticipants(conversation, userId);
	return own.findLast((participant) => legsOf(participant).some((leg) => isLive(leg.communication))) ?? own.at(-1);
}

/** The party on the other side: the customer, else another user, else whatever else is there. */
export function remoteParticipant(
	conversation: PlatformConversation,
	own: PlatformParticipant,
): PlatformParticipant | undefined {
	const others = (conversation.participants ?? []).filter(
		(participant) => participant !== own && (userIdOf(participant) ?? "") !== userIdOf(own),
	);
	const customers = others.filter(isCustomer);
	const people = others.filter(isUser);
	// The first customer is whom it is with: others were called for them, as by a transfer.
	return customers.find(isThere) ?? customers[0] ?? newestLive(people) ?? others.at(-1);
}

function isCustomer(participant: PlatformParticipant): boolean {
	return CUSTOMER_PURPOSES.has(participant.purpose?.toLowerCase() ?? "");
}

/** True when everybody in the conversation is a user of the organization. */
export function isInternal(conversation: PlatformConversation, remote: PlatformParticipant | undefined): boolean {
	return remote !== undefined && isUser(remote) && !(conversation.participants ?? []).some(isCustomer);
}

/** Participants of one purpose, e.g. `acd` or `ivr`. */
export function withPurpose(conversation: PlatformConversation, purposes: readonly string[]): PlatformParticipant[] {
	return (conversation.participants ?? []).filter((participant) =>
		purposes.includes(participant.purpose?.toLowerCase() ?? ""),
	);
}

function isUser(participant: PlatformParticipant): boolean {
	return AGENT_PURPOSES.has(participant.purpose?.toLowerCase() ?? "") && userIdOf(participant) !== undefined;
}

function newestLive(list: readonly PlatformParticipant[]): PlatformParticipant | undefined {
	return list.findLast(isThere) ?? list.at(-1);
}

function isThere(participant: PlatformParticipant): boolean {
	return legsOf(participant).some((leg) => isLive(leg.communication));
}
