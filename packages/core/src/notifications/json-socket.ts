import type { IncomingMessage } from "node:http";
import type { WebSocket } from "ws";
import type { Logger } from "../kernel/log.ts";
import type { WebSocketEndpoint } from "../kernel/websocket.ts";
import type { Notifications } from "./notifications.ts";
import type { ChannelSession, NotificationFrame, Transport } from "./session.ts";

/** Clients that hear nothing for longer than about this take the socket for dead (platform-api 5.1). */
const heartbeatMs = 30_000;
/** Bytes waiting for a client that does not read; beyond it the socket is ended, and the client resumes later. */
const maxBacklogBytes = 4 * 1024 * 1024;

/** The plain notification WebSocket: `/channels/{id}`, one JSON object per frame (platform-api 5.1). */
export function jsonSocket(notifications: Notifications, log: Logger): WebSocketEndpoint {
	return {
		path: /^\/channels\/(?<channelId>[\w-]{8,200})$/,
		maxPayload: 64 * 1024,
		async accept(_request, params) {
			const channel = await notifications.find(params.channelId ?? "");
			return channel?.kind === "plain" ? 101 : 404;
		},
		connected(socket, params, request) {
			serve(socket, params.channelId ?? "", request, notifications).catch((error) => {
				log.error({ err: error }, "notification socket failed");
				socket.close(1011, "server error");
			});
		},
	};
}

async function serve(
	socket: WebSocket,
	channelId: string,
	request: IncomingMessage,
	notifications: Notifications,
): Promise<void> {
	const channel = await notifications.find(channelId);
	if (!channel) return socket.close(4004, "the channel has gone");
	const session = await notifications.attach(channel, transportOf(socket), startPosition(request));
	const heartbeat = setInterval(
		() => session.sendNow("channel.metadata", { message: "WebSocket Heartbeat" }),
		heartbeatMs,
	);
	socket.on("message", (data) => answer(session, data.toString()));
	const gone = () => {
		clearInterval(heartbeat);
		void notifications.detach(session).catch(() => {});
	};
	if (socket.readyState === socket.OPEN) socket.on("close", gone);
	else gone();
}

/** `?position=`: where the client says it stands, from the metadata of the last frame it saw. */
function startPosition(request: IncomingMessage): string | undefined {
	const position = new URL(request.url ?? "", "http://localhost").searchParams.get("position");
	return position && /^\d+\.\d+$/.test(position) ? position : undefined;
}

function transportOf(socket: WebSocket): Transport {
	return {
		send(frame: NotificationFrame) {
			if (socket.readyState !== socket.OPEN) return;
			if (socket.bufferedAmount > maxBacklogBytes) return socket.close(1013, "not reading; resume later");
			socket.send(JSON.stringify(frame));
		},
		close: (code, reason) => socket.close(code, reason),
	};
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
