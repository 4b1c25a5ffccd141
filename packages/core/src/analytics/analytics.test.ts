import { expect, test } from "vitest";
import { conversationWorld } from "../conversations/test-support/world.ts";
import { createMetricFacts } from "./analytics.ts";

test("a call's facts are saved with its changes, and forgotten after 400 days", async () => {
	const world = await conversationWorld();
	try {
		const { kernel } = world;
		const facts = createMetricFacts(kernel);
		const fact = {
			at: kernel.clock.now().toISOString(),
			metric: "tTalk" as const,
			value: 1_500,
			conversationId: "c",
			participantId: "p",
			medium: "calls",
			direction: "inbound" as const,
			sessionDirection: "inbound" as const,
			purpose: "agent",
			divisionIds: ["home"],
		};
		await kernel.database.change((trx) =>
			facts.add(trx, [fact, { ...fact, metric: "nConnected", value: 1, userId: "u" }]),
		);
		await expect(
			kernel.database.change(async (trx) => {
				await facts.add(trx, [fact]);
				throw new Error("the change is refused");
			}),
		).rejects.toThrow("refused");
		const kept = () => kernel.database.db.selectFrom("metric_facts").select(["metric", "value", "user_id"]).execute();
		expect(await kept()).toEqual([
			{ metric: "tTalk", value: 1_500, user_id: null },
			{ metric: "nConnected", value: 1, user_id: "u" },
		]);
		await facts.start();
		kernel.clock.advance(399 * 24 * 3_600_000);
		await kernel.jobs.runDue();
		expect(await kept()).toHaveLength(2);
		kernel.clock.advance(2 * 24 * 3_600_000);
		await kernel.jobs.runDue();
		expect(await kept()).toEqual([]);
	} finally {
		await world.close();
	}
});
