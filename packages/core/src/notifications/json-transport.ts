import type { Writable } from "node:stream";
import type { WebSocket } from "ws";
import type { NotificationFrame } from "./frames.ts";
import type { Transport } from "./session.ts";

/** A frame goes to everyone who follows its topic: its text is made once. */
const texts = new WeakMap<NotificationFrame, Buffer>();

/** Frames as JSON on a plain WebSocket. A client that does not read is cut off rather than kept in memory. */
export class JsonTransport implements Transport {
	readonly #socket: WebSocket;
	readonly #line: Pick<Writable, "cork" | "uncork"> | undefined;
	readonly #maxBacklogBytes: number;
	#unsent = 0;
	#waiting: Array<() => void> = [];

	/** @param line what the WebSocket writes to: without it each frame leaves by itself */
	constructor(socket: WebSocket, maxBacklogBytes: number, line?: Pick<Writable, "cork" | "uncork">) {
		this.#socket = socket;
		this.#line = line;
		this.#maxBacklogBytes = maxBacklogBytes;
		socket.on("close", () => this.#wake());
	}

	send(frame: NotificationFrame): boolean {
		const socket = this.#socket;
		if (socket.readyState !== socket.OPEN) return false;
		if (socket.bufferedAmount > this.#maxBacklogBytes) {
			socket.close(1013, "not reading; resume later");
			return false;
		}
		this.#unsent++;
		socket.send(textOf(frame), { binary: false }, (error) => this.#left(error));
		return true;
	}

	close(code: number, reason: string): void {
		this.#socket.close(code, reason);
	}

	gather(): void {
		this.#line?.cork();
	}

	letGo(): void {
		this.#line?.uncork();
	}

	unsent(): number {
		return this.#unsent;
	}

	isFull(): boolean {
		return this.#socket.bufferedAmount > this.#maxBacklogBytes / 2;
	}

	async drained(): Promise<void> {
		if (this.#unsent === 0 || this.#socket.readyState === this.#socket.CLOSED) return;
		await new Promise<void>((resolve) => this.#waiting.push(resolve));
	}

	#left(error: Error | null | undefined): void {
		if (error) return;
		this.#unsent--;
		if (this.#unsent === 0) this.#wake();
	}

	#wake(): void {
		for (const resolve of this.#waiting.splice(0)) resolve();
	}
}

function textOf(frame: NotificationFrame): Buffer {
	let text = texts.get(frame);
	if (!text) {
		text = Buffer.from(JSON.stringify(frame));
		texts.set(frame, text);
	}
	return text;
}
