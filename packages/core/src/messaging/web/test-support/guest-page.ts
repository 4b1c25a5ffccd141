import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import WebSocket from "ws";

/** What the server sends. */
export interface PageFrame {
	type: string;
	seq?: number;
	text?: string;
	code?: string;
	token?: string;
	from?: number;
	name?: string;
	clientId?: string;
	state?: { phase: string; agent?: string; isWritable: boolean; expiresAt: string };
	messages?: PageFrame[];
	[key: string]: unknown;
}

/** A customer's page with the messenger, as far as the server sees it. */
export class FakeGuestPage {
	readonly frames: PageFrame[] = [];
	closed: number | undefined;
	readonly #socket: WebSocket;
	readonly #open: Promise<number>;

	/** @param from the address of its machine, as a proxy says it */
	constructor(url: string, origin: string | undefined, from: string) {
		const headers = { "x-forwarded-for": from, ...(origin === undefined ? {} : { origin }) };
		this.#socket = new WebSocket(url, { headers });
		this.#socket.on("message", (data) => this.frames.push(JSON.parse(data.toString())));
		this.#socket.on("close", (code) => {
			this.closed = code;
		});
		this.#socket.on("error", () => {});
		this.#open = new Promise((done) => {
			this.#socket.once("open", () => done(101));
			this.#socket.once("error", () => done(0));
			this.#socket.once("unexpected-response", (_request, { statusCode }) => done(statusCode ?? 0));
		});
	}

	/** 101, or the status with which it was refused. */
	opened(): Promise<number> {
		return this.#open;
	}

	send(frame: Record<string, unknown> | string): void {
		this.#socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
	}

	/** Says who it is, and waits until it is known. */
	async hello(token?: string, lastSeq = 0): Promise<PageFrame> {
		await this.#open;
		this.send({ type: "hello", lastSeq, ...(token ? { token } : {}) });
		return this.next("session");
	}

	/** Writes, and gives the name of what was written. */
	write(text: string, more: { clientId?: string; attributes?: Record<string, string> } = {}): string {
		const clientId = more.clientId ?? randomUUID();
		this.send({ type: "message", clientId, text, ...(more.attributes ? { attributes: more.attributes } : {}) });
		return clientId;
	}

	of(type: string): PageFrame[] {
		return this.frames.filter((frame) => frame.type === type);
	}

	/** The newest of that kind, once there are so many. */
	async next(type: string, count = 1): Promise<PageFrame> {
		await expect.poll(() => this.of(type).length, { message: `${count} of ${type}` }).toBeGreaterThanOrEqual(count);
		return this.of(type).at(-1) as PageFrame;
	}

	get texts(): string[] {
		return this.of("message").map(({ text }) => text ?? "");
	}

	/** As its network goes. */
	cut(): void {
		this.#socket.terminate();
	}
}
