/**
 * API reads and writes per second at 50 connections, each with an agent and a token of its own, against a server with
 * its own PostgreSQL (fsync on). The load generator runs on the same machine and takes its share of it.
 */

import type { Progress } from "./benches.ts";
import type { HttpOrder, HttpReport, HttpRequest } from "./http-load.ts";
import { LoadProcess } from "./support/child.ts";
import { notMeasured, percentileRows, type Row } from "./support/row.ts";
import { type BenchAgent, type BenchServer, hireAgents, startBenchServer } from "./support/server.ts";

const CONNECTIONS = 50;
/**
 * A server that has been up for a while. V8 optimizes most of what a change runs from the ten thousandth to the twenty
 * thousandth on, by threads that take half a core for a second: no server's day, and all of the slowest one in a hundred
 * answers fell into that second while they were measured (docs/decisions/0012-hot-statements.md).
 */
const WARM_UP = { warmUpMs: 6_000, warmUpRequests: 30_000, longestWarmUpMs: 40_000 };
const MEASURE_MS = 6_000;
const reads = { perSecond: 15_000, p99: 10 };
const writes = { perSecond: 2_000, p99: 35 };

interface Load {
	what: string;
	budget: { perSecond: number; p99: number };
	/** What one agent's connection sends in turn. */
	requests(agent: BenchAgent): HttpRequest[];
}

/** Takes about 60 seconds. */
export async function benchApi(progress: Progress): Promise<Row[]> {
	const server = await startBenchServer();
	const generator = new LoadProcess<HttpOrder, HttpReport>("http-load.ts");
	try {
		progress(`${CONNECTIONS} agents sign in`);
		const agents = await hireAgents(server.inlay, CONNECTIONS);
		const rows: Row[] = [];
		for (const load of await loads(server, agents)) {
			progress(load.what);
			const before = process.cpuUsage();
			const report = await generator.ask(orderOf(load, server, agents));
			const { user, system } = process.cpuUsage(before);
			rows.push(...rowsOf(load, report), cpuRow(load, (user + system) / 1000 / report.answered));
		}
		return rows;
	} finally {
		generator.stop();
		await server.stop();
	}
}

async function loads({ inlay }: BenchServer, agents: BenchAgent[]): Promise<Load[]> {
	const { queues, presence } = inlay.services;
	const queue = await queues.create({ name: "Bench" }, {});
	await queues.addMembers(
		queue.id,
		agents.map(({ id }) => id),
		{},
	);
	const definitions = await presence.definitions.list();
	const ids = ["Available", "Busy"].map((name) => definitions.find((one) => one.systemPresence === name)?.id);
	const get = (what: string, path: string): Load => ({
		what: `API reads, GET ${what}`,
		budget: reads,
		requests: ({ token }) => [{ method: "GET", path, token }],
	});
	return [
		get("/users/me", "/api/v2/users/me"),
		get("/routing/queues/{id}", `/api/v2/routing/queues/${queue.id}`),
		{
			what: "API writes, PATCH presence",
			budget: writes,
			requests: ({ id, token }) =>
				ids.map((definition) => ({
					method: "PATCH",
					path: `/api/v2/users/${id}/presences/purecloud`,
					token,
					body: JSON.stringify({ presenceDefinition: { id: definition } }),
				})),
		},
	];
}

function orderOf(load: Load, { port }: BenchServer, agents: BenchAgent[]): HttpOrder {
	return {
		port,
		...WARM_UP,
		measureMs: MEASURE_MS,
		connections: agents.map((agent) => load.requests(agent)),
	};
}

/** Tells, on a machine that does other things too, what a rate cannot: what one request costs the server's process. */
function cpuRow({ what }: Load, ms: number): Row {
	return { what: `${what}: CPU of the server's process per request`, measured: ms, unit: "ms" };
}

/** A rate of refusals would look like a fast server: one that refuses is not measured. */
function rowsOf({ what, budget }: Load, { perSecond, latencies, failed, firstFailure }: HttpReport): Row[] {
	if (failed > 0) return [notMeasured(what, `${failed} answers were failures, the first: ${firstFailure}`)];
	return [
		{
			what: `${what}, ${CONNECTIONS} connections`,
			measured: perSecond,
			unit: "per second",
			budget: { atLeast: budget.perSecond },
		},
		...percentileRows(what, latencies, { p50: undefined, p99: { atMost: budget.p99 } }),
	];
}
