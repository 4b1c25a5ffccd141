/** Requests with their answers (RFC 3261, section 17), ours and the other side's. */

import { isRequest, type SipMessage, type SipRequest, type SipResponse } from "../messages/message.ts";
import { type Asking, ClientTransactions } from "./client-transactions.ts";
import type { SipPeer } from "./peer.ts";
import { ServerTransactions } from "./server-transactions.ts";
import { type SipTiming, sipTiming } from "./timing.ts";
import { withSource } from "./via.ts";

export interface TransactionsOptions {
	send(message: SipMessage, to: SipPeer): Promise<void>;
	ownAddress(peer: SipPeer): Promise<{ host: string; port: number }>;
	/** A request that has not come before; it is answered by `respond`. ACK has no answer. */
	request(request: SipRequest, from: SipPeer): void;
	/**
	 * A 2xx to an INVITE that nobody waits for: our ACK was lost, another branch has answered too, or the one who asked is of
	 * the last run.
	 */
	strayAnswer(response: SipResponse, from: SipPeer): void;
	timing?: SipTiming;
}

export class Transactions {
	readonly #clients: ClientTransactions;
	readonly #servers: ServerTransactions;

	constructor(options: TransactionsOptions) {
		const { timing = sipTiming } = options;
		this.#clients = new ClientTransactions(options, timing);
		this.#servers = new ServerTransactions(options, timing);
	}

	stop(): void {
		this.#clients.stop();
		this.#servers.stop();
	}

	/** Asks, and waits for the final answer: 408 where none came, 503 where nothing could be sent. @param request without Via */
	ask(request: SipRequest, to: SipPeer, asking?: Asking): Promise<SipResponse> {
		return this.#clients.ask(request, to, asking);
	}

	/** Says what has no answer: an ACK to a 2xx. @param request without Via */
	say(request: SipRequest, to: SipPeer): Promise<void> {
		return this.#clients.say(request, to);
	}

	/** Answers a request; over UDP a final answer to an INVITE is said again until its ACK comes. */
	respond(request: SipRequest, from: SipPeer, response: SipResponse): void {
		this.#servers.respond(request, from, response);
	}

	/** The ACK to our 2xx has come, in a transaction of its own. */
	acknowledged(invite: SipRequest): void {
		this.#servers.acknowledged(invite);
	}

	/** A message that has come. */
	take(message: SipMessage, from: SipPeer): void {
		if (isRequest(message)) this.#servers.take(withSource(message, from), from);
		else this.#clients.take(message, from);
	}
}
