import type { ShareFrame } from "./protocol.ts";

const firstWaitMs = 300;
const longestWaitMs = 3_000;
/** A server that runs gives up after half a minute; one that was killed has to come back first. */
const patienceMs = 120_000;

export interface LinkPorts {
	/** The first frame. */
	hello(): object;
	received(frame: ShareFrame): void;
	/** Whether there is a connection. */
	changed(isOnline: boolean): void;
	/** Another page of the customer's shares by now. */
	replaced(): void;
	/** It does not come again. */
	lost(): void;
}

/** The socket of a page that shares. It comes again by itself, for as long as the server waits for it. */
export class Link {
	readonly #url: string;
	readonly #ports: LinkPorts;
	#socket: WebSocket | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#tries = 0;
	#awaySince: number | undefined;
	#isWanted = true;

	constructor(api: string, sessionId: string, ports: LinkPorts) {
		this.#url = `${api.replace(/^http/, "ws")}/inlay/cobrowse/share/${encodeURIComponent(sessionId)}`;
		this.#ports = ports;
	}

	open(): void {
		if (this.#socket || !this.#isWanted) return;
		clearTimeout(this.#timer);
		const socket = new WebSocket(this.#url);
		this.#socket = socket;
		socket.onopen = () => socket.send(JSON.stringify(this.#ports.hello()));
		socket.onmessage = ({ data }) => {
			if (this.#socket !== socket) return;
			const frame = JSON.parse(String(data)) as ShareFrame;
			if (frame.type === "session") {
				[this.#tries, this.#awaySince] = [0, undefined];
				this.#ports.changed(true);
			}
			this.#ports.received(frame);
		};
		socket.onclose = ({ code }) => {
			if (this.#socket === socket) this.#closed(code);
		};
	}

	get waiting(): number {
		return this.#socket?.bufferedAmount ?? 0;
	}

	/** @returns false where there is no connection */
	send(frame: object): boolean {
		if (this.#socket?.readyState !== WebSocket.OPEN) return false;
		this.#socket.send(JSON.stringify(frame));
		return true;
	}

	close(): void {
		this.#isWanted = false;
		clearTimeout(this.#timer);
		this.#socket?.close();
		this.#socket = undefined;
	}

	#closed(code: number): void {
		this.#socket = undefined;
		this.#ports.changed(false);
		if (!this.#isWanted) return;
		this.#awaySince ??= performance.now();
		const isOver = code === 4000 || code === 4001 || performance.now() - this.#awaySince > patienceMs;
		if (code === 4002) this.#ports.replaced();
		else if (isOver) this.#ports.lost();
		else this.#timer = setTimeout(() => this.open(), Math.min(longestWaitMs, firstWaitMs * 2 ** this.#tries++));
	}
}
