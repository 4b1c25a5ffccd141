/** The writer of bench/storm.ts, a process of its own: events for each panel in turn, at an even pace. */

import { setTimeout as pause } from "node:timers/promises";
import { answerOrders } from "./support/child.ts";
import { benchClient, writeEvents } from "./support/log-writer.ts";

export type WriterOrder = { kind: "begin"; url: string; topics: string[]; perSecond: number } | { kind: "end" };

export interface WriterReport {
	/** Events for each topic. */
	written: number;
	/** How far the writing was behind its pace at the end. */
	behindMs: number;
}

/** Changes a second. */
const changes = 50;
let running = false;
let work: Promise<WriterReport> = Promise.resolve({ written: 0, behindMs: 0 });

answerOrders(async (order: WriterOrder): Promise<WriterReport> => {
	if (order.kind === "end") {
		running = false;
		return work;
	}
	running = true;
	work = write(order);
	return { written: 0, behindMs: 0 };
});

/** Whole rounds, so that every topic gets as many. */
async function write({ url, topics, perSecond }: WriterOrder & { kind: "begin" }): Promise<WriterReport> {
	const client = await benchClient(url);
	const perChange = Math.round(perSecond / changes);
	const startedAt = performance.now();
	const dueAt = () => startedAt + (made / perSecond) * 1000;
	let made = 0;
	let behindMs = 0;
	while (running || made % topics.length !== 0) {
		const at = Date.now();
		const numbers = Array.from(
			{ length: Math.min(perChange, topics.length - (made % topics.length)) },
			(_, n) => made + n,
		);
		await writeEvents(
			client,
			numbers.map((n) => ({
				topic: topics[n % topics.length] as string,
				eventBody: { number: Math.floor(n / topics.length), at, source: "PURECLOUD", primary: true, message: "" },
			})),
		);
		made += numbers.length;
		behindMs = Math.max(0, performance.now() - dueAt());
		await pause(Math.max(0, dueAt() - performance.now()));
	}
	await client.end();
	return { written: made / topics.length, behindMs };
}
