import { type Address, addressOf, type Communication } from "../communication.ts";
import type { MediumParts, NewCommunication } from "../medium.ts";
import type { Conversation, Participant, QueueFacts } from "../model.ts";

/**
 * What carries messages: texts to phones, a channel that a program of somebody else attaches (platform-api 5.10), or the
 * messenger in a page (agent-features 11).
 */
export const messageChannels = ["sms", "open", "webmessaging"] as const;
export type MessageChannel = (typeof messageChannels)[number];

/** Where a message stands, in the platform's words; a later one never lowers an earlier one (agent-features 10). */
export const messageStatuses = [
	"queued",
	"sent",
	"delivery-failed",
	"delivery-success",
	"read",
	"failed",
	"received",
] as const;
export type MessageStatus = (typeof messageStatuses)[number];

/** One message, as a party's part names it: what it says is read by its id. */
export interface MessageEntry {
	messageId: string;
	messageStatus: MessageStatus;
	/** ISO 8601. */
	messageTime: string;
	/** Of a text to a phone: as how many it is sent. */
	messageSegmentCount?: number;
	errorInfo?: { code: string; message: string };
}

/** A party's part in an exchange of messages. */
export interface MessagePart extends Communication {
	type: MessageChannel;
	/** Who wrote first, and to whom. */
	fromAddress: Address;
	toAddress: Address;
	/** What the party wrote itself, the oldest first; of many only the latest. */
	messages: MessageEntry[];
}

/** As many are named in a document, which is told again with every change; all are read from their thread. */
export const mostNamed = 50;

/** What the server keeps of an exchange as a whole. */
export interface MessageFacts {
	channel: MessageChannel;
	/** The exchange with that customer by that address of ours, over all conversations. */
	threadId: string;
	/** Our address, by its id. */
	addressId: string;
	our: string;
	their: string;
	queue: QueueFacts;
}

/** What makes one: everybody's part says by which addresses. */
export const messageParts = {
	list: "messages",
	fresh: ({ outside }: NewCommunication): Omit<MessagePart, keyof Communication> => {
		const { type = "sms", fromAddress = {}, toAddress = {} } = (outside ?? {}) as Partial<MessagePart>;
		return { type, fromAddress, toAddress, messages: [] };
	},
} as const satisfies MediumParts;

/** What is kept of an exchange. @throws Error for what is none */
export function exchangeOf({ id, internal }: Conversation): MessageFacts {
	if (internal.exchange) return internal.exchange;
	throw new Error(`The conversation ${id} is no exchange of messages.`);
}

/** The party's part. @throws Error for one who takes part otherwise */
export function messagesOf(participant: Participant): MessagePart {
	const part = participant.messages?.[0];
	if (!part) throw new Error(`Participant ${participant.id} has no messages.`);
	return part;
}

/** Who wrote first, and to whom, as everybody's part tells it. */
export function addressesOf(
	{ our, their }: Pick<MessageFacts, "our" | "their">,
	name: string | undefined,
	direction: "inbound" | "outbound",
): Pick<MessagePart, "fromAddress" | "toAddress"> {
	const [ours, theirs] = [addressOf(undefined, our), addressOf(name, their)];
	return direction === "inbound" ? { fromAddress: theirs, toAddress: ours } : { fromAddress: ours, toAddress: theirs };
}
