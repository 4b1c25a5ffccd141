/**
 * How many waiting calls per second find an agent: 500 agents, 500 calls in five queues, each offer a committed
 * transaction's part with its timer, its event and its announcements, on the PostgreSQL that comes with Inlay.
 * Runs on its own too: node bench/assignment.ts
 */

import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type RunningInlay, readConfig, startInlay } from "@inlay/core";
import { type Assignment, createAssignment } from "@inlay/core/assignment";
import type { BenchLine } from "./media.ts";

const AGENTS = 500;
const QUEUES = 5;
const AT_ONCE = 8;
const BUDGET = 500;

/** Sets up for about half a minute, then measures. */
export async function benchAssignments(): Promise<BenchLine[]> {
	const folder = await mkdtemp(join(tmpdir(), "inlay-bench-"));
	const inlay = await startInlay(
		readConfig(["--data", folder, "--port", String(await freePort()), "--no-demo", "--log-level", "error"], {}),
	);
	try {
		// The server's own would take the calls as they come in; the measured one has every phone signed in.
		await inlay.services.assignment.stop();
		// Nor is there any sound: voice, which follows the feed, would let go callers whose media it cannot find.
		await inlay.kernel.feed.stop();
		const queueIds = await staffedQueues(inlay);
		await callIn(inlay, queueIds);
		const { assigned, ms } = await measure(assignmentOf(inlay), queueIds);
		const waitedTwice = AGENTS - (await ringingAgents(inlay));
		return [
			{ name: "assignments", value: Math.round((assigned / ms) * 1000), unit: "per second", budget: `≥ ${BUDGET}` },
			{ name: "assignments: agents without exactly one call", value: waitedTwice, unit: "", budget: "0" },
		];
	} finally {
		await inlay.stop();
		await rm(folder, { recursive: true, force: true });
	}
}

function assignmentOf({ kernel, services }: RunningInlay): Assignment {
	const phones = { isReachable: () => true, onReachable: () => () => {} };
	return createAssignment(kernel, { ...services, phones });
}

async function staffedQueues({ kernel, services }: RunningInlay): Promise<string[]> {
	const { users, queues, stations, routingStatus } = services;
	const queueIds: string[] = [];
	for (let i = 0; i < QUEUES; i++) queueIds.push((await queues.create({ name: `Queue ${i}` }, {})).id);
	const userIds: string[] = [];
	await each(AGENTS, async (i) => {
		const { id } = await users.create({ name: `Agent ${i}`, email: `agent${i}@example.com` });
		const station = await stations.webRtcStationOf(id);
		if (station) await stations.associate(id, station.id, {});
		await kernel.database.change((trx) => routingStatus.setOnQueue(trx, id, true));
		userIds.push(id);
	});
	for (const [i, queueId] of queueIds.entries()) {
		await queues.addMembers(
			queueId,
			userIds.filter((_id, index) => index % QUEUES === i),
			{},
		);
	}
	return queueIds;
}

async function callIn({ services }: RunningInlay, queueIds: string[]): Promise<void> {
	await each(AGENTS, async (i) => {
		const { id, participants } = await services.conversations.startInboundCall({
			customer: { name: `Customer ${i}`, address: `+3120${i}` },
			dnis: "+31800",
			queueId: queueIds[i % QUEUES] as string,
			provider: "bench",
		});
		await services.conversations.mediaConnected(id, participants[0]?.id ?? "");
	});
}

async function measure(assignment: Assignment, queueIds: string[]): Promise<{ assigned: number; ms: number }> {
	const start = performance.now();
	let total = 0;
	for (;;) {
		const { assigned, again } = await assignment.assign(queueIds);
		total += assigned;
		if (!again) return { assigned: total, ms: performance.now() - start };
	}
}

/** Agents with exactly one ringing call. */
async function ringingAgents({ services }: RunningInlay): Promise<number> {
	const calls = new Map<string, number>();
	for (const conversation of await services.conversations.live()) {
		for (const { userId } of conversation.participants) if (userId) calls.set(userId, (calls.get(userId) ?? 0) + 1);
	}
	return [...calls.values()].filter((count) => count === 1).length;
}

/** A port that nobody listens on just now. */
async function freePort(): Promise<number> {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, "close");
	return port;
}

/** Runs `work` `count` times, some at once. */
async function each(count: number, work: (index: number) => Promise<void>): Promise<void> {
	let next = 0;
	const worker = async () => {
		while (next < count) await work(next++);
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
	for (const { name, value, unit, budget } of await benchAssignments()) {
		console.log(`${name.padEnd(60)} ${String(value).padStart(8)} ${unit}${budget ? `   (budget ${budget})` : ""}`);
	}
}
