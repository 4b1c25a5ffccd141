/**
 * How many waiting calls per second find an agent: 5,000 agents and as many calls in 200 queues, each offer a committed
 * transaction's part with its timer, its event and its announcements, on the PostgreSQL that comes with Inlay.
 */

import type { RunningInlay } from "@inlay/core";
import { type Assignment, createAssignment } from "@inlay/core/assignment";
import type { Progress } from "./benches.ts";
import type { Row } from "./support/row.ts";
import { someAtOnce, startBenchServer } from "./support/server.ts";

const AGENTS = 5_000;
const QUEUES = 200;
const BUDGET = 1_000;

/** Sets up for a minute or more, then measures. */
export async function benchAssignments(progress: Progress): Promise<Row[]> {
	const { inlay, stop } = await startBenchServer();
	try {
		// The server's own would take the calls as they come in; the measured one has every phone signed in.
		await inlay.services.assignment.stop();
		// Nor is there any sound: voice, which follows the feed, would let go callers whose media it cannot find.
		await inlay.kernel.feed.stop();
		progress(`${AGENTS} agents and as many calls`);
		const queueIds = await staffedQueues(inlay);
		await callIn(inlay, queueIds);
		progress("assigning");
		const { assigned, ms } = await measure(assignmentOf(inlay), queueIds);
		const wrong = AGENTS - (await ringingAgents(inlay));
		return [
			{ what: "assignments", measured: (assigned / ms) * 1000, unit: "per second", budget: { atLeast: BUDGET } },
			{ what: "assignments: agents without exactly one call", measured: wrong, unit: "", budget: { atMost: 0 } },
		];
	} finally {
		await stop();
	}
}

function assignmentOf({ kernel, services }: RunningInlay): Assignment {
	const phones = {
		isReachable: () => true,
		canAnswer: () => true,
		isAnswering: () => false,
		onReachable: () => () => {},
		onAnswerable: () => () => {},
	};
	return createAssignment(kernel, { ...services, phones });
}

async function staffedQueues({ kernel, services }: RunningInlay): Promise<string[]> {
	const { users, queues, stations, routingStatus } = services;
	const queueIds: string[] = [];
	for (let i = 0; i < QUEUES; i++) queueIds.push((await queues.create({ name: `Queue ${i}` }, {})).id);
	const userIds: string[] = [];
	await someAtOnce(AGENTS, async (i) => {
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
	await someAtOnce(AGENTS, async (i) => {
		const { id, participants } = await services.conversations.calls.startInboundCall({
			customer: { name: `Customer ${i}`, address: `+3120${i}` },
			dnis: "+31800",
			queueId: queueIds[i % QUEUES] as string,
			provider: "bench",
		});
		await services.conversations.calls.mediaConnected(id, participants[0]?.id ?? "");
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
