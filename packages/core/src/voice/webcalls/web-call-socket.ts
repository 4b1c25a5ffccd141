import type { WebSocket } from "ws";
import type { Conversation } from "../../conversations/model.ts";
import { ApiError } from "../../kernel/http/api-error.ts";
import { frameBurst } from "../../kernel/http/frame-burst.ts";
import { readInOrder } from "../../kernel/http/socket-frames.ts";
import type { WebSocketEndpoint } from "../../kernel/http/websocket.ts";
import type { Logger } from "../../kernel/log.ts";
import type { ScreenInvitations } from "../../screen-share/invitations.ts";
import type { CallMedia } from "../call-media.ts";
import type { WebLineSocket, WebLines } from "../web-line.ts";
import { type PageMessage, readPageMessage } from "./page-message.ts";
import type { WebCalls } from "./web-calls.ts";

/** Times in ms. */
export interface WebCallTiming {
	/** A page that does not show its secret in this time is not a caller. */
	hello: number;
	/** Browsers cannot ping by themselves: the server does, and drops a page that does not answer. */
	ping: number;
}

/** What a browser closes a socket with whose page is closed, left or loaded anew (RFC 6455 7.4.1). */
const goingAway = 1001;

/** A page sends a few dozen candidates at once, and little else. What it sends beyond would keep the media process busy. */
const burst = { most: 200, ms: 10_000 };

const defaultTiming: WebCallTiming = { hello: 10_000, ping: 10_000 };

export interface WebCallSocketOptions {
	webCalls: WebCalls;
	lines: WebLines;
	media: Pick<CallMedia, "lineChanged">;
	/** Screens that are shared just now; none unless told. */
	screens?: Pick<ScreenInvitations, "of">;
	log: Logger;
	timing?: WebCallTiming;
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
	readonly #isTooMuch = frameBurst(burst);
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
		const { hello, ping } = this.#options.timing ?? defaultTiming;
		const unknown = setTimeout(() => this.#socket.close(4001, "no secret"), hello);
		const pings = setInterval(keepAlive(this.#socket), ping);
		readInOrder(this.#socket).receiver(async (text) => {
			clearTimeout(unknown);
			await this.#receive(text);
		});
		this.#socket.on("close", (code) => {
			clearTimeout(unknown);
			clearInterval(pings);
			if (this.#options.lines.disconnect(this.#callId, this.#line)) {
				this.#options.media.lineChanged(this.#callId, code === goingAway);
			}
		});
	}

	async #receive(text: string): Promise<void> {
		if (this.#isTooMuch()) return this.#socket.close(1008, "too much at once");
		// Also what was sent just before the page closed counts: hanging up is a last word.
		const message = readPageMessage(text);
		if (!message) return this.#socket.close(1007, "not understood");
		try {
			await this.#obey(message);
		} catch (error) {
			this.#options.log.error({ err: error, conversationId: this.#callId }, "a caller's message could not be handled");
			this.#line.send({ type: "error", code: "internal.server.error", text: "That did not work. Try again." });
		}
	}

	async #obey(message: PageMessage): Promise<void> {
		if (!this.#conversation) {
			if (message.type === "hello") return this.#hello(message.secret);
			return this.#socket.close(4001, "no secret");
		}
		const { lines, webCalls } = this.#options;
		if (message.type === "answer") lines.answer(this.#callId, message.legId, message.sdp);
		if (message.type === "hangup") await webCalls.hangUp(this.#conversation);
		const conversation = this.#conversation;
		if (message.type === "consent") await webCalls.answerConsent(conversation, message.answer);
		if (message.type === "callback") await this.#instead(() => webCalls.callBack(conversation, message.phone));
		if (message.type === "voicemail") await this.#instead(() => webCalls.leaveMessage(conversation));
	}

	/** What keeps the caller from it is said, and the call goes on. */
	async #instead(work: () => Promise<void>): Promise<void> {
		try {
			await work();
		} catch (error) {
			if (!(error instanceof ApiError) || error.status >= 500) throw error;
			this.#line.send({ type: "error", code: error.code, text: error.message });
		}
	}

	async #hello(secret: string): Promise<void> {
		const conversation = await this.#options.webCalls.open(this.#callId, secret);
		// A page that left meanwhile must not become the call's line.
		if (this.#socket.readyState !== this.#socket.OPEN) return;
		if (!conversation) {
			this.#line.send({ type: "state", state: "ended", reason: "gone" });
			return this.#socket.close(4004, "no such call");
		}
		this.#conversation = conversation;
		this.#options.lines.connect(this.#callId, this.#line);
		this.#options.media.lineChanged(this.#callId);
		const invitation = this.#options.screens?.of(this.#callId);
		if (invitation) this.#line.send(invitation);
	}
}

function keepAlive(socket: WebSocket): () => void {
	let alive = true;
	socket.on("pong", () => {
		alive = true;
	});
	return () => {
		if (!alive) return socket.terminate();
		alive = false;
		if (socket.readyState === socket.OPEN) socket.ping();
	};
}
