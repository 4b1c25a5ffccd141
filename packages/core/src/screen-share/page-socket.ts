import type { WebSocket } from "ws";
import type { Conversation } from "../conversations/model.ts";
import { ApiError } from "../kernel/http/api-error.ts";
import { frameBurst } from "../kernel/http/frame-burst.ts";
import { readInOrder } from "../kernel/http/socket-frames.ts";
import type { WebSocketEndpoint } from "../kernel/http/websocket.ts";
import type { Logger } from "../kernel/log.ts";
import { readScreenFrame, type ScreenFrame } from "./page-frames.ts";
import type { ScreenSharing } from "./screen-sharing.ts";
import type { PageFrame, ScreenPage, Stage } from "./stage.ts";

/** Times in ms: until a page has shown its secret, and between two signs of life. */
const helloMs = 10_000;
const pingMs = 10_000;
/** Of one page within ten seconds; whoever sends more is no page of ours. */
const burst = { most: 60, ms: 10_000 };

/** Which pages are let in, whatever they know. */
export interface ScreenOrigins {
	/** Whether the customer of that conversation can have a page of ours before them there: its number, or its messenger, says so. */
	isOf(conversation: Conversation, origin: string): Promise<boolean>;
	/** Whether any customer can: who comes back to a screen that is over is told that it is. */
	isAnybodys(origin: string): Promise<boolean>;
}

/** `/inlay/screenshares/{id}`: a customer's page with which a screen is shared. The secret comes in the first frame. */
export function screenSocket(sharing: ScreenSharing, log: Logger, origins: ScreenOrigins): WebSocketEndpoint {
	return {
		path: /^\/inlay\/screenshares\/(?<shareId>[\w-]{8,80})$/,
		maxPayload: 64 * 1024,
		async accept({ headers: { origin } }, { shareId = "" }) {
			if (origin === undefined) return 403;
			const conversation = await sharing.conversationOf(shareId);
			const mayCome = conversation ? origins.isOf(conversation, origin) : origins.isAnybodys(origin);
			return (await mayCome) ? 101 : 403;
		},
		connected: (socket, { shareId = "" }) => new PageLink(socket, shareId, sharing, log).start(),
	};
}

class PageLink implements ScreenPage {
	readonly #socket: WebSocket;
	readonly #shareId: string;
	readonly #sharing: ScreenSharing;
	readonly #log: Logger;
	#stage: Stage | undefined;
	readonly #isTooMuch = frameBurst(burst);

	constructor(socket: WebSocket, shareId: string, sharing: ScreenSharing, log: Logger) {
		this.#socket = socket;
		this.#shareId = shareId;
		this.#sharing = sharing;
		this.#log = log;
	}

	start(): void {
		const unknown = setTimeout(() => this.close(4001, "no secret"), helloMs);
		let isAlive = true;
		this.#socket.on("pong", () => {
			isAlive = true;
		});
		const pings = setInterval(() => {
			if (!isAlive) {
				this.#socket.terminate();
				return;
			}
			isAlive = false;
			if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping();
		}, pingMs);
		readInOrder(this.#socket).receiver(async (text) => {
			clearTimeout(unknown);
			await this.#receive(text);
		});
		this.#socket.on("close", () => {
			clearTimeout(unknown);
			clearInterval(pings);
			if (this.#stage) this.#sharing.leave(this.#stage, this);
		});
	}

	send(frame: PageFrame): void {
		if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(frame));
	}

	close(code: number, reason: string): void {
		this.#socket.close(code, reason);
	}

	async #receive(text: string): Promise<void> {
		const frame = this.#isTooMuch() ? undefined : readScreenFrame(text);
		if (!frame) {
			this.close(1007, "not understood");
			return;
		}
		try {
			if (this.#stage) await this.#obey(this.#stage, frame);
			else this.#hello(frame);
		} catch (error) {
			this.#tellFailure(error);
		}
	}

	#hello(frame: ScreenFrame): void {
		if (frame.type !== "hello") {
			this.close(4001, "no secret");
			return;
		}
		this.#stage = this.#sharing.join(this.#shareId, frame.secret, this);
		if (!this.#stage) this.close(4004, "no such screen");
	}

	async #obey(stage: Stage, frame: ScreenFrame): Promise<void> {
		const sharing = this.#sharing;
		if (frame.type === "accept") await sharing.accept(stage, this);
		if (frame.type === "connect") this.send({ type: "offer", ...(await sharing.legForPage(stage, this)) });
		if (frame.type === "answer") {
			const { legId, sdp } = frame;
			this.send({ type: "candidates", legId, ...(await sharing.answerOfPage(stage, this, legId, sdp)) });
		}
		if (frame.type === "facts") {
			const { type: _type, ...facts } = frame;
			await sharing.changeByPage(stage, this, facts);
		}
		if (frame.type === "pause") await sharing.changeByPage(stage, this, { state: frame.paused ? "paused" : "sharing" });
		if (frame.type === "end") await sharing.endByPage(stage, frame.why);
	}

	#tellFailure(error: unknown): void {
		if (error instanceof ApiError && error.status < 500) {
			this.send({ type: "error", code: error.code, text: error.message });
			return;
		}
		this.#log.warn({ err: error, shareId: this.#shareId }, "a page's part of a shared screen failed");
		this.send({ type: "error", code: "internal.server.error", text: "That did not work. Try again." });
	}
}
