import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asking, ben, Story, sales, talking } from "../test-support/consult-story.ts";
import { conversationWorld, type World } from "../test-support/world.ts";
import { callHistory } from "./history.ts";
import { keepPastConversations, pastCall } from "./past-calls.ts";

const nobody = new Map();

describe("a user's call history", () => {
	test("CH-1: an answered call stands in the list of who took it, with what they talked, and in nobody else's", () => {
		const story = talking().after(62).leaves("customer", "peer");
		const row = callHistory(story.now, "anna", nobody);
		const own = row.participants.find((one) => one.purpose === "agent");
		expect(Date.parse(own?.endTime ?? "") - Date.parse(own?.connectedTime ?? "")).toBe(62_000);
		expect([row.missedCall, row.direction]).toEqual([false, "inbound"]);
		expect(story.now.participants.filter((one) => one.userId).map((one) => one.userId)).toEqual(["anna"]);
	});

	test("CH-2: Anna lets it ring and Ben answers: it is missed by Anna alone", () => {
		const story = new Story();
		story.do({ type: "media.connected", participantId: story.customer });
		story.offer("anna", "support").ringsOut("anna").offer("ben", "support").answer("ben");
		expect(callHistory(story.now, "anna", nobody).missedCall).toBe(true);
		expect(callHistory(story.now, "ben", nobody).missedCall).toBe(false);
	});

	test("CH-3: a consult that is completed is one row of each, and Ben's says who transferred it", () => {
		const story = asking().leaves("anna");
		expect(callHistory(story.now, "ben", nobody)).toMatchObject({ id: story.now.id, inlayTransferredBy: "anna" });
		expect(callHistory(story.now, "anna", nobody)).not.toHaveProperty("inlayTransferredBy");
	});

	test("CH-4: who did not answer a colleague's question was told that they had missed the customer", () => {
		const row = (story: Story) => callHistory(story.now, "ben", nobody);
		const asker = { inlayAskedBy: { id: "anna", name: "anna" } };
		expect(row(talking().consult(ben).ringsOut("ben"))).toMatchObject(asker);
		expect(row(asking())).not.toHaveProperty("inlayAskedBy");
		expect(callHistory(talking().consult(ben).ringsOut("ben").now, "anna", nobody)).not.toHaveProperty("inlayAskedBy");
		// A transfer by then: the customer was theirs to take.
		const handedOver = talking().consult(ben).leaves("anna").ringsOut("ben");
		expect(row(handedOver)).not.toHaveProperty("inlayAskedBy");
	});
});

describe("the calls of one agent", () => {
	let world: World;
	beforeAll(async () => {
		world = await conversationWorld();
	});
	afterAll(() => world.close());

	test("CH-6: of sixty calls the first page has 25, and a search finds the 43rd by digits of its number", async () => {
		const queue = await world.queue();
		const agentId = await world.agent(queue.id);
		const began = Date.parse("2026-01-05T09:00:00Z");
		const calls = Array.from({ length: 60 }, (_none, at) =>
			pastCall({
				customer: { name: `Customer ${at}`, address: at === 17 ? "+1 (317) 555-0043" : `+4930111${100 + at}` },
				dnis: "+31800",
				queue: { ...sales, id: queue.id },
				divisionId: "home",
				agent: { id: agentId, name: "Anna" },
				startedAt: new Date(began + at * 3_600_000),
				waitedMs: 2000,
				talkedMs: 60_000,
				wrapup: { code: queue.code.id, name: "Solved" },
			}),
		);
		await keepPastConversations(world.kernel.database, calls);
		const page = await world.conversations.historyOf(agentId, { limit: 25, offset: 0 });
		expect([page.conversations.length, page.total]).toEqual([25, 60]);
		const found = await world.conversations.historyOf(agentId, { limit: 25, offset: 0, search: "5550" });
		expect(found.conversations.map(({ id }) => id)).toEqual([calls[17]?.id]);
		const byName = await world.conversations.historyOf(agentId, { limit: 25, offset: 0, search: "5  customer" });
		expect(byName.total).toBe(15);
		world.rulesOfCalling.historyDays = 1;
		world.kernel.clock.advance(Date.parse("2026-01-07T21:30:00Z") - world.kernel.clock.now().getTime());
		const kept = await world.conversations.historyOf(agentId, { limit: 25, offset: 0 });
		expect(kept.total, "as far back as the organization wants").toBe(23);
		const none = await world.conversations.historyOf(agentId, { limit: 25, offset: 0, search: "%" });
		expect(none.total).toBe(0);
	});
});
