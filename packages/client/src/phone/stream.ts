import type { Clock } from "../session/clock.ts";
import type { SocketLike } from "../session/notifications.ts";
import {
	authStanza,
	bindPayload,
	closeStanza,
	featuresOffer,
	iq,
	openStanza,
	type Proposal,
	pingPayload,
	presence,
	type RpcMessage,
	readIceServers,
	readJid,
	rpcPayload,
	servicesPayload,
	sessionMessage,
} from "./stanza.ts";
import { child, type Element, parseXml, serialize } from "./xml.ts";

export interface StreamOptions {
	socket: SocketLike;
	/** Bare JID: the user's `chat.jabberId`. */
	jid: string;
	/** Where it is still to come, and rejects, the stream ends. */
	token: string | Promise<string>;
	clock: Clock;
	newId: () => string;
	/** Signed on: where it gives a promise, the stream is bound, and may ring, only after that. */
	mayBind?: () => Promise<void> | undefined;
	/** Asked for its address: what is sent now is the first that the server hears of it. */
	onBinding?: () => void;
	/** Whether a call could be answered here now. */
	canAnswer: () => boolean;
	/** Signed on, bound, and told the ICE servers. */
	onReady: (iceServers: RTCIceServer[]) => void;
	onMessage: (message: Element) => void;
	/** An iq of type set that is not part of the stream's own life; it has been acknowledged. */
	onRequest: (request: Element) => void;
	/** The stream has ended; `denied` when the server refused the token. */
	onClosed: (denied: boolean) => void;
}

const pingEveryMs = 14_000;
const answerWithinMs = 8_000;
const missesAllowed = 2;

/** One XMPP stream over one WebSocket (RFC 7395), from `open` to `close`. */
export class XmppStream {
	readonly #options: StreamOptions;
	readonly #waiting = new Map<string, (answer: Element | undefined) => void>();
	readonly #cancels = new Set<() => void>();
	/** The socket is up: before that, to send is an error of the browser's. */
	#isUp = false;
	#closed = false;
	#missed = 0;

	constructor(options: StreamOptions) {
		this.#options = options;
		const { socket } = options;
		socket.onopen = () => this.#signOn();
		socket.onmessage = (event) => this.#receive(String(event.data));
		socket.onclose = () => this.#finish(false);
	}

	get bareJid(): string {
		return this.#options.jid;
	}

	send(stanza: Element): void {
		if (this.#isUp && !this.#closed) this.#options.socket.send(serialize(stanza));
	}

	/** Sends a request; the answer is undefined when none came in time or it was an error. */
	request(type: "get" | "set", to: string | undefined, ...payload: Element[]): Promise<Element | undefined> {
		const id = this.#options.newId();
		return new Promise((resolve) => {
			const cancel = this.#after(answerWithinMs, () => settle(undefined));
			const settle = (answer: Element | undefined) => {
				cancel();
				this.#waiting.delete(id);
				resolve(answer);
			};
			this.#waiting.set(id, settle);
			this.send(iq(type, id, to, ...payload));
		});
	}

	/** Signals about a session to whoever it is with. */
	rpc(method: RpcMessage["method"], params: RpcMessage["params"], to?: string): void {
		void this.request("set", to, rpcPayload({ jsonrpc: "2.0", id: this.#options.newId(), method, params }));
	}

	proceed({ from, sessionId }: Proposal): void {
		this.say("proceed", from, sessionId);
		// Tells the user's other clients to stop ringing.
		this.say("accept", this.bareJid, sessionId);
	}

	say(kind: "proceed" | "reject" | "accept", to: string, sessionId: string): void {
		this.send(sessionMessage(kind, to, sessionId, this.#options.newId()));
	}

	close(): void {
		if (this.#closed) return;
		this.send(closeStanza());
		this.#finish(false);
	}

	get #domain(): string {
		return this.#options.jid.split("@")[1] ?? this.#options.jid;
	}

	/** All at once, as the server takes each in its turn: in a call that is loaded anew each way there and back is silence. */
	#signOn(): void {
		this.#isUp = true;
		const { token } = this.#options;
		this.send(openStanza(this.#domain));
		if (typeof token === "string") this.#signOnWith(token);
		else void token.then((each) => this.#signOnWith(each)).catch(() => this.close());
	}

	#signOnWith(token: string): void {
		this.send(authStanza(this.#options.jid, token));
		this.send(openStanza(this.#domain));
	}

	#receive(text: string): void {
		const stanza = parseXml(text);
		const name = stanza?.name.replace(/^.*:/, "");
		if (!stanza || this.#closed) return;
		if (name === "features") this.#negotiate(stanza);
		else if (name === "failure") this.#finish(!child(stanza, "temporary-auth-failure"));
		else if (name === "close" || name === "error") this.#finish(false);
		else if (name === "message") this.#options.onMessage(stanza);
		else if (name === "iq") this.#receiveIq(stanza);
	}

	/** The first offer is how to sign on, which is under way. */
	#negotiate(features: Element): void {
		if (featuresOffer(features) === "bind") void this.#bindInTime();
	}

	async #bindInTime(): Promise<void> {
		const wait = this.#options.mayBind?.();
		if (wait) await wait;
		if (!this.#closed) await this.#bind();
	}

	async #bind(): Promise<void> {
		// Before the server may ring here.
		if (!this.#options.canAnswer()) this.send(presence(false));
		const binding = this.request("set", undefined, bindPayload(`inlay-${this.#options.newId()}`));
		const services = (["turn", "stun"] as const).map((type) =>
			this.request("get", this.#domain, servicesPayload(type)),
		);
		this.#options.onBinding?.();
		const [bound, ...found] = await Promise.all([binding, ...services]);
		if (this.#closed) return;
		if (!bound || !readJid(bound)) return this.#finish(false);
		this.#options.onReady(found.flatMap((answer) => (answer ? readIceServers(answer) : [])));
		this.#schedulePing();
	}

	#receiveIq(stanza: Element): void {
		const { type, id = "", from } = stanza.attributes;
		if (type === "result" || type === "error") {
			this.#waiting.get(id)?.(type === "result" ? stanza : undefined);
			return;
		}
		this.send(iq("result", id, from));
		// XEP-0051: the server asks to come back over a new connection.
		if (child(stanza, "query")?.attributes.xmlns === "urn:xmpp:cxfr") this.#finish(false);
		else if (type === "set") this.#options.onRequest(stanza);
	}

	#schedulePing(): void {
		this.#after(pingEveryMs, async () => {
			const pong = await this.request("get", this.#domain, pingPayload());
			this.#missed = pong ? 0 : this.#missed + 1;
			if (this.#missed >= missesAllowed) this.#finish(false);
			else if (!this.#closed) this.#schedulePing();
		});
	}

	#after(ms: number, task: () => void): () => void {
		const stop = this.#options.clock.after(ms, () => {
			this.#cancels.delete(cancel);
			task();
		});
		const cancel = () => {
			this.#cancels.delete(cancel);
			stop();
		};
		this.#cancels.add(cancel);
		return cancel;
	}

	#finish(denied: boolean): void {
		if (this.#closed) return;
		this.#closed = true;
		const { socket } = this.#options;
		socket.onopen = socket.onmessage = socket.onclose = null;
		socket.close();
		for (const settle of [...this.#waiting.values()]) settle(undefined);
		for (const cancel of [...this.#cancels]) cancel();
		this.#options.onClosed(denied);
	}
}
