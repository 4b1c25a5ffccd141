import { Attempts } from "@inlay/contract/attempts";
import { signal } from "@preact/signals";
import { type Api, ApiError } from "./api.ts";

/** The part of a WebSocket that is used; tests bring their own. */
export interface NewsSocket {
	close(): void;
	onopen: (() => void) | null;
	onmessage: ((event: { data: unknown }) => void) | null;
	onclose: (() => void) | null;
}

/** One notification (platform-api 5.1). */
export interface News {
	topicName: string;
	eventBody: unknown;
}

export interface NewsParts {
	topics: readonly string[];
	onNews: (news: News) => void;
	/** The channel is open, for the first time or again: what was told meanwhile may be missing, and is to be read. */
	onOpen: () => void;
	openSocket?: (url: string) => NewsSocket;
	/** Runs something later; gives the way to take it back. */
	after?: (ms: number, work: () => void) => () => void;
	random?: () => number;
}

/** "live" while what happens is told; "lost" while the next attempt is waited for; "refused" where one may follow nothing. */
export type NewsState = "connecting" | "live" | "lost" | "refused";

interface Channel {
	id: string;
	connectUri: string;
}

/** The server's socket beats every 30 s: who hears nothing for longer has lost the line. */
const silenceMs = 45_000;
const longestWaitMs = 30_000;

/**
 * The console's notification channel: it keeps a screen up to date while that is shown. Broken sockets come back to the same
 * channel after the last position seen; a channel that has gone is made anew. What may be followed the server decides.
 */
export class NewsChannel {
	readonly state = signal<NewsState>("connecting");
	readonly #api: Api;
	readonly #parts: NewsParts;
	readonly #after: NonNullable<NewsParts["after"]>;
	#channel: Channel | undefined;
	#position: string | undefined;
	#socket: NewsSocket | undefined;
	#failures = 0;
	/** The one that is under way, or up; none: stopped. */
	readonly #attempts = new Attempts();
	#stopTimer = () => {};

	constructor(api: Api, parts: NewsParts) {
		this.#api = api;
		this.#parts = parts;
		this.#after = parts.after ?? later;
	}

	start(): void {
		if (!this.#attempts.isGoing) void this.#connect();
	}

	/** The server need not keep anything for it any longer. */
	stop(): void {
		this.#attempts.end();
		this.#drop();
		if (this.#channel) this.#leave(this.#channel);
		this.#channel = undefined;
		this.state.value = "connecting";
	}

	async #connect(): Promise<void> {
		const counts = this.#attempts.begin();
		this.#drop();
		try {
			const channel = this.#channel ?? (await this.#make());
			if (!counts()) return this.#leave(channel);
			this.#channel = channel;
			this.#open(channel);
		} catch (error) {
			if (!counts()) return;
			// Without a token nothing is told any more: the session says so by itself.
			if (error instanceof ApiError && error.status === 401) return this.stop();
			if (error instanceof ApiError && error.status === 403) this.state.value = "refused";
			else this.#retry();
		}
	}

	async #make(): Promise<Channel> {
		const channel = await this.#api.request<Channel>("POST", "/api/v2/notifications/channels");
		const path = `/api/v2/notifications/channels/${channel.id}/subscriptions?ignoreErrors=true`;
		const topics = this.#parts.topics.map((id) => ({ id }));
		await this.#api.request("PUT", path, topics, { noVersion: "a channel is its maker's own" });
		this.#position = undefined;
		return channel;
	}

	/** A channel itself cannot be deleted (platform-api 5.1): one that follows nothing costs nothing until it has gone by itself. */
	#leave({ id }: Channel): void {
		void this.#api.request("DELETE", `/api/v2/notifications/channels/${id}/subscriptions`).catch(() => undefined);
	}

	#open({ connectUri }: Channel): void {
		const url = new URL(connectUri);
		if (this.#position !== undefined) url.searchParams.set("position", this.#position);
		const socket = (this.#parts.openSocket ?? openWebSocket)(url.href);
		this.#socket = socket;
		let isOpened = false;
		socket.onopen = () => {
			isOpened = true;
			this.#failures = 0;
			this.state.value = "live";
			this.#watch();
			this.#parts.onOpen();
		};
		socket.onmessage = ({ data }) => this.#receive(String(data));
		socket.onclose = () => {
			// A channel that lets nobody in may have gone.
			if (!isOpened) this.#channel = undefined;
			this.#retry();
		};
	}

	#receive(text: string): void {
		this.#watch();
		const frame = parse(text);
		if (!frame) return;
		if (frame.metadata?.position !== undefined) this.#position = String(frame.metadata.position);
		const { topicName } = frame;
		if (topicName.startsWith("v2.system.no_longer_subscribed") || topicName.startsWith("v2.system.token_revoked"))
			this.#channel = undefined;
		if (topicName.startsWith("v2.system.")) return void this.#connect();
		if (topicName !== "channel.metadata") this.#parts.onNews(frame);
	}

	/** Silence is a broken line. */
	#watch(): void {
		this.#stopTimer();
		this.#stopTimer = this.#after(silenceMs, () => void this.#connect());
	}

	#retry(): void {
		if (!this.#attempts.isGoing) return;
		this.#drop();
		this.state.value = "lost";
		const wait =
			Math.min(longestWaitMs, 500 * 2 ** this.#failures++) * (0.5 + (this.#parts.random ?? Math.random)() / 2);
		this.#stopTimer = this.#after(wait, () => void this.#connect());
	}

	#drop(): void {
		this.#stopTimer();
		const socket = this.#socket;
		this.#socket = undefined;
		if (!socket) return;
		socket.onopen = socket.onmessage = socket.onclose = null;
		socket.close();
	}
}

function parse(text: string): (News & { metadata?: { position?: string | number } }) | undefined {
	try {
		const frame = JSON.parse(text);
		return typeof frame?.topicName === "string" ? frame : undefined;
	} catch {
		return undefined;
	}
}

function openWebSocket(url: string): NewsSocket {
	return new WebSocket(url) as unknown as NewsSocket;
}

function later(ms: number, work: () => void): () => void {
	const timer = setTimeout(work, ms);
	return () => clearTimeout(timer);
}
