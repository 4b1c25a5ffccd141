import { randomUUID } from "node:crypto";
import { FrameSocket } from "../../../test-support/frame-socket.ts";

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
export class FakeGuestPage extends FrameSocket<PageFrame> {
	/** @param from the address of its machine, as a proxy says it */
	constructor(url: string, origin: string | undefined, from: string) {
		super(url, { "x-forwarded-for": from, ...(origin === undefined ? {} : { origin }) });
	}

	/** Says who it is, and waits until it is known. */
	async hello(token?: string, lastSeq = 0): Promise<PageFrame> {
		await this.opened();
		this.send({ type: "hello", lastSeq, ...(token ? { token } : {}) });
		return this.next("session");
	}

	/** Writes, and gives the name of what was written. */
	write(text: string, more: { clientId?: string; attributes?: Record<string, string> } = {}): string {
		const clientId = more.clientId ?? randomUUID();
		this.send({ type: "message", clientId, text, ...(more.attributes ? { attributes: more.attributes } : {}) });
		return clientId;
	}

	get texts(): string[] {
		return this.of("message").map(({ text }) => text ?? "");
	}
}
