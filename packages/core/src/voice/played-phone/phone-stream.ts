import { randomUUID } from "node:crypto";
import { Element, parse } from "ltx";
import { ns } from "../streaming/namespaces.ts";

/** What a phone hears of its calls (platform-api 6.2, steps 9 to 16). */
export type PhoneNews =
	| { kind: "bound" }
	/** `autoAnswer`: its own user calls, and nothing rings. */
	| { kind: "propose"; sessionId: string; autoAnswer: boolean }
	| { kind: "accept" | "retract" | "terminate"; sessionId: string }
	| { kind: "offer" | "iceCandidate"; sessionId: string; sdp: string };

/** A phone's end of the streaming connection: XMPP over WebSocket, from its sign-in to the signals of its calls. */
export class PhoneStream {
	readonly #write: (text: string) => void;
	readonly #token: string;
	readonly #tell: (news: PhoneNews) => void;
	#isSignedIn = false;

	constructor(token: string, write: (text: string) => void, tell: (news: PhoneNews) => void) {
		this.#token = token;
		this.#write = write;
		this.#tell = tell;
	}

	/** The socket is open. */
	open(): void {
		this.#write(new Element("open", { xmlns: ns.framing, version: "1.0" }).toString());
		if (!this.#isSignedIn) this.#signIn();
	}

	/** @throws Error when the server does not let this phone in */
	receive(text: string): void {
		const stanza = parse(text);
		if (stanza.is("failure", ns.sasl)) throw new Error("The phone's token was refused.");
		if (stanza.is("success", ns.sasl)) this.#bind();
		else if (stanza.is("iq")) this.#onIq(stanza);
		else if (stanza.is("message")) this.#onMessage(stanza);
	}

	/** `proceed`: this phone takes the call. */
	proceed(sessionId: string): void {
		const message = new Element("message", { xmlns: ns.client, to: "server" });
		message.c("proceed", { xmlns: ns.jingleMessage, id: sessionId });
		this.#write(message.toString());
	}

	answer(sessionId: string, sdp: string): void {
		const iq = new Element("iq", { xmlns: ns.client, type: "set", id: randomUUID(), to: "server" });
		const body = { jsonrpc: "2.0", id: randomUUID(), method: "answer", params: { sessionId, sdp } };
		iq.c("genesys-webrtc", { xmlns: ns.genesys }).t(JSON.stringify(body));
		this.#write(iq.toString());
	}

	#signIn(): void {
		const password = Buffer.from(`\0phone\0authKey:${this.#token}`).toString("base64");
		this.#write(new Element("auth", { xmlns: ns.sasl, mechanism: "PLAIN" }).t(password).toString());
	}

	#bind(): void {
		this.#isSignedIn = true;
		this.open();
		const iq = new Element("iq", { xmlns: ns.client, type: "set", id: "bind" });
		iq.c("bind", { xmlns: ns.bind });
		this.#write(iq.toString());
	}

	#onIq(iq: Element): void {
		if (iq.attrs.type === "result" && iq.attrs.id === "bind") this.#tell({ kind: "bound" });
		const signal = iq.getChild("genesys-webrtc");
		if (iq.attrs.type !== "set" || !signal) return;
		this.#write(new Element("iq", { xmlns: ns.client, type: "result", id: iq.attrs.id, to: iq.attrs.from }).toString());
		const { method, params } = JSON.parse(signal.getText()) as { method: string; params: Record<string, unknown> };
		const sessionId = String(params.sessionId);
		if (method === "terminate") this.#tell({ kind: method, sessionId });
		if (method === "offer" || method === "iceCandidate")
			this.#tell({ kind: method, sessionId, sdp: String(params.sdp) });
	}

	#onMessage(message: Element): void {
		const proposed = message.getChild("propose", ns.jingleMessage)?.attrs;
		const autoAnswer = proposed?.["inin-autoanswer"] === "true";
		if (proposed?.id) this.#tell({ kind: "propose", sessionId: proposed.id, autoAnswer });
		for (const kind of ["accept", "retract"] as const) {
			const sessionId = message.getChild(kind, ns.jingleMessage)?.attrs.id;
			if (sessionId) this.#tell({ kind, sessionId });
		}
	}
}
