import type { WebSocket } from "ws";
import { databaseRefusal, valueRefusal } from "../kernel/database/database-errors.ts";
import { ApiError } from "../kernel/http/api-error.ts";
import { frameBurst } from "../kernel/http/frame-burst.ts";
import { readInOrder } from "../kernel/http/socket-frames.ts";
import type { Logger } from "../kernel/log.ts";
import { closing, type Peer } from "./relay.ts";

/** Times in ms. */
const helloMs = 20_000;
const pingMs = 10_000;
/** Frames of one socket within ten seconds: pictures come in lots, and pointers twenty times a second. */
const burst = { most: 600, ms: 10_000 };

/** What one side does with what comes. */
export interface Side {
	/** The first frame has said whose it is. */
	readonly isKnown: boolean;
	/** @throws ApiError what the other side is told by its code */
	receive(text: string): Promise<void>;
	/** Its part ends: the other side is told, and nothing of it counts any more. Told twice, once. */
	gone(): Promise<void>;
}

/** Serves one side's socket: who does not say who they are, does not answer, or sends too much, is let go. */
export function serve(socket: WebSocket, makeSide: (peer: Peer) => Side, log: Logger): void {
	const side = makeSide(peerOf(socket));
	const unknown = setTimeout(() => {
		if (!side.isKnown) socket.close(closing.unknown, "no hello");
	}, helloMs);
	let isAlive = true;
	socket.on("pong", () => {
		isAlive = true;
	});
	const failed = (error: unknown) => {
		if (!databaseRefusal(error)) log.error({ err: error }, "a side of a co-browsing session could not be served");
		socket.close(1011, "server error");
	};
	const pings = setInterval(() => {
		if (!isAlive) return socket.terminate();
		isAlive = false;
		if (socket.readyState === socket.OPEN) socket.ping();
	}, pingMs);
	const isTooMuch = frameBurst(burst);
	readInOrder(socket).receiver(async (text) => {
		if (isTooMuch()) return socket.close(1008, "too much at once");
		try {
			await side.receive(text);
			// It was let in after it had gone.
			if (socket.readyState === socket.CLOSED) await side.gone();
		} catch (thrown) {
			const error = valueRefusal(thrown) ?? thrown;
			if (!(error instanceof ApiError) || error.status >= 500) return failed(error);
			if (socket.readyState === socket.OPEN)
				socket.send(JSON.stringify({ type: "error", code: error.code, text: error.message }));
			if (!side.isKnown) socket.close(closing.unknown, "unknown");
		}
	});
	socket.on("close", () => {
		clearTimeout(unknown);
		clearInterval(pings);
		side.gone().catch(failed);
	});
}

function peerOf(socket: WebSocket): Peer {
	return {
		send(frame) {
			if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
		},
		close: (code, reason) => socket.close(code, reason),
	};
}
