import { type Element, parse } from "ltx";
import WebSocket from "ws";
import { ns } from "../streaming/namespaces.ts";

/** The user of a `TestPhone` when it answers: enough for the fake engine. */
export const goodAnswer = "v=0\r\na=ice-ufrag:phone\r\n";

/** A signal of a call session as the phone got it. */
export interface Signal {
	/** `propose`, `accept`, `retract`, `offer`, `iceCandidate` or `terminate`. */
	kind: string;
	sessionId: string;
	/** Attributes of a message's element, or parameters of a JSON-RPC. */
	facts: Record<string, unknown>;
}

/** A phone that speaks XMPP over WebSocket as the WebRTC SDK does, word by word. */
export class TestPhone {
	readonly socket: WebSocket;
	/** Everything that came in, oldest first. */
	readonly stanzas: Element[] = [];
	jid = "";
	#closed: { code: number; reason: string } | undefined;
	#changed: Array<() => void> = [];

	constructor(url: string) {
		this.socket = new WebSocket(url, "xmpp");
		this.socket.on("message", (data) => {
			this.stanzas.push(parse(data.toString()));
			this.#wake();
		});
		this.socket.on("close", (code, reason) => {
			this.#closed = { code, reason: reason.toString() };
			this.#wake();
		});
		this.socket.on("error", () => {});
	}

	/** How the server closed, once it has. */
	get closed(): { code: number; reason: string } | undefined {
		return this.#closed;
	}

	/** Waits for the socket, signs in and binds. */
	async register(token: string, resource = "phone"): Promise<this> {
		await this.opened();
		await this.signIn(token);
		await this.bind(resource);
		return this;
	}

	async opened(): Promise<void> {
		await new Promise((resolve, reject) => {
			this.socket.once("open", resolve);
			this.socket.once("unexpected-response", (_request, response) => reject(new Error(String(response.statusCode))));
		});
	}

	async signIn(token: string): Promise<void> {
		this.write(`<open xmlns="${ns.framing}" to="inlay.test" version="1.0"/>`);
		const password = Buffer.from(`\0me\0authKey:${token}`).toString("base64");
		this.write(`<auth xmlns="${ns.sasl}" mechanism="PLAIN">${password}</auth>`);
		await this.next((stanza) => stanza.is("success"));
		this.write(`<open xmlns="${ns.framing}" to="inlay.test" version="1.0"/>`);
	}

	async bind(resource: string): Promise<Element> {
		const result = await this.ask("set", `<bind xmlns="${ns.bind}"><resource>${resource}</resource></bind>`);
		this.jid = result.getChild("bind")?.getChild("jid")?.getText() ?? "";
		return result;
	}

	/** Sends an iq and waits for its answer. */
	ask(type: "get" | "set", child: string, to?: string): Promise<Element> {
		const id = `iq-${this.stanzas.length}-${Math.random()}`;
		this.write(`<iq xmlns="jabber:client" type="${type}" id="${id}"${to ? ` to="${to}"` : ""}>${child}</iq>`);
		return this.next((stanza) => stanza.is("iq") && stanza.attrs.id === id && stanza.attrs.type !== "set");
	}

	write(text: string): void {
		this.socket.send(text);
	}

	/** `proceed`, `reject` or `accept`. */
	say(kind: string, sessionId: string): void {
		this.write(
			`<message xmlns="jabber:client" to="x@gjoll.y"><${kind} xmlns="${ns.jingleMessage}" id="${sessionId}"/></message>`,
		);
	}

	rpc(method: string, params: Record<string, unknown>): Promise<Element> {
		const body = JSON.stringify({ jsonrpc: "2.0", id: "1", method, params })
			.replaceAll("&", "&amp;")
			.replaceAll("<", "&lt;");
		return this.ask("set", `<genesys-webrtc xmlns="${ns.genesys}">${body}</genesys-webrtc>`, "x@gjoll.y");
	}

	/** Takes a call that rings: proceed, offer, answer. @returns the session */
	async take(sessionId: string, sdp = goodAnswer): Promise<void> {
		this.say("proceed", sessionId);
		await this.signal("offer", sessionId);
		await this.rpc("answer", { sessionId, sdp });
	}

	/** All signals of call sessions so far. */
	get signals(): Signal[] {
		return this.stanzas.flatMap((stanza) => signalOf(stanza) ?? []);
	}

	/** Signals of one kind. */
	got(kind: string): Signal[] {
		return this.signals.filter((one) => one.kind === kind);
	}

	/** Waits for a signal, of any session unless told; `after` signals of that kind are passed over. */
	async signal(kind: string, sessionId?: string, after = 0): Promise<Signal> {
		const found = () => this.got(kind).filter((one) => !sessionId || one.sessionId === sessionId)[after];
		await this.#until(() => found() !== undefined, kind);
		return found() as Signal;
	}

	async next(matches: (stanza: Element) => boolean): Promise<Element> {
		await this.#until(() => this.stanzas.some(matches), "stanza");
		return this.stanzas.find(matches) as Element;
	}

	async ended(): Promise<{ code: number; reason: string }> {
		await this.#until(() => this.#closed !== undefined, "end", true);
		return this.#closed as { code: number; reason: string };
	}

	close(): void {
		this.socket.close();
	}

	async #until(condition: () => boolean, what: string, evenClosed = false): Promise<void> {
		while (!condition()) {
			if (this.#closed && !evenClosed) throw new Error(`Closed (${this.#closed.code}) while waiting for ${what}.`);
			await new Promise<void>((resolve) => this.#changed.push(resolve));
		}
	}

	#wake(): void {
		for (const resolve of this.#changed.splice(0)) resolve();
	}
}

function signalOf(stanza: Element): Signal | undefined {
	const rpc = stanza.getChild("genesys-webrtc");
	if (rpc && stanza.attrs.type === "set") {
		const { method, params } = JSON.parse(rpc.getText());
		return { kind: method, sessionId: params.sessionId, facts: params };
	}
	for (const kind of ["propose", "accept", "retract"]) {
		const child = stanza.is("message") && stanza.getChild(kind, ns.jingleMessage);
		if (child) return { kind, sessionId: child.attrs.id ?? "", facts: child.attrs };
	}
	return undefined;
}
