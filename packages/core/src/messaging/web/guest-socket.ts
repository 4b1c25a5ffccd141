import { readInOrder } from "../../kernel/http/socket-frames.ts";
import type { WebSocketEndpoint } from "../../kernel/http/websocket.ts";
import type { MessageAddress } from "../model.ts";
import { type ConnectionDeps, closing, GuestConnection } from "./guest-connection.ts";
import { messengerOf } from "./guests.ts";

/** Times in ms. */
export interface GuestTiming {
	/** A page that does not say who it is in this time is none. */
	hello: number;
	/** Browsers cannot ping by themselves: the server does, drops a page that does not answer, and has the others look. */
	ping: number;
}

const defaultTiming: GuestTiming = { hello: 60_000, ping: 20_000 };

/**
 * `/inlay/webmessaging/{deploymentId}`: a customer's page. Its secret comes in the first frame, never in the address; the
 * page's origin has to be one of the messenger's.
 */
export function guestSocket(deps: ConnectionDeps, timing = defaultTiming): WebSocketEndpoint {
	return {
		path: /^\/inlay\/webmessaging\/(?<addressId>[\w-]{1,100})$/,
		maxPayload: 64 * 1024,
		async accept({ headers: { origin } }, { addressId = "" }) {
			const address = await deps.addressOf(addressId);
			if (!address) return 404;
			return mayEmbed(address, origin) ? 101 : 403;
		},
		connected(socket, { addressId = "" }, request, ip) {
			const page = new GuestConnection(socket, { addressId, origin: request.headers.origin ?? "", ip }, deps);
			const unknown = setTimeout(() => {
				if (!page.isKnown) socket.close(closing.unknown, "no hello");
			}, timing.hello);
			let isAlive = true;
			socket.on("pong", () => {
				isAlive = true;
			});
			const pings = setInterval(() => {
				if (!isAlive) return socket.terminate();
				isAlive = false;
				if (socket.readyState === socket.OPEN) socket.ping();
				page.wake();
			}, timing.ping);
			readInOrder(socket).receiver((text) => page.receive(text));
			socket.on("close", () => {
				clearTimeout(unknown);
				clearInterval(pings);
				page.gone();
			});
		},
	};
}

/** Nobody may where nobody is listed; programs that name no page neither. */
export function mayEmbed(address: MessageAddress, origin: string | undefined): boolean {
	return origin !== undefined && messengerOf(address).origins.includes(origin);
}
