/**
 * What the server keeps: memory and disk for each agent who is signed in and listens, and for each conversation, while it
 * runs and when it is over. Memory is what the server's process holds after collecting what it does not need.
 */

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Progress } from "./benches.ts";
import type { EventsOrder, EventsReport } from "./events-load.ts";
import { openChannels } from "./support/channels.ts";
import { LoadProcess } from "./support/child.ts";
import { databaseBytes, tidy } from "./support/database.ts";
import type { Row } from "./support/row.ts";
import { type BenchServer, hireAgents, someAtOnce, startBenchServer } from "./support/server.ts";

const AGENTS = 1_000;
const CONVERSATIONS = 1_000;
/** Whom an agent's panel follows. */
const FOLLOWED = 5;

interface Kept {
	memory: number;
	disk: number;
}

/** Takes about two minutes. */
export async function benchFootprint(progress: Progress): Promise<Row[]> {
	const server = await startBenchServer();
	const listeners = new LoadProcess<EventsOrder, EventsReport>("events-load.ts");
	try {
		const none = await kept(server);
		progress(`${AGENTS} agents sign in and listen`);
		const agents = await hireAgents(server.inlay, AGENTS);
		await listeners.ask({
			kind: "open",
			urls: await openChannels(server, agents, { from: 0, to: AGENTS, followed: FOLLOWED }),
		});
		const staffed = await kept(server);
		progress(`${CONVERSATIONS} conversations`);
		const agentIds = agents.map(({ id }) => id);
		const calls = await talk(server, agentIds);
		const busy = await kept(server);
		await hangUp(server, calls);
		const over = await kept(server);
		return [
			...rowsOf("an agent who listens", none, staffed, AGENTS),
			...rowsOf("a conversation that runs", staffed, busy, CONVERSATIONS),
			{ what: "disk for a conversation that is over", measured: perPiece(staffed, over).disk, unit: "kB" },
		];
	} finally {
		listeners.stop();
		await server.stop();
	}
}

async function kept({ inlay }: BenchServer): Promise<Kept> {
	await tidy(inlay);
	collectGarbage();
	const { heapUsed, external } = process.memoryUsage();
	return { memory: heapUsed + external, disk: await databaseBytes(inlay) };
}

/** What `node --expose-gc` would offer; a bench runs without flags. */
function collectGarbage(): void {
	setFlagsFromString("--expose-gc");
	runInNewContext("gc")();
}

function rowsOf(what: string, before: Kept, after: Kept, pieces: number): Row[] {
	const { memory, disk } = perPiece(before, after, pieces);
	return [
		{ what: `memory for ${what}`, measured: memory, unit: "kB" },
		{ what: `disk for ${what}`, measured: disk, unit: "kB" },
	];
}

function perPiece(before: Kept, after: Kept, pieces = CONVERSATIONS): Kept {
	const share = (key: keyof Kept) => Math.max(0, after[key] - before[key]) / pieces / 1024;
	return { memory: share("memory"), disk: share("disk") };
}

interface Call {
	id: string;
	agentPart: string;
	code: string;
	agentId: string;
}

/** Each agent talks with a caller of a queue's. */
async function talk({ inlay }: BenchServer, agentIds: string[]): Promise<Call[]> {
	const { conversations, queues } = inlay.services;
	// There is no sound: voice, which follows the feed, would let go callers whose media it cannot find.
	await inlay.kernel.feed.stop();
	const queue = await queues.create({ name: "Bench", acwSettings: { wrapupPrompt: "MANDATORY" } }, {});
	await queues.addMembers(queue.id, agentIds, {});
	const calls: Call[] = [];
	await someAtOnce(CONVERSATIONS, async (i) => {
		const agentId = agentIds[i % agentIds.length] as string;
		const customer = { name: `Customer ${i}`, address: `+3120${i}` };
		const { id, participants } = await conversations.calls.startInboundCall({
			customer,
			dnis: "+31800",
			queueId: queue.id,
			provider: "bench",
		});
		await conversations.calls.mediaConnected(id, participants[0]?.id ?? "");
		const offer = { conversationId: id, queueId: queue.id, userId: agentId, timeoutSeconds: 600 };
		const rung = await inlay.kernel.database.change((trx) => conversations.assignAgent(trx, offer));
		const agentPart = rung.participants.at(-1)?.id ?? "";
		await conversations.calls.mediaConnected(id, agentPart);
		const [code] = await conversations.wrapupCodesOf(rung, agentPart);
		calls.push({ id, agentPart, code: code?.id ?? "", agentId });
	});
	return calls;
}

async function hangUp({ inlay }: BenchServer, calls: Call[]): Promise<void> {
	const { conversations } = inlay.services;
	await someAtOnce(calls.length, async (i) => {
		const { id, agentPart, code, agentId } = calls[i] as Call;
		await conversations.partyLeft(id, agentPart, "client");
		await conversations.wrapup(id, agentPart, { code, notes: "As agreed." }, { userId: agentId });
	});
}
