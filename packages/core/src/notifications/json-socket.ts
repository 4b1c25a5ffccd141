import type { IncomingMessage } from "node:http";
import type { WebSocket } from "ws";
import type { WebSocketEndpoint } from "../kernel/http/websocket.ts";
import type { Logger } from "../kernel/log.ts";
import { JsonTransport } from "./json-transport.ts";
import type { Notifications } from "./notifications.ts";
import { type ResumePoint, readPoint } from "./resume-point.ts";
import type { ChannelSession } from "./session.ts";
import type { StoredChannel } from "./store.ts";

export interface JsonSocketOptions {
	/** Clients that hear nothing for longer than about this take the socket for dead (platform-api 5.1); milliseconds. */
	heartbeatMs?: number;
	/** Bytes waiting for a client that does not read; beyond it the socket is ended, and the client resumes later. */
	maxBacklogBytes?: number;
}

const defaultHeartbeatMs = 30_000;
const defaultBacklogBytes = 4 * 1024 * 1024;
/** Browsers close with it as the page goes (RFC 6455 7.4.1); a line that is cut, or a client that reconnects, does not. */
const goingAway = 1001;
/** Pings of a client that are kept until its channel is read. */
const maxEarlyMessages = 20;

/** The plain notification WebSocket: `/channels/{id}`, one JSON object per frame (platform-api 5.1). */
export function jsonSocket(
	notifications: Notifications,
	log: Logger,
	options: JsonSocketOptions = {},
): WebSocketEndpoint {
	// Found at the handshake, so that a thousand sockets that come back at once ask for their channels once less.
	const found = new WeakMap<IncomingMessage, StoredChannel>();
	return {
		path: /^\/channels\/(?<channelId>[\w-]{8,200})$/,
		maxPayload: 64 * 1024,
		ownPeople: true,
		isKnown: ({ channelId = "" }) => notifications.isKnown(channelId),
		async accept(request, params) {
			const channel = await notifications.findAtDoor(params.channelId ?? "");
			if (channel?.kind !== "plain") return 404;
			found.set(request, channel);
			return 101;
		},
		connected(socket, _params, request) {
			serve(socket, found.get(request), request, { notifications, options }).catch((error) => {
				log.error({ err: error }, "notification socket failed");
				socket.close(1011, "server error");
			});
		},
	};
}

async function serve(
	socket: WebSocket,
	channel: StoredChannel | undefined,
	request: IncomingMessage,
	{ notifications, options }: { notifications: Notifications; options: JsonSocketOptions },
): Promise<void> {
	// Frames may arrive before the channel has been read: a client that pings at once gets its answer.
	const early: string[] = [];
	let receive = (text: string): void => {
		if (early.length < maxEarlyMessages) early.push(text);
	};
	socket.on("message", (data) => receive(data.toString()));
	// A broken frame closes the socket; "close" follows and says all there is to say.
	socket.on("error", () => {});
	if (!channel) return socket.close(4004, "the channel has gone");
	const transport = new JsonTransport(socket, options.maxBacklogBytes ?? defaultBacklogBytes, request.socket);
	const session = await notifications.attach(channel, transport, startPosition(request));
	receive = (text) => answer(session, text);
	for (const text of early) receive(text);
	const stopHeart = keepAlive(socket, session, options.heartbeatMs ?? defaultHeartbeatMs);
	const gone = (code?: number) => {
		stopHeart();
		void notifications.detach(session, code === goingAway).catch(() => {});
	};
	if (socket.readyState === socket.CLOSED) gone();
	else socket.on("close", gone);
}

/** Tells the client that the socket lives, and ends it when the client's side has silently gone. */
function keepAlive(socket: WebSocket, session: ChannelSession, everyMs: number): () => void {
	let answered = true;
	socket.on("pong", () => {
		answered = true;
	});
	const timer = setInterval(() => {
		if (!answered) return socket.terminate();
		answered = false;
		socket.ping();
		session.sendNow("channel.metadata", { message: "WebSocket Heartbeat" });
	}, everyMs);
	return () => clearInterval(timer);
}

/** `?position=`: where the client says it stands, from the metadata of the last frame it saw. */
function startPosition(request: IncomingMessage): ResumePoint | undefined {
	const position = new URL(request.url ?? "", "http://localhost").searchParams.get("position");
	return position && readPoint(position) ? position : undefined;
}

/** A client may ask whether the socket lives; anything else is ignored. */
function answer(session: ChannelSession, text: string): void {
	const message = parse(text);
	if (message?.message === "ping") session.sendNow("channel.metadata", { message: "pong" });
}

function parse(text: string): { message?: unknown } | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === "object" && value !== null ? value : undefined;
	} catch {
		return undefined;
	}
}
