/** Who takes part in a conversation, and in what state, as the server tells it. */
import type { PlatformTransfer } from "../framework/platform-conversation.ts";
import type { MediaType } from "./interaction.ts";
import type { WireCommunication, WireConversation, WireParticipant } from "./wire.ts";

const mediaLists = [
	["call", "calls"],
	["callback", "callbacks"],
	["chat", "chats"],
	["email", "emails"],
	["message", "messages"],
] as const;

/** States in which a communication has ended. */
export const over = new Set(["disconnected", "terminated"]);

/** What somebody takes part by, the newest of its medium. */
export function communicationOf(
	participant: WireParticipant,
): { media: MediaType; communication: WireCommunication } | undefined {
	// A call that is made within a callback is a part of it.
	const callback = participant.callbacks?.at(-1);
	if (callback) return { media: "callback", communication: callback };
	for (const [media, list] of mediaLists) {
		const communication = (participant[list] as WireCommunication[] | undefined)?.at(-1);
		if (communication) return { media, communication };
	}
	return undefined;
}

export const userOf = (participant: WireParticipant) => participant.userId ?? participant.user?.id;
export const partyIsLive = (participant: WireParticipant) => {
	const state = communicationOf(participant)?.communication.state ?? "disconnected";
	return !participant.endTime && !over.has(state);
};

/**
 * The agent's own participant: the living one, else the one that owes after-call work, else the latest (each offer of a call
 * makes a new participant).
 */
export function ownParticipant(conversation: WireConversation, userId: string): WireParticipant | undefined {
	const own = (conversation.participants ?? []).filter((each) => userOf(each) === userId && communicationOf(each));
	return own.findLast(partyIsLive) ?? own.findLast(owesWrapup) ?? own.at(-1);
}

/** Not one of the organization. */
export function isOutside(participant: WireParticipant | undefined): boolean {
	return ["customer", "external", "outbound"].includes(participant?.purpose ?? "");
}

/** Whom it is with: the one outside, else the colleague. */
export function otherParty(conversation: WireConversation, own: WireParticipant): WireParticipant | undefined {
	const others = (conversation.participants ?? []).filter((each) => each.id !== own.id);
	const outside = others.filter(isOutside);
	const people = others.filter(
		(each) => ["agent", "user"].includes(each.purpose ?? "") && userOf(each) && userOf(each) !== userOf(own),
	);
	// The first outside is whom it is with: others were called for them, as by a transfer.
	return outside.find(partyIsLive) ?? outside[0] ?? people.findLast(partyIsLive) ?? people.at(-1);
}

/** Strips the scheme and host of a `tel:` or `sip:` address. */
export function displayAddress(raw: string | undefined): string {
	return decodeQuietly(
		(raw ?? "").replace(/^(tel|sip|sips|mailto):/i, "").replace(/@.*$/, (host) => (raw?.startsWith("sip") ? "" : host)),
	);
}

function decodeQuietly(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** The part is over, and its after-call work is not done. */
export function owesWrapup(own: WireParticipant): boolean {
	const found = communicationOf(own);
	return found !== undefined && needsWrapup(own, found.communication);
}

/** {@link owesWrapup}, by one of its communications. */
export function needsWrapup(own: WireParticipant, communication: WireCommunication): boolean {
	if (!over.has(communication.state ?? "") || own.wrapupSkipped) return false;
	const required = own.wrapupRequired ?? communication.afterCallWorkRequired ?? false;
	const work = communication.afterCallWork?.state?.toLowerCase();
	if (work === "complete" || work === "skipped" || own.endAcwTime) return false;
	const coded = own.wrapup ?? communication.wrapup;
	return work === "pending" || (required && !coded && Boolean(communication.connectedTime ?? own.connectedTime));
}

/** The consult that goes on in a conversation, by whoever began it (platform-api 5.4, `recentTransfers`). */
export function openConsult({ recentTransfers = [] }: WireConversation): PlatformTransfer | undefined {
	return recentTransfers.findLast(
		({ transferType, state }) => transferType === "Attended" && (state === "Pending" || state === "Active"),
	);
}
