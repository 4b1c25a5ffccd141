import { Attempts } from "@inlay/contract/attempts";
import { type ReadonlySignal, signal } from "@preact/signals";
import { type ApiClient, ApiError, isPassing, isScopeRefusal } from "./api.ts";
import { backoffMs } from "./backoff.ts";
import type { Clock } from "./clock.ts";

/** The part of a WebSocket that is used; tests bring their own. */
export interface SocketLike {
	send(text: string): void;
	close(): void;
	onopen: (() => void) | null;
	onmessage: ((event: { data: unknown }) => void) | null;
	onclose: ((event: { code: number }) => void) | null;
}

/** One notification (platform-api 5.1). */
export interface Notification {
	topicName: string;
	eventBody: unknown;
	metadata?: { position?: number | string; action?: string; CorrelationId?: string };
}

export type ChannelState = "connecting" | "open" | "lost";

export interface ChannelOptions {
	api: ApiClient;
	topics: () => readonly string[];
	openSocket: (url: string) => SocketLike;
	clock: Clock;
	random: () => number;
	onNotification: (notification: Notification) => void;
	/** A new channel was made: what happened before it must be read by other means. */
	onFresh: () => void;
	/** Why there is no channel though the server answers; undefined once there is one. */
	onTrouble?: (trouble: { code: string; text: string } | undefined) => void;
	/** The token was over while the socket was open; `reason` is the server's word for why, where it knows. */
	onRevoked: (reason: string | undefined) => void;
}

const pingEveryMs = 15_000;
const pongWithinMs = 6_000;
/** So many sockets in a row do not open by chance. */
const blockedAfter = 3;

/**
 * The plain notification channel. It keeps one channel alive across broken sockets and asks to resume after the last
 * position seen, so nothing is missed; when the channel itself is gone it makes a new one and calls `onFresh`.
 */
export class NotificationChannel {
	readonly #options: ChannelOptions;
	readonly #state = signal<ChannelState>("connecting");
	#channel: { id: string; connectUri: string } | undefined;
	/** One that was made, and has no topics yet. */
	#bare: { id: string; connectUri: string } | undefined;
	#position: number | string | undefined;
	/** No socket of the channel has been open yet: what is so far has to be read. */
	#isFresh = false;
	#socket: SocketLike | undefined;
	#failures = 0;
	/** The server has answered a request just before this socket. */
	#answered = false;
	/** Sockets in a row that closed without having opened, while the server answered requests. */
	#closedUnopened = 0;
	/** What was asked for last is on its way until then; it never rejects. */
	#subscribing: Promise<void> = Promise.resolve();
	/** The connection that is being made, or is up; none: stopped. */
	readonly #attempts = new Attempts();
	#cancelTimers: (() => void)[] = [];

	constructor(options: ChannelOptions) {
		this.#options = options;
	}

	get state(): ReadonlySignal<ChannelState> {
		return this.#state;
	}

	start(): void {
		if (!this.#attempts.isGoing) void this.#connect();
	}

	stop(): void {
		this.#attempts.end();
		this.#dropSocket();
	}

	/** As {@link stop}; the next start makes a new channel, as this one goes with its token. */
	leave(): void {
		this.stop();
		this.#forgetChannel();
		this.#state.value = "connecting";
	}

	/** Tries at once instead of waiting for the next turn: the network came back, or the person asked. */
	retryNow(): void {
		if (!this.#attempts.isGoing || this.#state.peek() === "open") return;
		void this.#connect();
	}

	/**
	 * The socket lives with the token that asked for its topics last: from now on with the current one, and with the topics of now.
	 * One after the other, as what arrives last stands; what passes is tried again, as what is not asked for is told to nobody.
	 */
	rebind(): Promise<void> {
		const done = this.#subscribing.then(() => this.#bind());
		this.#subscribing = settled(done);
		return done;
	}

	/** Until it is done, is refused, or there is no channel any more. */
	async #bind(): Promise<void> {
		const { clock, random } = this.#options;
		for (let tries = 0; ; tries++) {
			const channel = this.#channel ?? this.#bare;
			if (!channel || !this.#attempts.isGoing) return;
			try {
				return await this.#subscribe(channel.id);
			} catch (error) {
				if (!isPassing(error)) throw error;
			}
			await new Promise<void>((resolve) => clock.after(backoffMs(tries, random()), resolve));
		}
	}

	/** The channel's id, while there is one. */
	get channelId(): string | undefined {
		return this.#channel?.id;
	}

	/** One socket at a time: by two everything would be told twice. */
	async #connect(): Promise<void> {
		const isCurrent = this.#attempts.begin();
		this.#dropSocket();
		try {
			const asks = this.#channel === undefined || this.#failures > 1;
			if (!this.#channel) await this.#makeChannel(isCurrent);
			else if (asks) await this.#checkChannel();
			if (!isCurrent()) return;
			this.#answered = asks;
			this.#open();
		} catch (error) {
			if (!isCurrent()) return;
			if (error instanceof ApiError && error.status === 404) this.#forgetChannel();
			// A refused token is reported by the API client itself; trying again would change nothing.
			if (error instanceof ApiError && error.status === 401) return this.stop();
			this.#tellRefusal(error);
			this.#answered = false;
			this.#retryLater();
		}
	}

	/** The server answers, and will not: it would tomorrow, too, so it is said. */
	#tellRefusal(error: unknown): void {
		if (!(error instanceof ApiError) || error.status < 400 || error.status >= 500) return;
		if ([404, 408, 429].includes(error.status)) return;
		const code = isScopeRefusal(error) ? "client.without.scopes" : "channel.refused";
		this.#options.onTrouble?.({ code, text: error.message });
	}

	/** The server answers, and its sockets never open: something on the way lets none through. */
	#neverOpened(): void {
		if (!this.#answered) return;
		this.#closedUnopened += 1;
		if (this.#closedUnopened === blockedAfter)
			this.#options.onTrouble?.({ code: "socket.blocked", text: new URL(this.#channel?.connectUri ?? "ws://x").host });
	}

	async #makeChannel(isCurrent: () => boolean): Promise<void> {
		// One whose topics were refused is asked again, and no other made.
		const channel =
			this.#bare ?? (await this.#options.api.post<{ id: string; connectUri: string }>("/notifications/channels"));
		if (!isCurrent()) return;
		this.#bare = channel;
		const asked = this.#subscribe(channel.id);
		this.#subscribing = Promise.all([this.#subscribing, settled(asked)]).then(() => {});
		await asked;
		if (!isCurrent()) return;
		this.#channel = channel;
		this.#isFresh = true;
		this.#bare = undefined;
		this.#position = undefined;
	}

	async #subscribe(channelId: string): Promise<void> {
		const { api, topics } = this.#options;
		await api.put(
			`/notifications/channels/${channelId}/subscriptions?ignoreErrors=true`,
			topics().map((id) => ({ id })),
		);
	}

