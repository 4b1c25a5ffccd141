import type { WebSocketEndpoint } from "../kernel/http/websocket.ts";

/** For so long one may stay open, ms: a browser that tests itself closes it at once. */
const longestMs = 5_000;

/** By which a browser finds out whether WebSockets come through: it opens, hears nothing, and ends. */
export function testSocket(): WebSocketEndpoint {
	return {
		path: /^\/api\/inlay\/v1\/health\/socket$/,
		maxPayload: 64,
		accept: async () => 101,
		connected(socket) {
			const timer = setTimeout(() => socket.close(1000), longestMs);
			timer.unref();
			socket.on("message", () => socket.close(1008));
			socket.on("close", () => clearTimeout(timer));
		},
	};
}
