import type { WebSocket } from "ws";

/** Frames that may wait for earlier ones to be handled; a client that sends more is flooding. */
const maxWaiting = 256;

/**
 * Hands a socket's frames on one after the other, however long each takes. Frames that arrive before there is a
 * receiver wait for it, so that nothing of a handshake is lost. Call it as soon as the socket is there.
 */
export function readInOrder(socket: WebSocket): { receiver(receive: (text: string) => Promise<void>): void } {
	const ready = Promise.withResolvers<(text: string) => Promise<void>>();
	let waiting = 0;
	let work: Promise<unknown> = Promise.resolve();
	socket.on("message", (data) => {
		if (socket.readyState !== socket.OPEN) return;
		if (++waiting > maxWaiting) return socket.close(1008, "too many messages at once");
		const text = data.toString();
		work = work
			.then(async () => (await ready.promise)(text))
			.catch(() => socket.close(1011, "server error"))
			.finally(() => {
				waiting--;
			});
	});
	return { receiver: (receive) => ready.resolve(receive) };
}
