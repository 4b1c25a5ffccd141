import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createMetricFacts } from "./analytics/analytics.ts";
import { forgetSampleCalls, keepPlayedCalls, sampleAttribute } from "./app-past.ts";
import { PlayedCall } from "./conversations/call/past-calls.ts";
import { inboundConversation } from "./conversations/call/transitions/create.ts";
import { conversationWorld, type World } from "./conversations/test-support/world.ts";
import { RecordingWork } from "./recordings/work.ts";

let world: World;
let work: RecordingWork;
let folder: string;
beforeAll(async () => {
	world = await conversationWorld();
	folder = mkdtempSync(join(tmpdir(), "inlay-past-"));
	const conversation = (id: string) => world.conversations.get(id);
	work = new RecordingWork(world.kernel, { folder, organizationId: async () => "org", conversation });
});
afterAll(async () => {
	await world.close();
	rmSync(folder, { recursive: true, force: true });
});

async function oneCall(attributes: Record<string, string>): Promise<PlayedCall> {
	const [queue, agentId] = [await world.queue(), await world.agent()];
	const facts = { id: queue.id, name: "Help", divisionId: "home", wrapupPrompt: "mandatory" as const };
	const call = new PlayedCall(
		(context) =>
			inboundConversation(
				{ customer: { name: "Clara" }, dnis: "+1", queue: facts, divisionId: "home", provider: "x", attributes },
				context,
			),
		new Date(world.kernel.clock.now().getTime() - 86_400_000),
	);
	const customerId = call.newest;
	call.after(0, { type: "media.connected", participantId: customerId });
	const offer = { queueId: queue.id, userId: agentId, userName: "Anna", divisionId: "home", timeoutMs: 15_000 };
	call.after(5000, { type: "offer", offer });
	const participantId = call.newest;
	return call
		.after(1000, { type: "answer", participantId })
		.after(100, { type: "control", participantId, recording: true })
		.after(2000, { type: "leave", participantId: customerId, why: "peer" })
		.after(1000, { type: "wrapup", participantId, wrapup: { code: queue.code.id, name: "Solved" } });
}

it("calls of the past have documents, facts and recordings as any, and the samples among them go by one button", async () => {
	const [sample, real] = [await oneCall({ [sampleAttribute]: "yes" }), await oneCall({})];
	const sound = (ms: number) => new Int16Array(ms * 16).fill(2000);
	await keepPlayedCalls(world.kernel, { facts: createMetricFacts(world.kernel), folder }, [
		{ played: sample, sound },
		{ played: real },
	]);
	const agentId = sample.conversation.participants.find((one) => one.purpose === "agent")?.userId ?? "";
	expect((await world.conversations.historyOf(agentId, { limit: 5, offset: 0 })).total).toBe(1);
	const { rows } = await sql<{ metric: string; value: number }>`
		select metric, value::int from metric_facts where conversation_id = ${sample.conversation.id}`.execute(
		world.kernel.database.db,
	);
	expect(rows).toEqual(
		expect.arrayContaining([
			{ metric: "tAnswered", value: 6000 },
			{ metric: "tAcw", value: 1000 },
		]),
	);
	await world.kernel.jobs.runDue();
	await work.idle();
	const { rows: kept } = await sql<{ state: string; duration_ms: number; key: string }>`
		select state, duration_ms, key from recordings where conversation_id = ${sample.conversation.id}`.execute(
		world.kernel.database.db,
	);
	expect(kept).toMatchObject([{ state: "available", duration_ms: 2000 }]);
	expect(await forgetSampleCalls(world.kernel, folder)).toBe(1);
	expect(await world.conversations.get(sample.conversation.id)).toBeUndefined();
	expect(await world.conversations.get(real.conversation.id)).toBeDefined();
	expect(await world.kernel.storage.get(kept[0]?.key ?? "")).toBeUndefined();
	const { rows: left } = await sql<{
		conversation_id: string;
	}>`select distinct conversation_id from metric_facts`.execute(world.kernel.database.db);
	expect(left.map((row) => row.conversation_id)).toEqual([real.conversation.id]);
});

it("samples that went before their recordings were processed left files that each later start complained of", async () => {
	const played = await oneCall({ [sampleAttribute]: "yes" });
	const sound = (ms: number) => new Int16Array(ms * 16);
	await keepPlayedCalls(world.kernel, { facts: createMetricFacts(world.kernel), folder }, [{ played, sound }]);
	expect(readdirSync(folder)).toHaveLength(1);
	await forgetSampleCalls(world.kernel, folder);
	expect(readdirSync(folder)).toEqual([]);
});
