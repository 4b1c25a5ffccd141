/**
 * A full event log, as an organization has it that tells 100 events a second: how long a socket's return takes that was
 * away for eight hours, whether old entries hold anybody up while they go, and how long a start takes.
 */

import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pruneEventLog, type RunningInlay, readConfig, startEmbeddedPostgres, startInlay } from "@inlay/core";
import type pg from "pg";
import { WebSocket } from "ws";
import { freePorts } from "../e2e/support/free-port.ts";
import type { Progress } from "./benches.ts";
import { benchClient, fillLog, writeEvents } from "./support/log-writer.ts";
import { percentile, type Row, rowsOrWhyNot } from "./support/row.ts";
import { hireAgents } from "./support/server.ts";
import { ServerProcess } from "./support/server-process.ts";

/** Eight hours of 100 a second. */
const ROWS = Number(process.env.INLAY_BENCH_LOG_ROWS ?? 2_880_000);
const PEOPLE = 1_000;
/** Entries that have to go, as a day's are when a server was down for long. */
const OLD = Math.round(ROWS / 10);
const RETURNS = 20;
const STARTS = 3;
const dayMs = 24 * 3_600_000;
const budgets = { returnMs: 200, startMs: 2_000, p99: 20 };

interface Place {
	inlay: RunningInlay;
	client: pg.Client;
	port: number;
	agents: Awaited<ReturnType<typeof hireAgents>>;
}

/** Takes about three minutes, most of which goes into filling the log. */
export async function benchLog(progress: Progress): Promise<Row[]> {
	const folder = await mkdtemp(join(tmpdir(), "inlay-log-"));
	const log = { warn: () => {}, error: console.error, info: () => {}, debug: () => {} };
	const postgres = await startEmbeddedPostgres({ dataDir: folder, log });
	const port = await freePorts(4);
	const flags = ["--no-demo", "--data", folder, "--database-url", postgres.url, "--log-level", "error"];
	const client = await benchClient(postgres.url);
	try {
		const inlay = await startInlay(readConfig([...flags, "--port", String(port)], {}));
		const rows: Row[] = [];
		try {
			const agents = await hireAgents(inlay, RETURNS);
			const place = { inlay, client, port, agents };
			rows.push(...(await rowsOrWhyNot("socket's return", () => measureReturns(place, progress))));
			rows.push(...(await rowsOrWhyNot("prune under load", () => measurePrune(place, progress))));
		} finally {
			await inlay.stop();
		}
		progress(`${STARTS} starts`);
		rows.push(...(await rowsOrWhyNot("start with a full log", () => measureStarts(port, flags))));
		return rows;
	} finally {
		await client.end();
		await postgres.stop();
		await rm(folder, { recursive: true, force: true });
	}
}

/** Each agent was connected before the log was filled, and comes back after. */
async function measureReturns(place: Place, progress: Progress): Promise<Row[]> {
	const { inlay, client, agents } = place;
	const urls: string[] = [];
	for (const agent of agents) urls.push(await channelOf(place, agent));
	const positions = await Promise.all(urls.map((url, index) => lastPosition(place, url, index)));
	progress(`${ROWS} entries are written`);
	const topics = Array.from({ length: PEOPLE }, (_, index) => topicOf(agents[index]?.id ?? randomUUID()));
	await fillLog(client, ROWS, topics, new Date());
	await client.query("vacuum analyze event_log");
	await until(async () => inlay.kernel.feed.position === (await inlay.kernel.events.latest()));
	progress(`${RETURNS} sockets come back, one after the other`);
	const times: number[] = [];
	for (const [index, url] of urls.entries())
		times.push(await comeBack(place, `${url}?position=${positions[index]}`, index));
	const what = `a socket's return after ${ROWS.toLocaleString("en")} entries, ${(ROWS / PEOPLE).toLocaleString("en")} of them its own`;
	return [
		{ what: `${what}: p50`, measured: percentile(times, 50), unit: "ms", budget: { atMost: budgets.returnMs } },
		{ what: `${what}: p95`, measured: percentile(times, 95), unit: "ms", budget: { atMost: budgets.returnMs } },
	];
}

async function channelOf({ inlay, port }: Place, agent: { id: string; token: string }): Promise<string> {
	const { notifications, oauth } = inlay.services;
	const principal = await oauth.authenticate(agent.token);
	if (!principal) throw new Error("A bench agent's token is not known.");
	const { id } = await notifications.createChannel(principal, "plain");
	await notifications.subscribe(principal, id, [topicOf(agent.id)], { replace: true, ignoreErrors: false });
	return `ws://127.0.0.1:${port}/channels/${id}`;
}

