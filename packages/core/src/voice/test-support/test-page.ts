import WebSocket from "ws";
import type { WebLineMessage, WebLineState } from "../web-line.ts";
import { goodAnswer } from "./test-phone.ts";

/** A caller's page, as far as the server sees it. */
export class TestPage {
	readonly socket: WebSocket;
	readonly messages: WebLineMessage[] = [];
	#closed: { code: number; reason: string } | undefined;
	#changed: Array<() => void> = [];

	constructor(url: string) {
		this.socket = new WebSocket(url);
		this.socket.on("message", (data) => {
			this.messages.push(JSON.parse(data.toString()));
			this.#wake();
		});
		this.socket.on("close", (code, reason) => {
			this.#closed = { code, reason: reason.toString() };
			this.#wake();
		});
		this.socket.on("error", () => {});
	}

	async opened(): Promise<this> {
		await new Promise((resolve) => this.socket.once("open", resolve));
		return this;
	}

	send(message: Record<string, unknown>): void {
		this.socket.send(JSON.stringify(message));
	}

	/** States that the page was told, oldest first. */
	get states(): string[] {
		return this.messages.flatMap((one) => (one.type === "state" ? [one.state] : []));
	}

	/** The latest one. */
	get latest(): WebLineState | undefined {
		return this.messages.findLast((one) => one.type === "state");
	}

	/** Waits for the offer that comes after `after` others. @returns the leg */
	async offer(after = 0): Promise<string> {
		const offers = () => this.messages.flatMap((one) => (one.type === "offer" ? [one.legId] : []));
		await this.#until(() => offers().length > after, "offer");
		return offers()[after] as string;
	}

	async state(wanted: string): Promise<void> {
		await this.#until(() => this.states.at(-1) === wanted, `state ${wanted}`);
	}

	answer(legId: string, sdp = goodAnswer): void {
		this.send({ type: "answer", legId, sdp });
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
