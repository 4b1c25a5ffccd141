import type { WebSocket } from "ws";
import type { Logger } from "../../kernel/log.ts";
import type { Principal } from "../../kernel/principal.ts";
import type { WebSocketEndpoint } from "../../kernel/websocket.ts";
import type { Notifications } from "../../notifications/notifications.ts";
import type { ChannelSession, Transport } from "../../notifications/session.ts";
import type { PhoneRegistry } from "./phone-registry.ts";
import { notificationStanza } from "./stanzas.ts";
import { type StreamHost, XmppStream } from "./stream.ts";

/** A client that sends nothing for so long is gone (it pings every 14 s, platform-api 6.1). */
const silenceMs = 45_000;

export interface StreamSocketOptions {
	notifications: Notifications;
	phones: PhoneRegistry;
	host: Omit<StreamHost, "bound" | "follow">;
	log: Logger;
}

/** `/stream/channels/{id}`: XMPP over WebSocket for phones (platform-api 6.1). */
export function streamSocket(options: StreamSocketOptions): WebSocketEndpoint {
	return {
		path: /^\/stream\/channels\/(?<channelId>[\w-]{8,200})$/,
		subprotocol: "xmpp",
		maxPayload: 256 * 1024,
		async accept(_request, params) {
			const channel = await options.notifications.find(params.channelId ?? "");
			return channel?.kind === "streaming" ? 101 : 404;
		},
		connected(socket, params) {
			serve(socket, params.channelId ?? "", options).catch((error) => {
				options.log.error({ err: error }, "streaming socket failed");
				socket.close(1011, "server error");
			});
		},
	};
}

async function serve(socket: WebSocket, channelId: string, options: StreamSocketOptions): Promise<void> {
	// Frames may arrive before the channel has been read: nothing of the handshake may be lost.
	const early: string[] = [];
	const keep = (data: { toString(): string }) => early.push(data.toString());
	socket.on("message", keep);
	const channel = await options.notifications.find(channelId);
	if (!channel) return socket.close(4004, "the channel has gone");
	let session: ChannelSession | undefined;
	const host: StreamHost = {
		...options.host,
		follow: (principal, topic, wanted) => follow(options.notifications, principal, channelId, topic, wanted),
		bound: (bound) => {
			options.phones.add(bound);
			void attach(bound).catch((error) => options.log.error({ err: error }, "streaming channel could not be read"));
		},
	};
	const stream = new XmppStream(host, channel.userId, writer(socket), (code, reason) => socket.close(code, reason));
	const attach = async (bound: XmppStream) => {
		session = await options.notifications.attach(channel, transportOf(bound, options.host.domain));
		if (socket.readyState !== socket.OPEN) await options.notifications.detach(session);
	};
	const silence = setTimeout(() => socket.terminate(), silenceMs);
	socket.on("close", () => {
		clearTimeout(silence);
		options.phones.remove(stream);
		if (session) void options.notifications.detach(session).catch(() => {});
	});
	readInOrder(socket, early, keep, async (text) => {
		silence.refresh();
		await stream.receive(text);
	});
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

/** Hands frames on one after the other, the early ones first, however long each takes. */
function readInOrder(
	socket: WebSocket,
	early: string[],
	keep: (data: { toString(): string }) => void,
	receive: (text: string) => Promise<void>,
): void {
	let work = Promise.resolve();
	const next = (text: string) => {
		work = work.then(() => receive(text)).catch(() => socket.close(1011, "server error"));
	};
	socket.off("message", keep);
	for (const text of early) next(text);
	socket.on("message", (data) => next(data.toString()));
}

function writer(socket: WebSocket): (text: string) => void {
	return (text) => {
		if (socket.readyState === socket.OPEN) socket.send(text);
	};
}

function transportOf(stream: XmppStream, domain: string): Transport {
	return {
		send: (frame) => stream.send(notificationStanza(frame, stream.jid, `notifications.${domain}`)),
		close: (code, reason) => stream.end(code, reason),
	};
}
