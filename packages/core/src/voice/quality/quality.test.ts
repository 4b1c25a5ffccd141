import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conversationWorld, type World } from "../../conversations/test-support/world.ts";
import { type TestApi, testApi, testPrincipal } from "../../test-support/test-api.ts";
import { createCallQuality } from "./quality.ts";
import { callQualityRoutes } from "./routes.ts";

const figures = {
	seconds: 62,
	received: { packets: 3100, lostPercent: 1.5, jitterMs: 4, levelDb: -31, silentSeconds: 7 },
	sent: { packets: 3090, lostPercent: 0, jitterMs: 2, silentSeconds: 0 },
	roundTripMs: 18,
	minRFactor: 71.2,
	minMos: 3.6,
	codec: "opus",
};
let world: World;
let api: TestApi;
let path: string;
let agent: string;

beforeAll(async () => {
	world = await conversationWorld();
	const queue = await world.queue();
	agent = await world.agent(queue.id);
	const waiting = await world.waiting(queue.id);
	await world.offer(waiting.id, queue.id, agent);
	path = `/api/v2/inlay/conversations/${waiting.id}/quality`;
	const view = [{ permission: "conversation:communication:view", divisions: "all" as const }];
	api = await testApi(callQualityRoutes(createCallQuality(world.kernel, world.conversations), world.conversations), {
		agent: testPrincipal({ userId: agent, grants: [] }),
		stranger: testPrincipal({ userId: "stranger", grants: [] }),
		administrator: testPrincipal({ userId: "administrator", grants: view }),
	});
});
afterAll(async () => {
	await api.close();
	await world.close();
});

const put = (as: string, part: string, body: unknown) => api.call("PUT", `${path}/${part}`, { as, body });
const read = (as: string) => api.call("GET", path, { as });

describe("how a call sounded", () => {
	it("an administrator had only the agent's word for bad sound: the figures stand with the conversation", async () => {
		expect((await put("agent", "part-0001", figures)).statusCode).toBe(204);
		const { entities } = (await read("administrator")).json();
		expect(entities).toMatchObject([{ ...figures, partId: "part-0001", userId: agent }]);
		expect((await read("agent")).json().entities).toHaveLength(1);
	});

	it("sent twice it is one part, with the newer figures", async () => {
		await put("agent", "part-0001", { ...figures, seconds: 70 });
		expect((await read("agent")).json().entities).toMatchObject([{ seconds: 70 }]);
	});

	it("is for who took part to keep and for who may read the conversation to see", async () => {
		expect((await put("stranger", "part-0002", figures)).statusCode).toBe(404);
		expect((await put("administrator", "part-0002", figures)).statusCode).toBe(404);
		expect((await read("stranger")).statusCode).toBe(403);
	});

	it.each([
		{ ...figures, seconds: -1 },
		{ ...figures, received: { ...figures.received, lostPercent: 101 } },
		{ ...figures, codec: "opus\u0000" },
		{ ...figures, notes: "x".repeat(10_000) },
	])("refuses what is no measurement: %o", async (body) => {
		expect((await put("agent", "part-0003", body)).statusCode).toBe(400);
	});

	it("keeps a bounded number of parts, and goes on to update those that there are", async () => {
		for (let part = 2; part <= 50; part++) await put("agent", `part-${String(part).padStart(4, "0")}`, figures);
		expect((await put("agent", "part-0051", figures)).json().code).toBe("quality.too.many.parts");
		expect((await put("agent", "part-0050", figures)).statusCode).toBe(204);
	});
});
