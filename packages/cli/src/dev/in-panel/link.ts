/** The panel's socket to the dev server. */
import type { Entry, FromPanel, ToPanel } from "../protocol.ts";

/** Milliseconds until a server that went away is asked for again. */
const againMs = 1_000;

export class Link {
	readonly #address: string;
	readonly #hear: (news: ToPanel) => void;
	readonly #opened: () => void;
	/** By id: what changes before it was told is told once. */
	#entries = new Map<string, Entry>();
	#socket: WebSocket | undefined;

	/** @param opened each time that the server is there */
	constructor(address: string, hear: (news: ToPanel) => void, opened: () => void) {
		this.#address = address;
		this.#hear = hear;
		this.#opened = opened;
		this.#open();
	}

	tell(news: FromPanel): void {
		if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(news));
	}

	/** All of one task go together, in the order in which they began. */
	entry(entry: Entry): void {
		if (this.#entries.size === 0) queueMicrotask(() => this.#flush());
		this.#entries.set(entry.id, entry);
	}

	#flush(): void {
		if (this.#socket?.readyState !== WebSocket.OPEN || this.#entries.size === 0) return;
		this.tell({ type: "entries", entries: [...this.#entries.values()] });
		this.#entries = new Map();
	}

	#open(): void {
		const socket = new WebSocket(this.#address);
		this.#socket = socket;
		socket.addEventListener("open", () => {
			this.#opened();
			this.#flush();
		});
		socket.addEventListener("message", ({ data }) => this.#hear(JSON.parse(String(data)) as ToPanel));
		socket.addEventListener("close", () => setTimeout(() => this.#open(), againMs));
	}
}