/** Where the client stands that was told one thing and left. */
async function lastPosition({ client, agents }: Place, url: string, index: number): Promise<string> {
	const socket = new WebSocket(url, { perMessageDeflate: false });
	const told = new Promise<string>((resolve) =>
		socket.on("message", (data) => {
			const { eventBody, metadata } = JSON.parse(data.toString());
			if (eventBody.mark === index) resolve(metadata.position);
		}),
	);
	await once(socket, "open");
	await mark(client, agents[index]?.id ?? "", index);
	const position = await told;
	socket.close();
	await once(socket, "close");
	return position;
}

/** From opening the socket until it is told of what happened last. */
async function comeBack({ client, agents }: Place, url: string, index: number): Promise<number> {
	await mark(client, agents[index]?.id ?? "", `back ${index}`);
	const begun = performance.now();
	const socket = new WebSocket(url, { perMessageDeflate: false });
	const sign = `"back ${index}"`;
	await new Promise<void>((resolve, reject) => {
		socket.on("message", (data) => data.toString().includes(sign) && resolve());
		socket.on("error", reject);
		socket.on("close", (code) => reject(new Error(`The socket was closed: ${code}.`)));
	});
	const took = performance.now() - begun;
	socket.close();
	return took;
}

let marks: Promise<void> = Promise.resolve();
/** One after the other, as they share a connection. */
function mark(client: pg.Client, userId: string, value: unknown): Promise<void> {
	marks = marks.then(() => writeEvents(client, [{ topic: topicOf(userId), eventBody: { mark: value } }]));
	return marks;
}

/** How late events are told while the old entries go, and when none go, on the same machine one after the other. */
async function measurePrune({ inlay, client, agents }: Place, progress: Progress): Promise<Row[]> {
	progress("events with nothing to prune");
	const calm = await delays(inlay, agents[0]?.id ?? "", pause(5_000));
	progress(`events while ${OLD} old entries go`);
	await client.query(
		"update event_log set at = $1 where (xid, seq) in (select xid, seq from event_log order by xid, seq limit $2)",
		[new Date(Date.now() - 8 * dayMs), OLD],
	);
	const begun = performance.now();
	const pruning = pruneEventLog(inlay.kernel, new Date(Date.now() - 7 * dayMs));
	const late = await delays(inlay, agents[0]?.id ?? "", pruning);
	const seconds = (performance.now() - begun) / 1000;
	const what = `event → feed, 200 a second, while ${(await pruning).toLocaleString("en")} old entries go`;
	return [
		{ what: `${what}: p99`, measured: percentile(late, 99), unit: "ms", budget: { atMost: budgets.p99 } },
		{ what: `${what}: the longest`, measured: Math.max(...late), unit: "ms" },
		{ what: `${what}: how long that takes`, measured: seconds, unit: "s" },
		{ what: "event → feed, 200 a second, with nothing to prune: p99", measured: percentile(calm, 99), unit: "ms" },
		{ what: "event → feed, 200 a second, with nothing to prune: the longest", measured: Math.max(...calm), unit: "ms" },
	];
}

/** From the begin of each change until the feed hands its event out, while something goes on. */
async function delays({ kernel }: RunningInlay, userId: string, meanwhile: Promise<unknown>): Promise<number[]> {
	const begun = new Map<string, number>();
	const found: number[] = [];
	const unsubscribe = kernel.feed.subscribe((event) => {
		const at = begun.get(event.entityId);
		if (at !== undefined) found.push(performance.now() - at);
	});
	let going = true;
	void meanwhile.finally(() => {
		going = false;
	});
	const changes: Promise<unknown>[] = [];
	while (going) {
		const entityId = randomUUID();
		begun.set(entityId, performance.now());
		const announcements = [{ topics: [topicOf(userId)], eventBody: {} }];
		const event = { type: "bench.told", entityType: "bench", entityId, announcements };
		changes.push(kernel.database.change((trx) => kernel.events.append(trx, [event])));
		await pause(5);
	}
	await Promise.all(changes);
	await until(async () => found.length >= changes.length);
	unsubscribe();
	return found;
}

async function measureStarts(port: number, flags: string[]): Promise<Row[]> {
	const times: number[] = [];
	for (let count = 0; count < STARTS; count++) {
		const server = new ServerProcess(port, flags);
		times.push(await server.ready());
		await server.end("SIGTERM");
	}
	const what = `time to first answer with ${(ROWS - OLD).toLocaleString("en")} entries in the log, inlay start: /readyz`;
	return [{ what, measured: percentile(times, 50), unit: "ms", budget: { atMost: budgets.startMs } }];
}

function topicOf(userId: string): string {
	return `v2.users.${userId}.presence`;
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
	while (!(await isTrue())) await pause(20);
}
