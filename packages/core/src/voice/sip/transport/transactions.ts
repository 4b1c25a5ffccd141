/**
 * Requests with their answers (RFC 3261, section 17): over UDP both are said again until the other side has them; a request that
 * comes again is answered as before, and reaches nobody twice.
 */

import { randomBytes } from "node:crypto";
import { readAddress, readUri } from "../messages/address.ts";
import {
	cseqOf,
	header,
	isRequest,
	type SipHeaders,
	type SipMessage,
	type SipRequest,
	type SipResponse,
	valuesOf,
} from "../messages/message.ts";
import { type SipPeer, usualPort } from "./peer.ts";

export interface SipTiming {
	/** Until a request is said again the first time (T1), ms. */
	t1: number;
	/** No longer than this between two tries (T2), ms. */
	t2: number;
}

export const sipTiming: SipTiming = { t1: 500, t2: 4000 };
/** A transaction is given up after so many T1. */
const patience = 64;
/** Begins every branch (RFC 3261, section 8.1.1.7). */
const cookie = "z9hG4bK";

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

export interface Asking {
	/** What came on the way, 100 left out. */
	provisional?(response: SipResponse): void;
	/** Anything at all has come, 100 included: somebody is there. */
	heard?(): void;
	/** Whoever waits no longer: an INVITE is cancelled, as soon as the other side has said anything. */
	cancel?: AbortSignal;
}

interface Client {
	request: SipRequest;
	to: SipPeer;
	asking: Asking;
	isProceeding: boolean;
	isCancelled: boolean;
	finish(response: SipResponse): void;
	timers: Set<NodeJS.Timeout>;
}

interface Served {
	request: SipRequest;
	from: SipPeer;
	response?: SipResponse;
	timers: Set<NodeJS.Timeout>;
}

export class Transactions {
	readonly #options: TransactionsOptions;
	readonly #timing: SipTiming;
	readonly #clients = new Map<string, Client>();
	readonly #served = new Map<string, Served>();

	constructor(options: TransactionsOptions) {
		this.#options = options;
		this.#timing = options.timing ?? sipTiming;
	}

	stop(): void {
		for (const one of [...this.#clients.values(), ...this.#served.values()])
			for (const timer of one.timers) clearTimeout(timer);
		this.#clients.clear();
		this.#served.clear();
	}

	/**
	 * Asks, and waits for the final answer: 408 where none came, 503 where nothing could be sent.
	 * @param request without Via
	 */
	async ask(request: SipRequest, to: SipPeer, asking: Asking = {}): Promise<SipResponse> {
		const branch = newBranch();
		const sent = await this.#withVia(request, to, branch).catch(() => undefined);
		if (!sent) return madeUp(request, 503, "Service Unavailable");
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
			this.#after(client, patience * this.#timing.t1, () => this.#onPatienceEnd(client));
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

	/** Answers a request; over UDP a final answer to an INVITE is said again until its ACK comes. */
	respond(request: SipRequest, from: SipPeer, response: SipResponse): void {
		const key = serverKey(request);
		const served = this.#served.get(key);
		if (served?.response && served.response.status >= 200) return;
		if (served) served.response = response;
		void this.#options.send(response, answersGoTo(request, from)).catch(() => {});
		if (!served || response.status < 200) return;
		if (request.method === "INVITE") this.#sayAgainUntilAck(served, response);
		this.#after(served, patience * this.#timing.t1, () => this.#endServed(key, served));
	}

	/** The ACK to our 2xx has come, in a transaction of its own. */
	acknowledged(invite: SipRequest): void {
		const key = serverKey(invite);
		const served = this.#served.get(key);
		if (!served) return;
		for (const timer of served.timers) clearTimeout(timer);
		this.#after(served, patience * this.#timing.t1, () => this.#endServed(key, served));
	}

	/** A message that has come. */
	take(message: SipMessage, from: SipPeer): void {
		if (isRequest(message)) this.#takeRequest(withSource(message, from), from);
		else this.#takeResponse(message, from);
	}

	#takeRequest(request: SipRequest, from: SipPeer): void {
		const key = serverKey(request);
		const served = this.#served.get(key);
		if (request.method === "ACK") {
			if (served) for (const timer of served.timers) clearTimeout(timer);
			if (served) this.#after(served, patience * this.#timing.t1, () => this.#endServed(key, served));
			// Of a 2xx it belongs to the call; of a refusal it says nothing more.
			if (!served?.response || served.response.status < 300) this.#options.request(request, from);
			return;
		}
		if (served) {
			if (served.response) void this.#options.send(served.response, answersGoTo(request, from)).catch(() => {});
			return;
		}
		this.#served.set(key, { request, from, timers: new Set() });
		this.#options.request(request, from);
	}

	#takeResponse(response: SipResponse, from: SipPeer): void {
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
		this.#after(asked, patience * this.#timing.t1, () => this.#endClient(branch, asked));
		this.#after(client, patience * this.#timing.t1, () => client.finish(madeUp(request, 487, "Request Terminated")));
	}

	#onPatienceEnd(client: Client): void {
		client.finish(madeUp(client.request, 408, "Request Timeout"));
	}

