import { expect } from "vitest";
import WebSocket from "ws";

/** A socket of a page's, whose frames are objects with a `type`, as far as the server sees it. */
export class FrameSocket<Frame extends { type: string }> {
	readonly frames: Frame[] = [];
	closed: number | undefined;
	readonly #socket: WebSocket;
	readonly #open: Promise<number>;

	constructor(url: string, headers: Record<string, string>) {
		this.#socket = new WebSocket(url, { headers });
		this.#socket.on("message", (data) => this.frames.push(JSON.parse(data.toString())));
		this.#socket.on("close", (code) => {
			this.closed = code;
		});
		this.#open = new Promise((done) => {
			this.#socket.once("open", () => done(101));
			this.#socket.once("unexpected-response", (_request, { statusCode }) => done(statusCode ?? 0));
			this.#socket.on("error", () => done(0));
		});
	}

	/** 101, or the status with which it was refused; 0 where there was no answer. */
	opened(): Promise<number> {
		return this.#open;
	}

	send(frame: object | string): void {
		this.#socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
	}

	of(type: string): Frame[] {
		return this.frames.filter((frame) => frame.type === type);
	}

	/** The newest of that kind, once there are so many. */
	async next(type: string, count = 1): Promise<Frame> {
		await expect.poll(() => this.of(type).length, { message: `${count} of ${type}` }).toBeGreaterThanOrEqual(count);
		return this.of(type).at(-1) as Frame;
	}

	/** As its network goes. */
	cut(): void {
		this.#socket.terminate();
	}
}
