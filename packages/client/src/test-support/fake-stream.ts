import type { WebSocket } from "ws";
import { child, type Element, element, parseXml, serialize, textOf } from "../phone/xml.ts";
import type { FakeCalls } from "./fake-calls.ts";

const peer = "session@gjoll.fake.example";

/** The streaming side of the fake server: signs phones on, proposes calls, and counts a call as up once it is taken. */
export class FakeStream {
	readonly #calls: FakeCalls;
	readonly #phones = new Set<WebSocket>();
	readonly #ringing = new Map<string, string>();
	/** Session ids that a phone has taken or refused. */
	readonly answers: { kind: string; sessionId: string }[] = [];
	/** Signalling that a phone has sent. */
	readonly rpc: unknown[] = [];

	constructor(calls: FakeCalls) {
		this.#calls = calls;
	}

	get phones(): number {
		return this.#phones.size;
	}

	connect(socket: WebSocket): void {
		let signedIn = false;
		const send = (stanza: Element) => socket.send(serialize(stanza));
		socket.on("close", () => this.#phones.delete(socket));
		socket.on("message", (data) => {
			const stanza = parseXml(String(data));
			if (!stanza) return;
			if (stanza.name === "open") {
				send(element("open", { xmlns: "urn:ietf:params:xml:ns:xmpp-framing", from: "fake.example", id: "1" }));
				const offer = signedIn ? element("bind") : element("mechanisms", {}, element("mechanism", {}, "PLAIN"));
				send(element("stream:features", {}, offer));
			} else if (stanza.name === "auth") {
				signedIn = true;
				send(element("success"));
			} else if (stanza.name === "iq") this.#answer(stanza, socket, send);
			else if (stanza.name === "message") this.#receive(stanza);
		});
	}

	/** Offers the call to every phone that is signed on, and to those that come until it is taken. */
	propose(conversationId: string, autoAnswer = false): void {
		this.#ringing.set(`s-${conversationId}`, conversationId);
		const propose = element("propose", {
			xmlns: "urn:xmpp:jingle-message:0",
			id: `s-${conversationId}`,
			"inin-cid": conversationId,
			"inin-sdp-over-xmpp": "true",
			"inin-autoanswer": autoAnswer ? "true" : undefined,
		});
		this.#tell(element("message", { from: peer }, propose));
	}

	terminate(conversationId: string): void {
		this.signal(conversationId, "terminate", { reason: "success" });
	}

	/** Tells the phones something about the call's sound. */
	signal(conversationId: string, method: string, params: Record<string, unknown>): void {
		const sessionId = `s-${conversationId}`;
		const message = JSON.stringify({ jsonrpc: "2.0", id: "t", method, params: { ...params, sessionId } });
		const rpc = element("genesys-webrtc", { xmlns: "genesys" }, message);
		this.#tell(element("iq", { type: "set", id: "t", from: peer }, rpc));
	}

	drop(): void {
		for (const phone of this.#phones) phone.terminate();
	}

	#tell(stanza: Element): void {
		for (const phone of this.#phones) phone.send(serialize(stanza));
	}

	#answer(iq: Element, socket: WebSocket, send: (stanza: Element) => void): void {
		const { id = "", to, type } = iq.attributes;
		if (type === "result") return;
		const rpc = child(iq, "genesys-webrtc");
		if (rpc) this.rpc.push(JSON.parse(textOf(rpc)));
		const services = child(iq, "services");
		const bound = child(iq, "bind") && element("bind", {}, element("jid", {}, "grace@fake.example/1"));
		const payload = bound ?? (services && element("services", { type: services.attributes.type }));
		send(element("iq", { type: "result", id, from: to }, ...(payload ? [payload] : [])));
		if (services?.attributes.type === "stun") this.#phones.add(socket);
	}

	#receive(message: Element): void {
		for (const kind of ["proceed", "reject", "accept"]) {
			const sessionId = child(message, kind)?.attributes.id;
			if (!sessionId) continue;
			this.answers.push({ kind, sessionId });
			const conversationId = this.#ringing.get(sessionId);
			if (kind === "proceed" && conversationId) this.#calls.connect(conversationId);
		}
	}
}
