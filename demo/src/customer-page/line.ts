import type { LineMessage, PageMessage } from "./protocol.ts";

export interface LineEvents {
	onMessage: (message: LineMessage) => void;
	/** The server answers (again). */
	onUp: () => void;
	/** The server does not answer; the line goes on trying. */
	onDown: () => void;
	/** The line is over for good: the call is gone, or another tab has it. */
	onClosed: (reason: "gone" | "elsewhere") => void;
}

const firstPauseMs = 250;
const longestPauseMs = 2000;
/** A server that takes longer to take up the connection is as good as gone, in ms. */
const openMs = 5000;

/** The signalling socket of one call; it comes back by itself until the call is over. */
export class Line {
	readonly #url: string;
	readonly #secret: string;
	readonly #events: LineEvents;
	#socket: WebSocket | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#attempt = 0;
	#over = false;
	#lastWord: PageMessage | undefined;

	/** @param api base URL of the API, http or https */
	constructor(api: string, socketPath: string, secret: string, events: LineEvents) {
		this.#url = api.replace(/^http/, "ws") + socketPath;
		this.#secret = secret;
		this.#events = events;
		window.addEventListener("online", this.#now);
		this.#connect();
	}

	/** @returns whether there was a connection to send by */
	send(message: PageMessage): boolean {
		if (this.#socket?.readyState !== WebSocket.OPEN) return false;
		this.#socket.send(JSON.stringify(message));
		return true;
	}

	/** Says a last word and closes; without a connection it is said when there is one again. */
	closeWith(message: PageMessage): void {
		if (this.send(message)) this.close();
		else this.#lastWord = message;
	}

	/** Gives the connection up for a new one, which brings new media with it. */
	restart(): void {
		this.#socket?.close();
	}

	close(): void {
		this.#over = true;
		clearTimeout(this.#timer);
		window.removeEventListener("online", this.#now);
		this.#socket?.close();
	}

	#connect(): void {
		clearTimeout(this.#timer);
		const socket = new WebSocket(this.#url);
		this.#socket = socket;
		const patience = setTimeout(() => socket.close(), openMs);
		socket.onopen = () => {
			clearTimeout(patience);
			socket.send(JSON.stringify({ type: "hello", secret: this.#secret } satisfies PageMessage));
		};
		socket.onmessage = (event) => {
			if (this.#over) return;
			// Only an answer shows that the server is back; a proxy accepts connections before it is.
			this.#attempt = 0;
			if (this.#lastWord) return this.closeWith(this.#lastWord);
			this.#events.onUp();
			this.#events.onMessage(JSON.parse(String(event.data)) as LineMessage);
		};
		socket.onclose = (event) => {
			clearTimeout(patience);
			this.#closed(event.code);
		};
	}

	#closed(code: number): void {
		if (this.#over) return;
		// 4000: a later connection has the call; 4001 and 4004: the secret opens nothing any more (web-call-socket.ts).
		if (code === 4000 || code === 4001 || code === 4004) {
			this.close();
			if (!this.#lastWord) this.#events.onClosed(code === 4000 ? "elsewhere" : "gone");
			return;
		}
		if (!this.#lastWord) this.#events.onDown();
		this.#timer = setTimeout(() => this.#connect(), pauseMs(this.#attempt++, Math.random()));
	}

	readonly #now = (): void => {
		if (!this.#over && this.#socket?.readyState === WebSocket.CLOSED) this.#connect();
	};
}

/** A quarter of a second first, doubling to two seconds, up to 20 % less so that not all callers return at once. */
export function pauseMs(attempt: number, random: number): number {
	return Math.round(Math.min(longestPauseMs, firstPauseMs * 2 ** attempt) * (1 - 0.2 * random));
}
