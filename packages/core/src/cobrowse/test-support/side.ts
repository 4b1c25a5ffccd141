import { expect } from "vitest";
import WebSocket from "ws";

/** What the server sends to a page or a viewer. */
export interface SideFrame {
	type: string;
	code?: string;
	why?: string;
	by?: string;
	agent?: string;
	[key: string]: unknown;
}

/** A page that shares, or a viewer, as far as the server sees it. */
export class FakeSide {
	readonly frames: SideFrame[] = [];
	closed: number | undefined;
	readonly #socket: WebSocket;
	readonly #open: Promise<number>;

	constructor(url: string, origin: string) {
		this.#socket = new WebSocket(url, { headers: { origin } });
		this.#socket.on("message", (data) => this.frames.push(JSON.parse(data.toString())));
		this.#socket.on("close", (code) => {
			this.closed = code;
		});
		this.#socket.on("error", () => {});
		this.#open = new Promise((done) => {
			this.#socket.once("open", () => done(101));
			this.#socket.once("unexpected-response", (_request, { statusCode }) => done(statusCode ?? 0));
		});
	}

	/** 101, or the status with which it was refused. */
	opened(): Promise<number> {
		return this.#open;
	}

	send(frame: object): void {
		this.#socket.send(JSON.stringify(frame));
	}

	/** Says who it is, and waits until it is known. */
	async hello(key: string): Promise<SideFrame> {
		await this.#open;
		this.send({ type: "hello", key });
		return this.next("session");
	}

	of(type: string): SideFrame[] {
		return this.frames.filter((frame) => frame.type === type);
	}

	/** The newest of that kind, once there are so many. */
	async next(type: string, count = 1): Promise<SideFrame> {
		await expect.poll(() => this.of(type).length, { message: `${count} of ${type}` }).toBeGreaterThanOrEqual(count);
		return this.of(type).at(-1) as SideFrame;
	}

	cut(): void {
		this.#socket.terminate();
	}
}
