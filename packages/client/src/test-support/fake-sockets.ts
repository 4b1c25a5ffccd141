import { expect } from "vitest";
import type { SocketLike } from "../session/notifications.ts";

/** A WebSocket whose far end is the test. */
export class FakeSocket implements SocketLike {
	readonly url: string;
	readonly sent: string[] = [];
	closed = false;
	/** As a browser's: what is sent before is an error. */
	isOpen = false;
	onopen: (() => void) | null = null;
	onmessage: ((event: { data: unknown }) => void) | null = null;
	onclose: ((event: { code: number }) => void) | null = null;

	constructor(url: string) {
		this.url = url;
	}

	send(text: string): void {
		if (!this.isOpen) throw new DOMException("Still in CONNECTING state", "InvalidStateError");
		this.sent.push(text);
	}

	close(): void {
		this.closed = true;
	}

	/** The far end takes it. */
	open(): void {
		this.isOpen = true;
		this.onopen?.();
	}

	/** The far end says something. */
	receive(text: string): void {
		this.onmessage?.({ data: text });
	}

	/** The line breaks. */
	drop(): void {
		this.onclose?.({ code: 1006 });
	}
}

/** All sockets that were opened, in order. */
export class FakeSockets {
	readonly all: FakeSocket[] = [];

	open(url: string): FakeSocket {
		const socket = new FakeSocket(url);
		this.all.push(socket);
		return socket;
	}

	get last(): FakeSocket {
		const last = this.all.at(-1);
		if (!last) throw new Error("no socket has been opened");
		return last;
	}

	/** Waits until so many sockets have been opened. */
	async opened(count: number): Promise<void> {
		await expect.poll(() => this.all.length).toBe(count);
	}
}
