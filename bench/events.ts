/**
 * Event → subscriber: events in the shape of presence changes, each committed to the log in a transaction of its own,
 * until the notification socket of everybody who follows that user has it. Measured from the event's own time, which
 * lies before its commit. What a change costs beside its event is the matter of bench/api.ts.
 */

import type { Progress } from "./benches.ts";
import type { EventsOrder, EventsReport } from "./events-load.ts";
import { openChannels } from "./support/channels.ts";
import { LoadProcess } from "./support/child.ts";
import { percentileRows, type Row } from "./support/row.ts";
import { type BenchAgent, type BenchServer, hireAgents, startBenchServer } from "./support/server.ts";

const AGENTS = 50;
/** What an agent's panel hears, per second (design.md). */
const EVENTS_PER_SOCKET = 20;
/** How many of the agents a panel follows; so all agents together change EVENTS_PER_SOCKET / share times a second. */
const FOLLOWED = 5;
const WARM_UP_MS = 2_000;
const MEASURE_MS = 6_000;
const STEPS = [100, 1_000];
const budgets = { sockets: 1_000, p50: 15, p99: 60 };
const changesPerSecond = (EVENTS_PER_SOCKET * AGENTS) / FOLLOWED;

/** Takes about 40 seconds. */
export async function benchEvents(progress: Progress): Promise<Row[]> {
	const server = await startBenchServer();
	const listeners = new LoadProcess<EventsOrder, EventsReport>("events-load.ts");
	try {
		const agents = await hireAgents(server.inlay, AGENTS);
		const rows: Row[] = [];
		let open = 0;
		for (const sockets of STEPS) {
			progress(`${sockets} sockets, ${EVENTS_PER_SOCKET} events a second each`);
			const urls = await openChannels(server, agents, { from: open, to: sockets, followed: FOLLOWED });
			await listeners.ask({ kind: "open", urls });
			open = sockets;
			rows.push(...(await measure(server, agents, listeners, sockets)));
		}
		return rows;
	} finally {
		listeners.stop();
		await server.stop();
	}
}

async function measure(
	server: BenchServer,
	agents: BenchAgent[],
	listeners: LoadProcess<EventsOrder, EventsReport>,
	sockets: number,
): Promise<Row[]> {
	const stop = changePresences(server, agents);
	await pause(WARM_UP_MS);
	await listeners.ask({ kind: "begin" });
	await pause(MEASURE_MS);
	const { latencies } = await listeners.ask({ kind: "end" });
	await stop();
	const what = `event → subscriber, ${sockets} sockets × ${EVENTS_PER_SOCKET} a second`;
	const held = sockets === budgets.sockets;
	return [
		...percentileRows(what, latencies, {
			p50: held ? { atMost: budgets.p50 } : undefined,
			p99: held ? { atMost: budgets.p99 } : undefined,
		}),
		{
			what: `${what}: delivered in the time`,
			measured: (100 * latencies.length) / (sockets * EVENTS_PER_SOCKET * (MEASURE_MS / 1000)),
			unit: "%",
		},
	];
}

/** Commits events about the agents in turn at an even pace, whether or not the server keeps up. @returns ends it */
function changePresences({ inlay }: BenchServer, agents: BenchAgent[]): () => Promise<void> {
	const { database, events } = inlay.kernel;
	const under = new Set<Promise<unknown>>();
	const startedAt = performance.now();
	let made = 0;
	const timer = setInterval(() => {
		const due = ((performance.now() - startedAt) / 1000) * changesPerSecond;
		for (; made < due; made++) {
			const event = presenceEvent(agents[made % AGENTS]?.id ?? "");
			const change = database.change((trx) => events.append(trx, [event]));
			under.add(change);
			void change.finally(() => under.delete(change));
		}
	}, 5);
	return async () => {
		clearInterval(timer);
		await Promise.all(under);
	};
}

function presenceEvent(userId: string) {
	const presenceDefinition = { id: userId, systemPresence: "AVAILABLE" };
	const modifiedDate = new Date().toISOString();
	return {
		type: "bench.presence.changed",
		entityType: "user",
		entityId: userId,
		announcements: [
			{
				topics: [`v2.users.${userId}.presence`],
				eventBody: { source: "PURECLOUD", presenceDefinition, primary: true, message: "", modifiedDate },
			},
		],
	};
}

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
