import type { CallQualityFigures } from "@inlay/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conversationWorld, type World } from "../../conversations/test-support/world.ts";
import type { Principal } from "../../kernel/principal.ts";
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
let principals: Record<string, Principal>;
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
	const now = () => world.kernel.clock.now();
	const quality = createCallQuality(world.kernel, world.conversations);
	const viewIn = (division: string) => [
		{ permission: "conversation:communication:view", divisions: new Set([division]) },
	];
	principals = {
		agent: testPrincipal({ userId: agent, grants: [] }),
		stranger: testPrincipal({ userId: "stranger", grants: [] }),
		administrator: testPrincipal({ userId: "administrator", grants: view }),
		north: testPrincipal({ userId: "north", grants: viewIn("north") }),
		south: testPrincipal({ userId: "south", grants: viewIn("south") }),
	};
	api = await testApi(callQualityRoutes(quality, world.conversations, now), principals);
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

	it("kept more parts than a phone may have when they came at once", async () => {
		const queue = await world.queue();
		const userId = await world.agent(queue.id);
		const { id } = await world.waiting(queue.id);
		await world.offer(id, queue.id, userId);
		const quality = createCallQuality(world.kernel, world.conversations);
		const parts = Array.from({ length: 60 }, (_, part) => `part-${String(part).padStart(4, "0")}`);
		const kept = await Promise.allSettled(
			parts.map((partId) => quality.save({ conversationId: id, userId, partId, figures })),
		);
		expect(kept.filter((one) => one.status === "fulfilled")).toHaveLength(50);
		expect(await quality.list(id)).toHaveLength(50);
	});

	it("nobody could say which browser a bad call had", async () => {
		const headers = { "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0" };
		await api.call("PUT", `${path}/part-0050`, { as: "agent", body: { ...figures, microphone: "Jabra" }, headers });
		const { entities } = (await read("administrator")).json();
		const newest = entities.find((one: { partId: string }) => one.partId === "part-0050");
		expect(newest).toMatchObject({ browser: "Firefox 140, Linux", microphone: "Jabra" });
	});
});

describe("calls with bad sound", () => {
	const search = (as: string, query = "") => api.call("GET", `/api/inlay/v1/conversations/quality${query}`, { as });
	const lossy = { ...figures, received: { ...figures.received, lostPercent: 12 } };
	const unheard: CallQualityFigures = {
		...figures,
		sent: { packets: 0, lostPercent: 0, jitterMs: 0, silentSeconds: 60 },
	};
	let far: { id: string; agent: string };

	beforeAll(async () => {
		const queue = await world.queue(undefined, "south");
		const colleague = await world.agentOf("south", queue.id);
		const waiting = await world.waiting(queue.id);
		await world.offer(waiting.id, queue.id, colleague);
		far = { id: waiting.id, agent: colleague };
		principals.colleague = testPrincipal({ userId: colleague, grants: [] });
		const save = (partId: string, body: CallQualityFigures) =>
			api.call("PUT", `/api/v2/inlay/conversations/${waiting.id}/quality/${partId}`, { as: "colleague", body });
		await save("south-0001", lossy);
		await save("south-0002", unheard);
		await save("south-0003", figures);
	});

	it("could not be found: who, when, in which direction, and how bad", async () => {
		const answer = (await search("administrator")).json();
		expect(answer.total).toBe(2);
		expect(answer.entities.find((one: { partId: string }) => one.partId === "south-0001")).toMatchObject({
			conversationId: far.id,
			userId: far.agent,
			userName: expect.stringMatching(/^Agent /),
			remote: { name: "Ada", address: "+31201234567" },
			queueName: expect.stringMatching(/^Queue /),
			startTime: expect.any(String),
			faults: ["received.loss"],
			received: { lostPercent: 12 },
		});
	});

	it.each([
		["?fault=received.loss", ["south-0001"]],
		["?fault=sent.silent,received.jitter", ["south-0002"]],
		["?fault=delay", []],
		["?fault=none&userId=AGENT", ["south-0001", "south-0002", "south-0003"]],
		["?userId=nobody", []],
		["?interval=2001-01-01T00:00:00Z/2001-01-31T00:00:00Z", []],
	])("%s finds %j", async (query, parts) => {
		const { entities } = (await search("administrator", query.replace("AGENT", far.agent))).json();
		expect(entities.map((one: { partId: string }) => one.partId).sort()).toEqual(parts);
	});

	it("reads a page and no more, and none beyond what is counted", async () => {
		const first = (await search("administrator", `?fault=none&userId=${far.agent}&pageSize=2`)).json();
		expect([first.entities.length, first.total]).toEqual([2, 3]);
		const beyond = await search("administrator", "?pageSize=500&pageNumber=999999");
		expect(beyond.json()).toMatchObject({ entities: [], total: 2 });
	});

	it("told callers of one division to supervisors of another", async () => {
		const see = async (as: string) => (await search(as, "?fault=none")).json().total;
		expect([await see("north"), await see("south")]).toEqual([0, 3]);
		expect((await search("agent")).statusCode).toBe(403);
	});

	it.each([
		["?interval=2026-01-01T00:00:00Z/2026-03-01T00:00:00Z", "interval"],
		["?interval=yesterday", "interval"],
		["?fault=echo", "fault"],
		["?fault=none,delay", "fault"],
	])("refuses %s by the field's name", async (query, fieldName) => {
		const answer = await search("administrator", query);
		expect([answer.statusCode, answer.json().details]).toMatchObject([400, [{ fieldName }]]);
	});
});
