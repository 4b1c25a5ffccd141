import WebSocket from "ws";

interface Frame {
	type: string;
	token?: string;
	from?: number;
	seq?: number;
	text?: string;
	clientId?: string;
}

/** So long a page waits for an answer before it sends the same again, ms. */
const patienceMs = 5_000;

/** A customer's page as the server sees it, which comes again after each cut with what it has, as the messenger does. */
export class GuestAfterKills {
	/** In the order of their numbers. */
	readonly texts: string[] = [];
	/** What was told out of its order, or from where the page is not. */
	readonly mistakes: string[] = [];
	readonly #url: string;
	readonly #origin: string;
	readonly #confirmed = new Set<string>();
	#token: string | undefined;
	#socket: Promise<WebSocket> | undefined;
	#isClosed = false;

	constructor(url: string, origin: string) {
		this.#url = url;
		this.#origin = origin;
	}

	/** Resolves once it is confirmed. Rejects where it was not: then the same goes again, under the same name. */
	async write(text: string, clientId: string): Promise<true> {
		const socket = await this.#connected();
		socket.send(JSON.stringify({ type: "message", clientId, text }));
		const until = performance.now() + patienceMs;
		while (!this.#confirmed.has(clientId)) {
			if (socket.readyState !== WebSocket.OPEN || performance.now() > until) throw new Error("not confirmed");
			await new Promise((done) => setTimeout(done, 20));
		}
		return true;
	}

	close(): void {
		this.#isClosed = true;
		void this.#socket?.then((socket) => socket.close());
	}

	#connected(): Promise<WebSocket> {
		this.#socket ??= this.#connect();
		return this.#socket;
	}

	#connect(): Promise<WebSocket> {
		return new Promise((known, failed) => {
			const socket = new WebSocket(this.#url, { headers: { origin: this.#origin } });
			socket.on("open", () => {
				const token = this.#token ? { token: this.#token } : {};
				socket.send(JSON.stringify({ type: "hello", lastSeq: this.texts.length, ...token }));
			});
			socket.on("message", (data) => this.#received(JSON.parse(String(data)) as Frame, () => known(socket)));
			socket.on("error", () => {});
			socket.on("close", () => {
				this.#socket = undefined;
				failed(new Error("closed"));
				if (!this.#isClosed) setTimeout(() => void this.#connected().catch(() => {}), 200);
			});
		});
	}

	#received({ type, token, from, seq, text, clientId }: Frame, isKnown: () => void): void {
		if (type === "session") {
			if (token) this.#token = token;
			if (from !== this.texts.length) this.mistakes.push(`has ${this.texts.length}, told from ${from} on`);
			isKnown();
		}
		if (type === "message") {
			if (seq !== this.texts.length + 1) this.mistakes.push(`${seq} after ${this.texts.length}`);
			this.texts.push(text ?? "");
		}
		if (type === "ack" && clientId) this.#confirmed.add(clientId);
	}
}
