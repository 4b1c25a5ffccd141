import type { IncomingMessage } from "node:http";
import type { WebSocket } from "ws";
import { readInOrder } from "../../kernel/http/socket-frames.ts";
import type { WebSocketEndpoint } from "../../kernel/http/websocket.ts";
import type { Logger } from "../../kernel/log.ts";
import type { Principal } from "../../kernel/principal.ts";
import type { Notifications } from "../../notifications/notifications.ts";
import type { ChannelSession, Transport } from "../../notifications/session.ts";
import type { StoredChannel } from "../../notifications/store.ts";
import type { PhoneRegistry } from "./phone-registry.ts";
import { notificationStanza } from "./stanzas.ts";
import { type StreamHost, XmppStream } from "./stream.ts";

/** Times in ms. */
export interface StreamTiming {
	/** Who neither sends nor answers a ping for so long is gone. */
	silence: number;
	/** Browsers answer these pings even where they slow down a hidden page's own ones (every 14 s, platform-api 6.1). */
	ping: number;
	/** Until then a client has to be signed in and bound. */
	signIn: number;
}

const defaultTiming: StreamTiming = { silence: 45_000, ping: 15_000, signIn: 20_000 };
/** Bytes waiting for a client that does not read; beyond it the socket is ended, and the client resumes later. */
const maxBacklogBytes = 4 * 1024 * 1024;

export interface StreamSocketOptions {
	notifications: Notifications;
	phones: PhoneRegistry;
	host: Omit<StreamHost, "answers" | "bound" | "follow">;
	log: Logger;
	timing?: StreamTiming;
}

/** `/stream/channels/{id}`: XMPP over WebSocket for phones (platform-api 6.1). */
export function streamSocket(options: StreamSocketOptions): WebSocketEndpoint {
	// Found at the handshake, and not looked for a second time.
	const found = new WeakMap<IncomingMessage, StoredChannel>();
	return {
		path: /^\/stream\/channels\/(?<channelId>[\w-]{8,200})$/,
		subprotocol: "xmpp",
		maxPayload: 256 * 1024,
		ownPeople: true,
		isKnown: ({ channelId = "" }) => options.notifications.isKnown(channelId),
		async accept(request, params) {
			const channel = await options.notifications.findAtDoor(params.channelId ?? "");
			if (channel?.kind !== "streaming") return 404;
			found.set(request, channel);
			return 101;
		},
		connected(socket, _params, request) {
			const channel = found.get(request);
			if (channel) serve(socket, channel, readInOrder(socket), options);
			else socket.close(4004, "the channel has gone");
		},
	};
}

function serve(
	socket: WebSocket,
	channel: StoredChannel,
	frames: ReturnType<typeof readInOrder>,
	options: StreamSocketOptions,
): void {
	const attachment = new Attachment(socket, channel, options);
	const host: StreamHost = {
		...options.host,
		follow: (principal, topic, wanted) => follow(options.notifications, principal, channel.id, topic, wanted),
		answers: (phone) => options.phones.answers(phone),
		bound: (bound, principal) => {
			// Who closed while being bound must not stay in the registry for ever.
			if (socket.readyState !== socket.OPEN) return;
			life.bound();
			options.phones.add(bound);
			attachment.open(bound, principal);
		},
	};
	const owner = { userId: channel.userId, client: channel.id };
	const stream = new XmppStream(host, owner, writer(socket), (code, reason) => socket.close(code, reason));
	const life = watch(socket, options.timing ?? defaultTiming);
	socket.on("close", () => {
		options.phones.remove(stream);
		attachment.close();
	});
	frames.receiver((text) => stream.receive(text));
}

/** The notification channel behind a bound stream. */
class Attachment {
	readonly #socket: WebSocket;
	readonly #channel: StoredChannel;
	readonly #options: StreamSocketOptions;
	#session: ChannelSession | undefined;

	constructor(socket: WebSocket, channel: StoredChannel, options: StreamSocketOptions) {
		this.#socket = socket;
		this.#channel = channel;
		this.#options = options;
	}

	open(stream: XmppStream, principal: Principal): void {
		this.#open(stream, principal).catch((error) => {
			this.#options.log.error({ err: error }, "streaming channel could not be read");
			this.#socket.close(1011, "server error");
		});
	}

	close(): void {
		const session = this.#session;
		this.#session = undefined;
		if (session) this.#options.notifications.detach(session).catch(() => {});
	}

	async #open(stream: XmppStream, principal: Principal): Promise<void> {
		const { notifications, host } = this.#options;
		// The stream ends with the token that signed in on it, which after a refresh is not the one that made the channel.
		const channel = { ...this.#channel, tokenHash: principal.tokenHash };
		this.#session = await notifications.attach(channel, transportOf(stream, host.domain));
		if (this.#socket.readyState !== this.#socket.OPEN) this.close();
	}
}

/** Ends a socket that does not sign in, or from which nothing comes any more. */
function watch(socket: WebSocket, timing: StreamTiming): { bound(): void } {
	const signIn = setTimeout(() => socket.close(1008, "sign in first"), timing.signIn);
	const silence = setTimeout(() => socket.terminate(), timing.silence);
	const ping = setInterval(() => socket.readyState === socket.OPEN && socket.ping(), timing.ping);
	for (const sign of ["pong", "message"]) socket.on(sign, () => silence.refresh());
	const stop = () => {
		clearTimeout(signIn);
		clearTimeout(silence);
		clearInterval(ping);
	};
	// Closed before anybody listened.
	if (socket.readyState === socket.CLOSED) stop();
	else socket.on("close", stop);
	return { bound: () => clearTimeout(signIn) };
}

async function follow(
	notifications: Notifications,
	principal: Principal,
	channelId: string,
	topic: string,
	wanted: boolean,
): Promise<void> {
	if (wanted) await notifications.subscribe(principal, channelId, [topic], { replace: false, ignoreErrors: false });
	else await notifications.unsubscribe(principal, channelId, topic);
}

function writer(socket: WebSocket): (text: string) => boolean {
	return (text) => {
		if (socket.readyState !== socket.OPEN) return false;
		if (socket.bufferedAmount > maxBacklogBytes) {
			socket.terminate();
			return false;
		}
		socket.send(text);
		return true;
	};
}

function transportOf(stream: XmppStream, domain: string): Transport {
	return {
		send: (frame) => stream.send(notificationStanza(frame, stream.jid, `notifications.${domain}`)),
		close: (code, reason) => stream.end(code, reason),
	};
}
