import type { WebSocket } from "ws";
import type { Conversation } from "../../conversations/model.ts";
import type { Logger } from "../../kernel/log.ts";
import type { WebSocketEndpoint } from "../../kernel/websocket.ts";
import type { CallMedia } from "../call-media.ts";
import type { WebLineSocket, WebLines } from "../web-line.ts";
import type { WebCalls } from "./web-calls.ts";

/** A page that does not show its secret in this time is not a caller, in ms. */
const helloMs = 10_000;
/** Browsers cannot ping by themselves: the server does, and drops a page that does not answer. */
const pingMs = 10_000;

/** What a caller's page may send. */
type PageMessage =
	| { type: "hello"; secret: string }
	| { type: "answer"; legId: string; sdp: string }
	| { type: "candidate"; legId: string; candidate: string; mid: string }
	| { type: "hangup" };

export interface WebCallSocketOptions {
	webCalls: WebCalls;
	lines: WebLines;
	media: CallMedia;
	log: Logger;
}

/** `/inlay/webcalls/{id}`: the signalling of a call placed from a page. The secret comes in the first message, never in the URL. */
export function webCallSocket(options: WebCallSocketOptions): WebSocketEndpoint {
	return {
		path: /^\/inlay\/webcalls\/(?<callId>[\w-]{8,80})$/,
		maxPayload: 64 * 1024,
		accept: async () => 101,
		connected(socket, params) {
			new PageConnection(socket, params.callId ?? "", options).start();
		},
	};
}

class PageConnection {
	readonly #socket: WebSocket;
	readonly #callId: string;
	readonly #options: WebCallSocketOptions;
	readonly #line: WebLineSocket;
	#conversation: Conversation | undefined;

	constructor(socket: WebSocket, callId: string, options: WebCallSocketOptions) {
		this.#socket = socket;
		this.#callId = callId;
		this.#options = options;
		this.#line = {
			send: (message) => socket.readyState === socket.OPEN && socket.send(JSON.stringify(message)),
			close: (code, reason) => socket.close(code, reason),
		};
	}

	start(): void {
		const hello = setTimeout(() => this.#socket.close(4001, "no secret"), helloMs);
		let alive = true;
		const ping = setInterval(() => {
			if (!alive) return this.#socket.terminate();
			alive = false;
			this.#socket.ping();
		}, pingMs);
		this.#socket.on("pong", () => {
			alive = true;
		});
		this.#socket.on("message", (data) => {
			clearTimeout(hello);
			void this.#receive(parse(data.toString()));
		});
		this.#socket.on("close", () => {
			clearTimeout(hello);
			clearInterval(ping);
			if (this.#conversation && this.#options.lines.disconnect(this.#callId, this.#line))
				this.#options.media.lineChanged(this.#callId);
		});
	}

	async #receive(message: PageMessage | undefined): Promise<void> {
		try {
			if (!message) return this.#socket.close(1007, "not understood");
			if (message.type === "hello") return await this.#hello(message.secret);
			if (!this.#conversation) return this.#socket.close(4001, "no secret");
			if (message.type === "answer") this.#options.lines.answer(this.#callId, message.legId, message.sdp);
			if (message.type === "candidate") {
				this.#options.lines.addCandidate(this.#callId, message.legId, message.candidate, message.mid);
			}
			if (message.type === "hangup") await this.#options.webCalls.hangUp(this.#conversation);
		} catch (error) {
			this.#options.log.error({ err: error }, "a caller's message could not be handled");
		}
	}

	async #hello(secret: string): Promise<void> {
		this.#conversation = await this.#options.webCalls.open(this.#callId, String(secret));
		if (!this.#conversation) {
			this.#line.send({ type: "state", state: "ended", reason: "gone" });
			return this.#socket.close(4004, "no such call");
		}
		this.#options.lines.connect(this.#callId, this.#line);
		this.#options.media.lineChanged(this.#callId);
	}
}

function parse(text: string): PageMessage | undefined {
	try {
		const value = JSON.parse(text) as PageMessage;
		return typeof value?.type === "string" ? value : undefined;
	} catch {
		return undefined;
	}
}
