/** Requests of ours with their answers (RFC 3261, section 17.1): over UDP they are said again until the other side has them. */

import { writtenHost } from "../messages/address.ts";
import {
	cseqOf,
	header,
	type SipHeaders,
	type SipRequest,
	type SipResponse,
	type Unheard,
} from "../messages/message.ts";
import { responseTo } from "./answers.ts";
import type { SipPeer } from "./peer.ts";
import { after, patience, type SipTiming, type Timed } from "./timing.ts";
import type { TransactionsOptions } from "./transactions.ts";
import { branchOf, clientKey, newBranch } from "./via.ts";

export interface Asking {
	/** What came on the way, 100 left out. */
	provisional?(response: SipResponse): void;
	/** Anything at all has come, 100 included: somebody is there. */
	heard?(): void;
	/** Whoever waits no longer: an INVITE is cancelled, as soon as the other side has said anything. */
	cancel?: AbortSignal;
}

interface Client extends Timed {
	request: SipRequest;
	to: SipPeer;
	asking: Asking;
	isProceeding: boolean;
	isCancelled: boolean;
	finish(response: SipResponse): void;
}

export class ClientTransactions {
	readonly #options: Pick<TransactionsOptions, "send" | "ownAddress" | "strayAnswer">;
	readonly #timing: SipTiming;
	readonly #clients = new Map<string, Client>();

	constructor(options: Pick<TransactionsOptions, "send" | "ownAddress" | "strayAnswer">, timing: SipTiming) {
		this.#options = options;
		this.#timing = timing;
	}

	stop(): void {
		for (const { timers } of this.#clients.values()) for (const timer of timers) clearTimeout(timer);
		this.#clients.clear();
	}

	/**
	 * Asks, and waits for the final answer: 408 where none came, 503 where nothing could be sent.
	 * @param request without Via
	 */
	async ask(request: SipRequest, to: SipPeer, asking: Asking = {}): Promise<SipResponse> {
		const branch = newBranch();
		const sent = await this.#withVia(request, to, branch).catch(() => undefined);
		if (!sent) return madeUp(request, 503, "Service Unavailable", "noConnection");
		return new Promise((resolve) => {
			const client: Client = {
				...{ request: sent, to, asking, isProceeding: false, isCancelled: false, timers: new Set() },
				finish: (response) => {
					this.#endClient(branch, client);
					resolve(response);
				},
			};
			this.#clients.set(clientKey(branch, sent.method), client);
			this.#sayUntilHeard(client);
			after(client, patience * this.#timing.t1, () => this.#onPatienceEnd(client));
			asking.cancel?.addEventListener("abort", () => this.#cancel(client, branch), { once: true });
			if (asking.cancel?.aborted) this.#cancel(client, branch);
		});
	}

	/** Says what has no answer: an ACK to a 2xx. @param request without Via */
	async say(request: SipRequest, to: SipPeer): Promise<void> {
		const sent = await this.#withVia(request, to, newBranch()).catch(() => undefined);
		// The process goes, or the peer is away: it asks again for what it misses.
		if (sent) await this.#options.send(sent, to).catch(() => {});
	}

	/** An answer that has come. */
	take(response: SipResponse, from: SipPeer): void {
		const branch = branchOf(response);
		const client = this.#clients.get(clientKey(branch, cseqOf(response).method));
		if (!client) {
			const isTaken = response.status >= 200 && response.status < 300;
			if (isTaken && cseqOf(response).method === "INVITE") this.#options.strayAnswer(response, from);
			return;
		}
		if (response.status < 200) {
			this.#onProvisional(client, branch, response);
			return;
		}
		const { method } = client.request;
		if (method === "INVITE" && response.status >= 300) this.#acknowledgeRefusal(client, response);
		client.finish(response);
	}

	#onProvisional(client: Client, branch: string, response: SipResponse): void {
		client.isProceeding = true;
		// An INVITE that is proceeding rings as long as it rings; what rings too long its caller says.
		if (client.request.method === "INVITE") {
			for (const timer of client.timers) clearTimeout(timer);
			client.timers.clear();
		}
		if (client.asking.cancel?.aborted) this.#sendCancel(client, branch);
		client.asking.heard?.();
		if (response.status > 100) client.asking.provisional?.(response);
	}

	#cancel(client: Client, branch: string): void {
		const isOpen = this.#clients.get(clientKey(branch, client.request.method)) === client;
		if (isOpen && client.isProceeding) this.#sendCancel(client, branch);
	}

	/** The INVITE then ends with 487; where even that does not come, by time. */
	#sendCancel(client: Client, branch: string): void {
		if (client.isCancelled) return;
		client.isCancelled = true;
		const { request, to } = client;
		const names = ["via", "from", "to", "call-id", "route", "max-forwards"];
		const headers: SipHeaders = request.headers.filter(([name]) => names.includes(name.toLowerCase()));
		const cancel = { method: "CANCEL", uri: request.uri, body: "", headers };
		const said = {
			...cancel,
			headers: [...headers, ["CSeq", `${cseqOf(request).number} CANCEL`]] satisfies SipHeaders,
		};
		const asked: Client = {
			request: said,
			to,
			asking: {},
			isProceeding: false,
			isCancelled: false,
			timers: new Set(),
			finish: () => this.#endClient(branch, asked),
		};
		this.#clients.set(clientKey(branch, "CANCEL"), asked);
		this.#sayUntilHeard(asked);
		after(asked, patience * this.#timing.t1, () => this.#endClient(branch, asked));
		after(client, patience * this.#timing.t1, () => client.finish(madeUp(request, 487, "Request Terminated")));
	}

	#onPatienceEnd(client: Client): void {
		client.finish(madeUp(client.request, 408, "Request Timeout", "noAnswer"));
	}

	#sayUntilHeard(client: Client): void {
		const { t1, t2 } = this.#timing;
		const { request, to } = client;
		const say = (waitMs: number) => {
			this.#options
				.send(request, to)
				.catch((error: unknown) => client.finish(madeUp(request, 503, "Service Unavailable", unheardBy(error))));
			if (to.transport !== "udp") return;
			const next = request.method === "INVITE" ? waitMs * 2 : Math.min(waitMs * 2, t2);
			after(client, waitMs, () => !(client.isProceeding && request.method === "INVITE") && say(next));
		};
		say(t1);
	}

