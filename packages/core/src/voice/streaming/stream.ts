import { randomUUID } from "node:crypto";
import { type Element, parse } from "ltx";
import type { Principal } from "../../kernel/principal.ts";
import { ns } from "./namespaces.ts";
import * as stanza from "./stanzas.ts";

/** What a signed-in stream asks of, and tells, the server around it. */
export interface StreamHost {
	/** The domain part of every JID. */
	domain: string;
	authenticate(token: string): Promise<Principal | undefined>;
	/** Somebody could not sign in on the channel of this user. */
	signInRefused(userId: string): void;
	/** The bare JID of a user. */
	jidOf(userId: string): Promise<string>;
	iceServices(type: "stun" | "turn"): stanza.IceService[];
	/** Follows a topic on the stream's channel, or stops following it; a topic that is not allowed is refused. */
	follow(principal: Principal, topic: string, wanted: boolean): Promise<void>;
	/** The stream is bound: from now on the phone can be called. `principal` is who signed in on it. */
	bound(stream: XmppStream, principal: Principal): void;
	/** `proceed`, `accept` or `reject` of a proposed session. */
	sessionMessage(stream: XmppStream, kind: string, sessionId: string): void;
	/** Whether a call could be answered at the phone has changed ({@link XmppStream.canAnswer}). */
	answers?(stream: XmppStream): void;
	/** JSON-RPC of a session. */
	rtc(stream: XmppStream, message: stanza.RtcMessage): void;
}

/** Whose stream it is, by its channel. */
export interface StreamOwner {
	/** Nobody else may sign in on the channel. */
	userId: string;
	/** The channel: a client that reconnects keeps it, a page that is loaded anew makes another one. Secret. */
	client: string;
}

/**
 * One XMPP stream over WebSocket (RFC 7395), as far as the WebRTC SDK speaks it (platform-api 6.2):
 * open, SASL PLAIN, open, bind; then pings, external services, pubsub and call signalling.
 */
export class XmppStream {
	readonly #host: StreamHost;
	readonly #write: (text: string) => boolean;
	readonly #close: (code: number, reason: string) => void;
	readonly #owner: StreamOwner;
	#principal: Principal | undefined;
	#jid = "";
	#canAnswer = true;
	#ended = false;

	constructor(
		host: StreamHost,
		owner: StreamOwner,
		write: (text: string) => boolean,
		close: (code: number, reason: string) => void,
	) {
		this.#host = host;
		this.#owner = owner;
		this.#write = write;
		this.#close = close;
	}

	/** The full JID; empty before binding. */
	get jid(): string {
		return this.#jid;
	}

	get userId(): string {
		return this.#owner.userId;
	}

	/** The phone says that a call could be answered with a voice; one that says nothing is taken at its word. */
	get canAnswer(): boolean {
		return this.#canAnswer;
	}

	/** Which running client this is; see `StreamOwner`. */
	get client(): string {
		return this.#owner.client;
	}

	get isBound(): boolean {
		return this.#jid !== "";
	}

	/** Sends a stanza that somebody else has made. @returns whether the connection took it */
	send(text: string): boolean {
		return !this.#ended && this.#write(text);
	}

