import type { SocketLike } from "../session/notifications.ts";
import { OwnWebSocket } from "../session/own-fetch.ts";

/** Opens a WebSocket with the subprotocol `xmpp`. */
export function openPhoneSocket(url: string): SocketLike {
	return new OwnWebSocket(url, "xmpp") as unknown as SocketLike;
}
