import type { Message, MessageAddress, MessageError } from "./model.ts";

/** Who brings messages to customers. */
export interface MessageProvider {
	/** Between two messages of one address, ms, where it is another time than carriers take. */
	paceMs?: number;
	/**
	 * Sends a message. The same one again, after an answer that was lost, is one message at the far end: its id tells.
	 * @returns what the provider calls it
	 * @throws MessageRefused for what will not be taken however often it is tried; anything else is tried again
	 */
	send(address: MessageAddress, message: Message): Promise<{ providerId: string }>;
	/** Tells the customer that somebody is writing, where the channel has that. */
	typing?(address: MessageAddress, their: string): Promise<void>;
}

/** The provider does not take a message, and will not. */
export class MessageRefused extends Error {
	readonly reason: MessageError;

	constructor(reason: MessageError) {
		super(reason.message);
		this.reason = reason;
	}
}
