import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAuthorization } from "../authorization/authorization.ts";
import { isOutside } from "../conversations/model.ts";
import { connectedIn, party } from "../conversations/test-support/parties.ts";
import { conversationWorld, type World } from "../conversations/test-support/world.ts";
import type { FakeClock } from "../test-support/fake-clock.ts";
import { createScripts, type Scripts } from "./scripts.ts";
import { createScriptSessions, type ScriptChange, type ScriptSessions } from "./sessions.ts";
import { sampleScript } from "./test-support/sample-script.ts";

let world: World;
let scripts: Scripts;
let sessions: ScriptSessions;
const ofCampaign = new Map<string, string>();
const ofQueue = new Map<string, string>();
let count = 0;

beforeAll(async () => {
	world = await conversationWorld();
	const authorization = createAuthorization(world.kernel);
	scripts = createScripts(world.kernel, authorization);
	sessions = createScriptSessions(world.kernel, scripts, {
		conversations: world.conversations,
		ofQueue: async (queueId, medium) => (medium === "CALL" ? ofQueue.get(queueId) : undefined),
		ofCampaign: async (campaignId) => ofCampaign.get(campaignId),
		pageHosts: async () => ["crm.example"],
		ask: async (serviceId, inputs) => ({ asked: serviceId, ...inputs }),
	});
});
afterAll(() => world.close());

/** An agent in a call of a queue that shows a published script. */
async function story(document = sampleScript()) {
	const divisionId = await createAuthorization(world.kernel).homeDivisionId();
	const script = await scripts.create({ name: `Intake ${++count}`, divisionId, document });
	await scripts.publish(script.id, undefined);
	(world.kernel.clock as FakeClock).advance(1000);
	const call = await connectedIn(world);
	ofQueue.set(call.queue.id, script.id);
	return { ...call, script, id: call.conversation.id, by: { userId: call.agent } };
}

const customerOf = async (id: string) => party(await world.conversations.get(id), "customer");