	/** After two failures in a row: rejects with 404 when the server no longer knows the channel. */
	async #checkChannel(): Promise<void> {
		await this.#options.api.get(`/notifications/channels/${this.#channel?.id}/subscriptions`);
	}

	#open(): void {
		const socket = this.#options.openSocket(this.#address());
		this.#socket = socket;
		let opened = false;
		socket.onopen = () => {
			opened = true;
			this.#failures = 0;
			this.#closedUnopened = 0;
			this.#options.onTrouble?.(undefined);
			this.#state.value = "open";
			this.#schedulePing();
			if (this.#isFresh) this.#options.onFresh();
			this.#isFresh = false;
		};
		socket.onmessage = (event) => this.#receive(String(event.data));
		socket.onclose = () => {
			if (!opened && socket === this.#socket) this.#neverOpened();
			this.#lost(socket);
		};
	}

	#address(): string {
		const url = new URL(this.#channel?.connectUri ?? "");
		if (this.#position !== undefined) url.searchParams.set("position", String(this.#position));
		return url.href;
	}

	#receive(text: string): void {
		this.#schedulePing();
		const frame = parseFrame(text);
		if (!frame) return;
		if (frame.metadata?.position !== undefined) this.#position = frame.metadata.position;
		if (frame.topicName.startsWith("v2.system.")) this.#receiveSystem(frame);
		else if (frame.topicName !== "channel.metadata") this.#options.onNotification(frame);
	}

	#receiveSystem({ topicName: topic, eventBody }: Notification): void {
		if (topic === "v2.system.socket_closing") this.#reopen();
		else if (topic.startsWith("v2.system.token_revoked")) {
			this.stop();
			// Its channels have gone with it.
			this.#forgetChannel();
			this.#state.value = "connecting";
			this.#options.onRevoked((eventBody as { reason?: string } | undefined)?.reason);
		} else if (topic.startsWith("v2.system.no_longer_subscribed")) {
			this.#forgetChannel();
			this.#reopen();
		}
	}

	#reopen(): void {
		this.#dropSocket();
		this.#state.value = "lost";
		void this.#connect();
	}

	/** Every frame proves that the line is alive; silence is met with a ping, and a silent ping with a new socket. */
	#schedulePing(): void {
		this.#clearTimers();
		this.#later(pingEveryMs, () => {
			this.#socket?.send('{"message":"ping"}');
			this.#later(pongWithinMs, () => {
				const socket = this.#socket;
				this.#dropSocket();
				if (socket) this.#lost(socket, true);
			});
		});
	}

	#lost(socket: SocketLike, dropped = false): void {
		if (!this.#attempts.isGoing || (!dropped && socket !== this.#socket)) return;
		this.#dropSocket();
		this.#retryLater();
	}

	#retryLater(): void {
		if (!this.#attempts.isGoing) return;
		this.#state.value = "lost";
		const wait = backoffMs(this.#failures, this.#options.random());
		this.#failures += 1;
		this.#later(wait, () => void this.#connect());
	}

	#forgetChannel(): void {
		this.#channel = undefined;
		this.#bare = undefined;
		this.#position = undefined;
	}

	#dropSocket(): void {
		this.#clearTimers();
		const socket = this.#socket;
		this.#socket = undefined;
		if (!socket) return;
		socket.onopen = socket.onmessage = socket.onclose = null;
		socket.close();
	}

	#later(ms: number, task: () => void): void {
		this.#cancelTimers.push(this.#options.clock.after(ms, task));
	}

	#clearTimers(): void {
		for (const cancel of this.#cancelTimers.splice(0)) cancel();
	}
}

function settled(work: Promise<void>): Promise<void> {
	return work.catch(() => {});
}

function parseFrame(text: string): Notification | undefined {
	try {
		const frame = JSON.parse(text) as Partial<Notification>;
		return typeof frame.topicName === "string" ? (frame as Notification) : undefined;
	} catch {
		return undefined;
	}
}