	#sayUntilHeard(client: Client): void {
		const { t1, t2 } = this.#timing;
		const { request, to } = client;
		const say = (waitMs: number) => {
			this.#options.send(request, to).catch(() => client.finish(madeUp(request, 503, "Service Unavailable")));
			if (to.transport !== "udp") return;
			const next = request.method === "INVITE" ? waitMs * 2 : Math.min(waitMs * 2, t2);
			this.#after(client, waitMs, () => !(client.isProceeding && request.method === "INVITE") && say(next));
		};
		say(t1);
	}

	/** The same with an answer of ours: a 2xx over every transport, as proxies may lose it (section 13.3.1.4). */
	#sayAgainUntilAck(served: Served, response: SipResponse): void {
		const { t1, t2 } = this.#timing;
		const { request, from } = served;
		if (from.transport !== "udp" && response.status >= 300) return;
		const again = (waitMs: number) =>
			this.#after(served, waitMs, () => {
				void this.#options.send(response, answersGoTo(request, from)).catch(() => {});
				again(Math.min(waitMs * 2, t2));
			});
		again(t1);
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
		const via = `SIP/2.0/${to.transport.toUpperCase()} ${host}:${port};branch=${branch};rport`;
		return { ...request, headers: [["Via", via], ...request.headers] };
	}

	#after(of: { timers: Set<NodeJS.Timeout> }, ms: number, then: () => void): void {
		const timer = setTimeout(() => {
			of.timers.delete(timer);
			then();
		}, ms);
		of.timers.add(timer);
	}

	#endClient(branch: string, client: Client): void {
		for (const timer of client.timers) clearTimeout(timer);
		client.timers.clear();
		const key = clientKey(branch, client.request.method);
		if (this.#clients.get(key) === client) this.#clients.delete(key);
	}

	#endServed(key: string, served: Served): void {
		for (const timer of served.timers) clearTimeout(timer);
		if (this.#served.get(key) === served) this.#served.delete(key);
	}
}

/** An answer to a request of somebody's: with the headers that answers repeat (section 8.2.6). */
export function responseTo(
	request: SipRequest,
	status: number,
	reason: string,
	{ tag, headers = [], body = "" }: { tag?: string; headers?: SipHeaders; body?: string } = {},
): SipResponse {
	const repeated: SipHeaders = [
		...valuesOf(request.headers, "via").map((via): [string, string] => ["Via", via]),
		...valuesOf(request.headers, "record-route").map((route): [string, string] => ["Record-Route", route]),
		["From", header(request, "from") ?? ""],
		["To", withTag(header(request, "to") ?? "", tag)],
		["Call-ID", header(request, "call-id") ?? ""],
		["CSeq", header(request, "cseq") ?? ""],
	];
	return { status, reason, headers: [...repeated, ...headers], body };
}

function withTag(to: string, tag: string | undefined): string {
	return tag === undefined || "tag" in readAddress(to).params ? to : `${to};tag=${tag}`;
}

function madeUp(request: SipRequest, status: number, reason: string): SipResponse {
	return responseTo(request, status, reason);
}

/** Says in its Via where it came from (RFC 3581): answers go back there, whatever it claims; nobody has us send to others. */
function withSource(request: SipRequest, { address, port }: SipPeer): SipRequest {
	const at = request.headers.findIndex(([name]) => /^(via|v)$/i.test(name));
	const headers = request.headers.map(([name, value], index): [string, string] => {
		if (index !== at) return [name, value];
		const [first = "", ...rest] = value.split(",");
		const told = /;rport(?=;|\s*$)/i.test(first)
			? first.replace(/;rport(?=;|\s*$)/i, `;rport=${port};received=${address}`)
			: `${first.trimEnd()};received=${address}`;
		return [name, [told, ...rest].join(",")];
	});
	return { ...request, headers };
}

/** Who does not ask for it (rport) is answered at the port that it names (RFC 3261, section 18.2.2); at its own address in any case. */
function answersGoTo(request: SipRequest, from: SipPeer): SipPeer {
	if (from.transport !== "udp" || "rport" in viaParams(request)) return from;
	const named = /^SIP\/2\.0\/\w+\s+[^;,\s]*?:(\d{1,5})\s*(?:[;,]|$)/i.exec(header(request, "via") ?? "")?.[1];
	const port = named === undefined ? usualPort("udp") : Number(named);
	return port >= 1 && port <= 65_535 ? { ...from, port } : from;
}

function newBranch(): string {
	return cookie + randomBytes(12).toString("hex");
}

function branchOf(message: SipMessage): string {
	return viaParams(message).branch ?? "";
}

/** Of the topmost Via. */
export function viaParams(message: SipMessage): Readonly<Record<string, string | undefined>> {
	const via = header(message, "via") ?? "";
	return readAddress(via.replace(/^SIP\/2\.0\/\w+\s+/i, "")).params;
}

function clientKey(branch: string, method: string): string {
	return `${branch} ${method}`;
}

/** An ACK belongs to its INVITE (section 17.2.3); one to a 2xx has a branch of its own and finds none. */
function serverKey(request: SipRequest): string {
	const method = request.method === "ACK" ? "INVITE" : request.method;
	const branch = branchOf(request);
	const sentBy = (header(request, "via") ?? "").replace(/^SIP\/2\.0\/\w+\s+/i, "").split(";")[0] ?? "";
	const old = branch.startsWith(cookie)
		? ""
		: `${header(request, "call-id")} ${cseqOf(request).number} ${readUri(request.uri)?.user}`;
	return `${branch} ${sentBy.trim()} ${method} ${old}`;
}
