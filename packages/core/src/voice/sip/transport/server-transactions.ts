/** Requests that come, with our answers (RFC 3261, section 17.2): one that comes again is answered as before, and reaches nobody twice. */

import { readAddress } from "../messages/address.ts";
import { header, type SipRequest, type SipResponse } from "../messages/message.ts";
import { responseTo } from "./answers.ts";
import type { SipPeer } from "./peer.ts";
import { after, patience, type SipTiming, type Timed } from "./timing.ts";
import type { TransactionsOptions } from "./transactions.ts";
import { answersGoTo, serverKey } from "./via.ts";

/** Requests that are remembered at once, of one address and of all: whoever sends more is told to wait, and nothing is kept of it. */
const mostOfOne = 1000;
const mostOfAll = 5000;

interface Served extends Timed {
	request: SipRequest;
	from: SipPeer;
	response?: SipResponse;
}

export class ServerTransactions {
	readonly #options: Pick<TransactionsOptions, "send" | "request">;
	readonly #timing: SipTiming;
	readonly #served = new Map<string, Served>();
	/** How many of them are of each address. */
	readonly #of = new Map<string, number>();

	constructor(options: Pick<TransactionsOptions, "send" | "request">, timing: SipTiming) {
		this.#options = options;
		this.#timing = timing;
	}

	stop(): void {
		for (const { timers } of this.#served.values()) for (const timer of timers) clearTimeout(timer);
		this.#served.clear();
		this.#of.clear();
	}

	/** How many requests are remembered. */
	get size(): number {
		return this.#served.size;
	}

	/** Answers a request; over UDP a final answer to an INVITE is said again until its ACK comes. */
	respond(request: SipRequest, from: SipPeer, response: SipResponse): void {
		const key = serverKey(request);
		const served = this.#served.get(key);
		if (served?.response && served.response.status >= 200) return;
		if (served) served.response = response;
		void this.#options.send(response, answersGoTo(request, from)).catch(() => {});
		if (!served || response.status < 200) return;
		if (request.method === "INVITE") this.#sayAgainUntilAck(served, response);
		after(served, patience * this.#timing.t1, () => this.#endServed(key, served));
	}

	/** The ACK to our 2xx has come, in a transaction of its own. */
	acknowledged(invite: SipRequest): void {
		const key = serverKey(invite);
		const served = this.#served.get(key);
		if (!served) return;
		for (const timer of served.timers) clearTimeout(timer);
		after(served, patience * this.#timing.t1, () => this.#endServed(key, served));
	}

	/** A request that has come. */
	take(request: SipRequest, from: SipPeer): void {
		const key = serverKey(request);
		const served = this.#served.get(key);
		if (request.method === "ACK") {
			if (served) for (const timer of served.timers) clearTimeout(timer);
			if (served) after(served, patience * this.#timing.t1, () => this.#endServed(key, served));
			// Of a 2xx it belongs to the call; of a refusal it says nothing more.
			if (!served?.response || served.response.status < 300) this.#options.request(request, from);
			return;
		}
		if (served) {
			if (served.response) void this.#options.send(served.response, answersGoTo(request, from)).catch(() => {});
			return;
		}
		const isFull = this.#served.size >= mostOfAll || (this.#of.get(from.address) ?? 0) >= mostOfOne;
		if (!isFull) {
			this.#served.set(key, { request, from, timers: new Set() });
			this.#of.set(from.address, (this.#of.get(from.address) ?? 0) + 1);
		} else if (!("tag" in readAddress(header(request, "to") ?? "").params)) {
			const busy = responseTo(request, 503, "Service Unavailable", { tag: "busy", headers: [["Retry-After", "5"]] });
			void this.#options.send(busy, answersGoTo(request, from)).catch(() => {});
			return;
		}
		// Within a call it is heard in any case: whoever floods us keeps nobody from hanging up.
		this.#options.request(request, from);
	}

	/** An answer that is not acknowledged: a 2xx over every transport, as proxies may lose it (section 13.3.1.4). */
	#sayAgainUntilAck(served: Served, response: SipResponse): void {
		const { t1, t2 } = this.#timing;
		const { request, from } = served;
		if (from.transport !== "udp" && response.status >= 300) return;
		const again = (waitMs: number) =>
			after(served, waitMs, () => {
				void this.#options.send(response, answersGoTo(request, from)).catch(() => {});
				again(Math.min(waitMs * 2, t2));
			});
		again(t1);
	}

	#endServed(key: string, served: Served): void {
		for (const timer of served.timers) clearTimeout(timer);
		if (this.#served.get(key) !== served) return;
		this.#served.delete(key);
		const left = (this.#of.get(served.from.address) ?? 1) - 1;
		if (left > 0) this.#of.set(served.from.address, left);
		else this.#of.delete(served.from.address);
	}
}
