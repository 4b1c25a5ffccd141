/**
 * A storm: the server is killed (kill -9) and started again while a thousand agents' panels are connected and 5,000 events
 * a second are written to the log. Every panel tries again as soon as it may and says where it stands. Measured from the
 * kill until the last panel is told of what happens just now; each event has to come exactly once, in order.
 *
 * The database is one of its own, which goes on meanwhile; writer and panels are processes of their own.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { readConfig, startEmbeddedPostgres, startInlay } from "@inlay/core";
import { freePorts } from "../e2e/support/free-port.ts";
import type { Progress } from "./benches.ts";
import type { StormOrder, StormReport } from "./storm-panels.ts";
import type { WriterOrder, WriterReport } from "./storm-writer.ts";
import { LoadProcess } from "./support/child.ts";
import type { Row } from "./support/row.ts";
import { hireAgents, someAtOnce } from "./support/server.ts";
import { ServerProcess } from "./support/server-process.ts";

const AGENTS = Number(process.env.INLAY_BENCH_STORM_AGENTS ?? 1_000);
const EVENTS_PER_SECOND = 5_000;
const CALM_MS = 3_000;
const GIVE_UP_MS = 120_000;
const BUDGET_S = 5;

/** Takes about a minute. */
export async function benchStorm(progress: Progress): Promise<Row[]> {
	const folder = await mkdtemp(join(tmpdir(), "inlay-storm-"));
	const log = { warn: () => {}, error: console.error, info: () => {}, debug: () => {} };
	const postgres = await startEmbeddedPostgres({ dataDir: folder, log });
	const panels = new LoadProcess<StormOrder, StormReport>("storm-panels.ts");
	const writer = new LoadProcess<WriterOrder, WriterReport>("storm-writer.ts");
	const port = await freePorts(4);
	const flags = ["--no-demo", "--data", folder, "--database-url", postgres.url, "--log-level", "error"];
	const start = () => new ServerProcess(port, flags);
	let server: ServerProcess | undefined;
	try {
		progress(`${AGENTS} agents sign in`);
		const agents = await prepare([...flags, "--port", String(port)], port);
		server = start();
		await server.ready();
		await panels.ask({ kind: "open", panels: agents });
		const topics = agents.map(({ topic }) => topic);
		await writer.ask({ kind: "begin", url: postgres.url, topics, perSecond: EVENTS_PER_SECOND });
		await pause(CALM_MS);
		progress("kill -9, and start again");
		await panels.ask({ kind: "kill" });
		await server.end("SIGKILL");
		server = start();
		const readyMs = await server.ready();
		const { backMs } = await panels.ask({ kind: "back", giveUpMs: GIVE_UP_MS });
		const { written, behindMs } = await writer.ask({ kind: "end" });
		const { lost, twice, unordered } = await panels.ask({ kind: "end", written, giveUpMs: GIVE_UP_MS });
		return rows({ backMs, readyMs, behindMs, lost, twice, unordered });
	} finally {
		panels.stop();
		writer.stop();
		await server?.end("SIGTERM");
		await postgres.stop();
		await rm(folder, { recursive: true, force: true });
	}
}

/** The organization, with a channel for each agent that follows their own presence. */
async function prepare(flags: string[], port: number): Promise<{ url: string; topic: string }[]> {
	const inlay = await startInlay(readConfig(flags, {}));
	try {
		const { notifications, oauth } = inlay.services;
		const agents = await hireAgents(inlay, AGENTS);
		const found: { url: string; topic: string }[] = [];
		await someAtOnce(AGENTS, async (index) => {
			const principal = await oauth.authenticate(agents[index]?.token ?? "");
			if (!principal) throw new Error("A bench agent's token is not known.");
			const topic = `v2.users.${principal.userId}.presence`;
			const { id } = await notifications.createChannel(principal, "plain");
			await notifications.subscribe(principal, id, [topic], { replace: true, ignoreErrors: false });
			found[index] = { url: `ws://127.0.0.1:${port}/channels/${id}`, topic };
		});
		return found;
	} finally {
		await inlay.stop();
	}
}

function rows(of: StormReport & { readyMs: number; behindMs: number }): Row[] {
	const what = `${AGENTS} agents back after kill -9, ${EVENTS_PER_SECOND} events a second meanwhile`;
	const none = { atMost: 0 };
	return [
		{
			what: `${what}: the last one is told of now`,
			measured: of.backMs / 1000,
			unit: "s",
			budget: { atMost: BUDGET_S },
		},
		{ what: `${what}: of this, until the server is ready`, measured: of.readyMs / 1000, unit: "s" },
		{ what: `${what}: lost`, measured: of.lost, unit: "", budget: none },
		{ what: `${what}: twice`, measured: of.twice, unit: "", budget: none },
		{ what: `${what}: out of order`, measured: of.unordered, unit: "", budget: none },
		{ what: `${what}: how far the writer was behind its pace`, measured: of.behindMs, unit: "ms" },
	];
}