	/** Says goodbye and closes; whatever still comes in is ignored. */
	end(code: number, reason: string): void {
		if (this.#ended) return;
		this.#ended = true;
		this.#write(stanza.closeStanza());
		this.#close(code, reason);
	}

	/** One frame holds one stanza; whatever is not well-formed ends the stream. */
	async receive(text: string): Promise<void> {
		if (this.#ended) return;
		const element = parseStanza(text);
		if (!element) return this.end(1007, "not well-formed");
		if (element.is("open")) return this.#open();
		if (element.is("close")) return this.end(1000, "bye");
		if (element.is("auth", ns.sasl) && !this.#principal) return this.#signIn(element);
		if (!this.#principal) return this.end(1008, "sign in first");
		if (element.is("iq")) return this.#onIq(element, this.#principal);
		if (element.is("presence")) return this.#onPresence(element);
		if (element.is("message") && this.isBound) this.#onMessage(element);
	}

	#open(): void {
		this.#write(stanza.openStanza(this.#host.domain, randomUUID()));
		this.#write(stanza.featuresStanza(this.#principal !== undefined));
	}

	/** SASL PLAIN: the password is `authKey:` and the access token. */
	async #signIn(element: Element): Promise<void> {
		const password = Buffer.from(element.getText(), "base64").toString("utf8").split("\0")[2] ?? "";
		const token = /^authKey:(.+)$/s.exec(password)?.[1];
		const principal = token && element.attrs.mechanism === "PLAIN" ? await this.#host.authenticate(token) : undefined;
		if (!principal || principal.userId !== this.#owner.userId) {
			this.#host.signInRefused(this.#owner.userId);
			this.#write(stanza.saslFailure("not-authorized"));
			return this.end(1008, "not authorized");
		}
		this.#principal = principal;
		this.#write(stanza.saslSuccess());
	}

	async #onIq(iq: Element, principal: Principal): Promise<void> {
		if (iq.attrs.type === "result" || iq.attrs.type === "error") return;
		const child = iq.getChildElements()[0];
		if (child?.is("bind", ns.bind)) return this.#bind(iq, child, principal);
		// RFC 6120 section 7.1: nothing else is possible before the client has its address.
		if (!this.isBound) return this.#refuse(iq, "not-authorized");
		if (child?.is("ping", ns.ping)) return this.#reply(iq);
		if (child?.is("services", ns.externalServices)) return this.#services(iq, child);
		if (child?.is("pubsub", ns.pubsub)) return this.#pubsub(iq, child, principal);
		if (child?.is("genesys-webrtc", ns.genesys)) return this.#rtc(iq, child);
		this.#refuse(iq, "service-unavailable");
	}

	/** A resource of the client's choice where it is harmless, else one of ours. One per stream. */
	async #bind(iq: Element, bind: Element, principal: Principal): Promise<void> {
		if (this.isBound) return this.#refuse(iq, "not-allowed");
		const asked = bind.getChild("resource")?.getText();
		const resource = asked && /^[\w.:-]{1,100}$/.test(asked) ? asked : randomUUID();
		this.#jid = `${await this.#host.jidOf(this.#owner.userId)}/${resource}`;
		this.#write(stanza.bindResult(iq.attrs.id ?? "", this.#jid));
		this.#host.bound(this, principal);
	}

	#reply(iq: Element, child?: Element): void {
		this.#write(stanza.iqResult(iq.attrs.id ?? "", this.#jid, iq.attrs.to, child));
	}

	#services(iq: Element, asked: Element): void {
		const type = asked.attrs.type === "turn" ? "turn" : "stun";
		this.#reply(iq, stanza.servicesElement(type, this.#host.iceServices(type)));
	}

	/** Single topics that a client follows past the REST list (platform-api 6.2, step 6). */
	async #pubsub(iq: Element, pubsub: Element, principal: Principal): Promise<void> {
		const asked = pubsub.getChild("subscribe") ?? pubsub.getChild("unsubscribe");
		const topic = asked?.attrs.node;
		if (!asked || !topic) return this.#refuse(iq, "bad-request");
		const wanted = asked.getName() === "subscribe";
		try {
			await this.#host.follow(principal, topic, wanted);
		} catch {
			return this.#refuse(iq, "not-allowed");
		}
		this.#reply(iq, wanted ? stanza.subscribedElement(topic, this.#jid) : undefined);
	}

	#refuse(iq: Element, condition: string): void {
		this.#write(stanza.iqError(iq.attrs.id ?? "", this.#jid, iq.attrs.to, condition));
	}

	#rtc(iq: Element, child: Element): void {
		const message = parseRtc(child.getText());
		if (!message) {
			this.#refuse(iq, "bad-request");
			return;
		}
		// The client answers our requests at once and expects the same, whatever comes of it.
		this.#reply(iq);
		this.#host.rtc(this, message);
	}

	/** `dnd` (RFC 6121 4.7.2.1) is said by a phone without a microphone, also just before it is bound. */
	#onPresence(presence: Element): void {
		if (presence.attrs.type !== undefined) return;
		const canAnswer = presence.getChild("show")?.getText() !== "dnd";
		if (canAnswer === this.#canAnswer) return;
		this.#canAnswer = canAnswer;
		if (this.isBound) this.#host.answers?.(this);
	}

	#onMessage(message: Element): void {
		for (const kind of ["proceed", "reject", "accept"]) {
			const child = message.getChild(kind, ns.jingleMessage);
			if (child?.attrs.id) this.#host.sessionMessage(this, kind, child.attrs.id);
		}
	}
}

function parseStanza(text: string): Element | undefined {
	try {
		return parse(text);
	} catch {
		return undefined;
	}
}

function parseRtc(text: string): stanza.RtcMessage | undefined {
	try {
		const value = JSON.parse(text) as Partial<stanza.RtcMessage>;
		if (typeof value.method !== "string" || typeof value.params !== "object" || value.params === null) return undefined;
		return { jsonrpc: "2.0", id: String(value.id ?? ""), method: value.method, params: value.params };
	} catch {
		return undefined;
	}
}
