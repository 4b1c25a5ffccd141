import type { PageFrame, ServerFrame } from "./protocol.ts";

const firstWaitMs = 500;
const longestWaitMs = 5_000;
/** A server that was killed is back by then, or nobody is. */
const patienceMs = 120_000;
/** It is over, or the secret opens nothing: the page does not come again. */
const forGood: ReadonlySet<number> = new Set([1000, 1007, 4001, 4004]);

export interface LinkPorts {
	received(frame: ServerFrame): void;
	/** It did not come back at once; the next frame says that it has. */
	away(): void;
	/** There is no such screen any more. */
	over(): void;
}

/** The page's socket to a shared screen; it comes again while the screen is there. */
export class Link {
	readonly #url: string;
	readonly #secret: string;
	readonly #ports: LinkPorts;
	#socket: WebSocket | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#tries = 0;
	#awaySince: number | undefined;
	#isOver = false;

	constructor(api: string, shareId: string, secret: string, ports: LinkPorts) {
		this.#url = `${api.replace(/^http/, "ws")}/inlay/screenshares/${encodeURIComponent(shareId)}`;
		this.#secret = secret;
		this.#ports = ports;
		this.#connect();
	}

	send(frame: PageFrame): void {
		if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
	}

	close(): void {
		this.#isOver = true;
		clearTimeout(this.#timer);
		this.#socket?.close();
	}

	#connect(): void {
		const socket = new WebSocket(this.#url);
		this.#socket = socket;
		socket.onopen = () => this.send({ type: "hello", secret: this.#secret });
		socket.onmessage = ({ data }) => {
			[this.#tries, this.#awaySince] = [0, undefined];
			if (!this.#isOver) this.#ports.received(JSON.parse(String(data)));
		};
		socket.onclose = ({ code }) => {
			if (!this.#isOver) this.#closed(code);
		};
	}

	#closed(code: number): void {
		this.#awaySince ??= performance.now();
		if (forGood.has(code) || performance.now() - this.#awaySince > patienceMs) {
			this.#isOver = true;
			this.#ports.over();
			return;
		}
		if (this.#tries > 0) this.#ports.away();
		const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** this.#tries++);
		this.#timer = setTimeout(() => this.#connect(), waitMs * (0.75 + Math.random() / 2));
	}
}
