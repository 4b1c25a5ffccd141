/** Messages out of a stream of bytes (RFC 3261, section 18.3), and the empty lines that keep a connection open (RFC 5626). */

import { bodyLength, headEnd, readMessage, type SipMessage } from "../messages/message.ts";

/** A message that is longer is none; whoever sends it is let go. */
const mostBytes = 65_536;
const ping = "\r\n\r\n";

export class SipStream {
	#waiting = Buffer.alloc(0);

	/**
	 * Takes what has come.
	 * @returns messages that are whole by it; `pings`: how often an answer to a keep-alive is owed
	 * @throws Error for what is no SIP: the connection is of no more use
	 */
	take(bytes: Buffer): { messages: SipMessage[]; pings: number } {
		this.#waiting = Buffer.concat([this.#waiting, bytes]);
		const messages: SipMessage[] = [];
		let pings = 0;
		for (;;) {
			if (this.#waiting.subarray(0, ping.length).toString() === ping) {
				this.#waiting = this.#waiting.subarray(ping.length);
				pings++;
				continue;
			}
			this.#skipLineEnds();
			const message = this.#next();
			if (!message) break;
			messages.push(message);
		}
		if (this.#waiting.length > mostBytes) throw new Error("a message is too long");
		return { messages, pings };
	}

	/** An answer to our keep-alive, or the line ends that some put before a message. */
	#skipLineEnds(): void {
		if (this.#waiting.length === 2 && this.#waiting.toString() === "\r\n") return;
		while (this.#waiting.length > 2 && this.#waiting.subarray(0, 2).toString() === "\r\n" && !this.#beginsPing())
			this.#waiting = this.#waiting.subarray(2);
	}

	#beginsPing(): boolean {
		return this.#waiting.length <= ping.length && ping.startsWith(this.#waiting.toString());
	}

	#next(): SipMessage | undefined {
		const end = headEnd(this.#waiting);
		if (end <= 0) return undefined;
		const body = bodyLength(this.#waiting.subarray(0, end));
		if (body === undefined) throw new Error("a message does not say how long it is");
		const whole = end + 4 + body;
		if (whole > mostBytes) throw new Error("a message is too long");
		if (this.#waiting.length < whole) return undefined;
		const message = readMessage(this.#waiting.subarray(0, whole));
		this.#waiting = this.#waiting.subarray(whole);
		if (!message) throw new Error("what came is no SIP message");
		return message;
	}
}
