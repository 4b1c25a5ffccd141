import { forGood, type ServerFrame } from "./protocol.ts";

const firstWaitMs = 500;
const longestWaitMs = 30_000;

export interface ConnectionPorts {
	/** The socket is open: say who it is. */
	opened(): void;
	received(frame: ServerFrame): void;
	/** Whether there is a connection. */
	changed(isOnline: boolean): void;
	socket?(url: string): WebSocket;
}

/** A socket that comes again, later and later, and at once when the network or the page is back. */
export class Connection {
	readonly #url: string;
	readonly #ports: ConnectionPorts;
	#socket: WebSocket | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#tries = 0;
	#isWanted = false;
	readonly #soon = () => {
		if (this.#isWanted && !this.#socket) this.#connect();
	};

	constructor(api: string, deploymentId: string, ports: ConnectionPorts) {
		this.#url = `${api.replace(/^http/, "ws")}/inlay/webmessaging/${encodeURIComponent(deploymentId)}`;
		this.#ports = ports;
	}

	start(): void {
		if (this.#isWanted) return;
		this.#isWanted = true;
		addEventListener("online", this.#soon);
		document.addEventListener("visibilitychange", this.#soon);
		this.#connect();
	}

	stop(): void {
		this.#isWanted = false;
		removeEventListener("online", this.#soon);
		document.removeEventListener("visibilitychange", this.#soon);
		clearTimeout(this.#timer);
		const socket = this.#socket;
		this.#socket = undefined;
		socket?.close();
	}

	/** The server knows the page: if it goes now, it comes again soon. */
	settled(): void {
		this.#tries = 0;
	}

	/** @returns false where there is no connection */
	send(frame: object): boolean {
		if (this.#socket?.readyState !== WebSocket.OPEN) return false;
		this.#socket.send(JSON.stringify(frame));
		return true;
	}

	#connect(): void {
		clearTimeout(this.#timer);
		const socket = this.#ports.socket?.(this.#url) ?? new WebSocket(this.#url);
		this.#socket = socket;
		const isCurrent = () => this.#socket === socket;
		socket.onopen = () => {
			if (isCurrent()) this.#ports.opened();
		};
		socket.onmessage = ({ data }) => {
			if (isCurrent()) this.#ports.received(JSON.parse(String(data)));
		};
		socket.onclose = ({ code }) => {
			if (isCurrent()) this.#closed(code);
		};
	}

	#closed(code: number): void {
		this.#socket = undefined;
		this.#ports.changed(false);
		if (!this.#isWanted) return;
		if (forGood.has(code)) {
			this.stop();
			return;
		}
		const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** this.#tries++);
		this.#timer = setTimeout(this.#soon, waitMs * (0.75 + Math.random() / 2));
	}
}
