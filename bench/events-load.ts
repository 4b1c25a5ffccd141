/**
 * The listeners of bench/events.ts, a process of its own: notification sockets that note how long after its change each
 * presence event came.
 */

import { WebSocket } from "ws";
import { answerOrders } from "./support/child.ts";

export type EventsOrder = { kind: "open"; urls: string[] } | { kind: "begin" } | { kind: "end" };

export interface EventsReport {
	/** Each frame's time since the change that it tells of, in ms. */
	latencies: number[];
}

/** Sockets that are opened at once. */
const atOnce = 50;
const changedAt = '"modifiedDate":"';
const isoLength = "2026-01-01T00:00:00.000Z".length;
let latencies: number[] = [];

answerOrders(async (order: EventsOrder): Promise<EventsReport> => {
	if (order.kind === "open") {
		for (let i = 0; i < order.urls.length; i += atOnce) await Promise.all(order.urls.slice(i, i + atOnce).map(open));
	}
	const report = { latencies };
	latencies = [];
	return report;
});

function open(url: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const socket = new WebSocket(url, { perMessageDeflate: false });
		socket.once("open", resolve);
		socket.once("error", reject);
		socket.on("message", (data) => note(data.toString()));
	});
}

/** Reads the time by its place: parsing twenty thousand frames a second would take a core that the server needs. */
function note(frame: string): void {
	const start = frame.indexOf(changedAt);
	if (start < 0) return;
	const time = Date.parse(frame.slice(start + changedAt.length, start + changedAt.length + isoLength));
	latencies.push(performance.timeOrigin + performance.now() - time);
}
