/**
 * The panels of bench/storm.ts, a process of its own: notification sockets that come back by themselves, with the position
 * of the last frame, and count what they are told.
 */

import { setTimeout as pause } from "node:timers/promises";
import { WebSocket } from "ws";
import { answerOrders } from "./support/child.ts";

export type StormOrder =
	| { kind: "open"; panels: { url: string; topic: string }[] }
	| { kind: "kill" }
	| { kind: "back"; giveUpMs: number }
	/** @param written how many events there were for each panel */
	| { kind: "end"; written: number; giveUpMs: number };

export interface StormReport {
	/** From the kill until the last panel was told of something that had only just happened. */
	backMs: number;
	lost: number;
	twice: number;
	unordered: number;
}

/** Older news is no sign that a panel has caught up. */
const freshMs = 500;
/** Panels try again after up to so long, as those of agents do the first time. */
const againMs = 250;

class Panel {
	/** Events seen, by number. */
	readonly seen = new Set<number>();
	last = -1;
	twice = 0;
	unordered = 0;
	backAt: number | undefined;
	readonly #url: string;
	#position: string | undefined;

	constructor(url: string) {
		this.#url = url;
	}

	open(): Promise<void> {
		const address = new URL(this.#url);
		if (this.#position) address.searchParams.set("position", this.#position);
		const socket = new WebSocket(address, { perMessageDeflate: false });
		socket.on("message", (data) => this.#read(data.toString()));
		socket.on("error", () => {});
		socket.on("close", () => setTimeout(() => void this.open(), Math.random() * againMs));
		return new Promise((resolve) => socket.once("open", resolve));
	}

	#read(text: string): void {
		const { eventBody, metadata } = JSON.parse(text) as {
			eventBody: { number?: number; at?: number };
			metadata: { position?: string };
		};
		this.#position = metadata.position ?? this.#position;
		if (eventBody.number === undefined || eventBody.at === undefined) return;
		if (this.seen.has(eventBody.number)) this.twice++;
		else if (eventBody.number < this.last) this.unordered++;
		this.seen.add(eventBody.number);
		this.last = Math.max(this.last, eventBody.number);
		const now = Date.now();
		if (killedAt !== undefined && now - eventBody.at < freshMs && eventBody.at > killedAt) this.backAt ??= now;
	}
}

let panels: Panel[] = [];
let killedAt: number | undefined;

answerOrders(async (order: StormOrder): Promise<StormReport> => {
	if (order.kind === "open") {
		panels = order.panels.map(({ url }) => new Panel(url));
		for (let at = 0; at < panels.length; at += 50)
			await Promise.all(panels.slice(at, at + 50).map((one) => one.open()));
	}
	if (order.kind === "kill") killedAt = Date.now();
	if (order.kind === "back") await until(order.giveUpMs, () => panels.every((one) => one.backAt !== undefined));
	if (order.kind === "end") await until(order.giveUpMs, () => panels.every((one) => one.seen.size >= order.written));
	const written = order.kind === "end" ? order.written : 0;
	const sum = (count: (panel: Panel) => number) => panels.reduce((all, panel) => all + count(panel), 0);
	return {
		backMs: Math.max(...panels.map((one) => one.backAt ?? Number.POSITIVE_INFINITY)) - (killedAt ?? 0),
		lost: sum((one) => Math.max(0, written - one.seen.size)),
		twice: sum((one) => one.twice),
		unordered: sum((one) => one.unordered),
	};
});

async function until(giveUpMs: number, isDone: () => boolean): Promise<void> {
	const end = performance.now() + giveUpMs;
	while (!isDone() && performance.now() < end) await pause(20);
}