	/** Within the transaction (section 17.1.1.3). */
	#acknowledgeRefusal({ request, to }: Client, response: SipResponse): void {
		const own = ["via", "from", "call-id", "route", "max-forwards"];
		const ack: SipRequest = {
			method: "ACK",
			uri: request.uri,
			body: "",
			headers: [
				...request.headers.filter(([name]) => own.includes(name.toLowerCase())),
				["To", header(response, "to") ?? ""],
				["CSeq", `${cseqOf(request).number} ACK`],
			],
		};
		void this.#options.send(ack, to).catch(() => {});
	}

	async #withVia(request: SipRequest, to: SipPeer, branch: string): Promise<SipRequest> {
		const { host, port } = await this.#options.ownAddress(to);
		const via = `SIP/2.0/${to.transport.toUpperCase()} ${writtenHost(host)}:${port};branch=${branch};rport`;
		return { ...request, headers: [["Via", via], ...request.headers] };
	}

	#endClient(branch: string, client: Client): void {
		for (const timer of client.timers) clearTimeout(timer);
		client.timers.clear();
		const key = clientKey(branch, client.request.method);
		if (this.#clients.get(key) === client) this.#clients.delete(key);
	}
}

function madeUp(request: SipRequest, status: number, reason: string, unheard?: Unheard): SipResponse {
	return { ...responseTo(request, status, reason), ...(unheard ? { unheard } : {}) };
}

function unheardBy(error: unknown): Unheard {
	const { code = "" } = error as NodeJS.ErrnoException;
	return /CERT|SIGNATURE|ISSUER/.test(code) ? "certificate" : "noConnection";
}