describe("the script of an interaction", () => {
	it("SC-1 a call of the queue opens its script on the first page, and is new once", async () => {
		const { id, agent, script } = await story();
		const opened = await sessions.open(id, agent);
		expect(opened).toMatchObject({ script: { id: script.id, number: 1 }, pageId: "greet", isNew: true });
		expect(opened?.values).toEqual({ order: "", product: "Lamp", pieces: null });
		expect((await sessions.open(id, agent))?.isNew).toBeUndefined();
	});

	it("an interaction of a queue without one has none", async () => {
		const { conversation, agent } = await connectedIn(world);
		expect(await sessions.open(conversation.id, agent)).toBeUndefined();
		await expect(sessions.open(conversation.id, "somebody else")).rejects.toMatchObject({ status: 404 });
	});

	it("a campaign's own script stands before that of its queue", async () => {
		const { id, agent, script } = await story();
		const other = await story();
		ofCampaign.set("spring", other.script.id);
		await sql`update conversations set document = jsonb_set(document, '{internal,campaign}', '{"campaignId": "spring"}')
			where id = ${id}`.execute(world.kernel.database.db);
		expect((await sessions.open(id, agent))?.script.id).toBe(other.script.id);
		ofCampaign.clear();
		expect((await sessions.open(other.id, other.agent))?.script.id).not.toBe(script.id);
	});

	it("SC-2 an output becomes an attribute of the customer, and what is no output does not", async () => {
		const { id, agent, by } = await story();
		await sessions.open(id, agent);
		const { revision } = await sessions.change(id, { values: { order: "4711", pieces: "2" } }, by);
		expect(revision).toBe(2);
		expect((await customerOf(id)).attributes).toEqual({ order: "4711" });
		expect((await sessions.open(id, agent))?.values).toEqual({ order: "4711", product: "Lamp", pieces: 2 });
	});

	it("SC-3 a reload is on the same page, and so is the agent to whom it goes", async () => {
		const { id, agent, by, queue, own } = await story();
		await sessions.open(id, agent);
		await sessions.change(id, { pageId: "end", values: { pieces: 3 } }, by);
		expect(await sessions.open(id, agent)).toMatchObject({ pageId: "end", values: { pieces: 3 } });
		const ben = await world.agent(queue.id);
		await world.conversations.transfer(id, own.id, { queueId: queue.id }, by);
		await world.offer(id, queue.id, ben);
		const moved = await sessions.open(id, ben);
		expect(moved).toMatchObject({ pageId: "end", values: { pieces: 3 }, revision: 1 });
		expect(moved?.isNew).toBeUndefined();
	});

	it("SC-4 what is published during the call comes with the next one", async () => {
		const { id, agent, script, queue, by } = await story();
		const document = sampleScript({ startPageId: "end" });
		const sent = { name: script.name, divisionId: script.divisionId, document };
		await scripts.change(script.id, sent, 1, by);
		(world.kernel.clock as FakeClock).advance(1000);
		await scripts.publish(script.id, undefined, by);
		expect(await sessions.open(id, agent)).toMatchObject({ pageId: "greet", script: { number: 1 } });
		const next = await world.waiting(queue.id);
		const other = await world.agent(queue.id);
		await world.offer(next.id, queue.id, other);
		expect(await sessions.open(next.id, other)).toMatchObject({ pageId: "end", script: { number: 2 } });
	});

	it("two panels of the agent show the same, the last one wins per variable", async () => {
		const { id, agent, by } = await story();
		await sessions.open(id, agent);
		await sessions.change(id, { values: { product: "Chair" }, panelId: "panel-one" }, by);
		await sessions.change(id, { values: { pieces: 1 }, panelId: "panel-two" }, by);
		const told = (await world.kernel.told()).filter(({ type }) => type === "scripter.session.changed");
		expect(told.at(-1)?.announcements).toEqual([
			{
				topics: [`v2.inlay.scripts.${agent}`],
				eventBody: {
					...{ conversationId: id, pageId: "greet", revision: 3, panelId: "panel-two" },
					values: { order: "", product: "Chair", pieces: 1 },
				},
			},
		]);
	});

	it("what the script does not have is refused by name, and nothing is kept", async () => {
		const { id, agent, by } = await story();
		await sessions.open(id, agent);
		const change = (wish: ScriptChange) => sessions.change(id, wish, by);
		await expect(change({ pageId: "none" })).rejects.toThrow(/^pageId /);
		await expect(change({ values: { ordr: "1" } })).rejects.toThrow(/^values.ordr /);
		await expect(change({ values: { order: "1", pieces: "many" } })).rejects.toThrow(/^values.pieces /);
		expect((await sessions.open(id, agent))?.revision).toBe(1);
	});

	it("it stays usable until after-call work is done, and can be read then", async () => {
		const { id, agent, by, own, queue, conversation } = await story();
		await sessions.open(id, agent);
		const customer = conversation.participants.find(isOutside);
		await world.conversations.partyLeft(id, customer?.id ?? "", "client");
		await sessions.change(id, { values: { order: "1" } }, by);
		const { code } = world;
		await world.conversations.wrapup(id, own.id, { code: code(queue.id, "Solved").id }, by);
		await expect(sessions.change(id, { values: { order: "2" } }, by)).rejects.toMatchObject({ code: "script.over" });
		expect((await sessions.open(id, agent))?.values.order).toBe("1");
	});

	it("a web service was asked that the open script does not name, or by whom it is not open", async () => {
		const kept = sql`insert into web_services (id, name, settings) values ('orders', 'Orders', '{}')`;
		await kept.execute(world.kernel.database.db);
		const ask = { kind: "callService" as const, serviceId: "orders", inputs: [], outputs: [] };
		const { id, agent } = await story({ ...sampleScript(), onLoad: [ask] });
		const call = (serviceId: string, userId: string) => sessions.callService(id, userId, serviceId, { order: "4711" });
		await expect(call("orders", agent)).rejects.toMatchObject({ status: 404 });
		expect((await sessions.open(id, agent))?.hosts).toEqual(["crm.example"]);
		expect(await call("orders", agent)).toEqual({ asked: "orders", order: "4711" });
		await expect(call("others", agent)).rejects.toMatchObject({ status: 404 });
		await expect(call("orders", "somebody else")).rejects.toMatchObject({ status: 404 });
	});
});
