import { afterAll, beforeAll, expect, test } from "vitest";
import { createConversations } from "../conversations/conversations.ts";
import { conversationWorld, type World } from "../conversations/test-support/world.ts";
import { waitingToBeTold } from "../voice/queue-places/store.ts";
import { createAssignment } from "./assignment.ts";
import { liveQueueStore } from "./live-queue-store.ts";
import { createQueueStates } from "./queue-states.ts";

let world: World;
beforeAll(async () => {
	world = await conversationWorld();
});
afterAll(() => world.close());

test("a queue says how many wait, how many are free and how many work there, and what a call took lately", async () => {
	const [queue, other] = [await world.queue(), await world.queue()];
	const conversations = createConversations(world.kernel, world.deps);
	const assignment = createAssignment(world.kernel, { ...world.assignmentDeps, conversations });
	const states = createQueueStates(world.kernel, assignment);
	await world.agent(queue.id);
	await world.waiting(queue.id, 0);
	await world.waiting(queue.id, 0);
	expect(await states.of([queue.id, other.id])).toEqual([
		{ id: queue.id, waiting: 2, free: 1, agents: 1 },
		{ id: other.id, waiting: 0, free: 0, agents: 0 },
	]);
	await assignment.assign([queue.id]);
	const fact = { metric: "tHandle", value: 90_000, medium: "calls", direction: "inbound" } as const;
	const of = { at: world.kernel.clock.now(), conversation_id: "c", participant_id: "p", queue_id: queue.id };
	await world.kernel.database.db
		.insertInto("metric_facts")
		.values({ ...fact, ...of, user_id: null, wrapup_code: null })
		.execute();
	world.kernel.clock.advance(61_000);
	expect(await states.of([queue.id])).toEqual([{ id: queue.id, waiting: 1, free: 0, agents: 1, handleSeconds: 90 }]);
});

test("who consults a queue did not see where they stand in it: by its own order, and nowhere once somebody is rung", async () => {
	const states = createQueueStates(world.kernel, { free: async () => [] });
	const placeOf = async ({ id }: { id: string }) => (await states.place(id))?.position;
	for (const [scoringMethod, places] of [
		["TimestampAndPriority", [2, 1, 3]],
		["PriorityOnly", [3, 1, 2]],
	] as const) {
		const queue = await world.queue();
		const { db } = world.kernel.database;
		const settings = {
			mediaSettings: { call: { inlayTellCallers: "place" } },
			acwSettings: { wrapupPrompt: "MANDATORY" },
			scoringMethod,
		};
		await db
			.updateTable("queues")
			.set({ settings: JSON.stringify(settings) as never })
			.where("id", "=", queue.id)
			.execute();
		const first = await world.waiting(queue.id, 0);
		const urgent = await world.waiting(queue.id, 5);
		world.kernel.clock.advance(90_000);
		// A minute of waiting is worth a step of priority.
		const later = await world.waiting(queue.id, 1);
		expect(await Promise.all([first, urgent, later].map(placeOf))).toEqual(places);
		// What callers are told is by the same order.
		const told = new Map((await waitingToBeTold(db)).map(({ id, place }) => [id, place]));
		expect([first, urgent, later].map(({ id }) => told.get(id))).toEqual(places);
		await world.offer(urgent.id, queue.id, await world.agent(queue.id));
		expect(await placeOf(urgent)).toBeUndefined();
		expect(await placeOf(scoringMethod === "PriorityOnly" ? later : first)).toBe(1);
	}
});

test("all queues at a glance: who waits and since when, what goes on, who is on queue, in the divisions of the reader", async () => {
	const { db } = world.kernel.database;
	const busy = await world.queue();
	const conversations = createConversations(world.kernel, world.deps);
	const assignment = createAssignment(world.kernel, { ...world.assignmentDeps, conversations });
	await world.agent(busy.id);
	await world.waiting(busy.id, 0);
	await assignment.assign([busy.id]);
	for (let nth = 0; nth < 3; nth++) await world.waiting(busy.id, 0);
	world.kernel.clock.advance(40_000);
	const now = world.kernel.clock.now();
	const all = await liveQueueStore.now(db, "all", 2, now);
	expect(all.entities[0]).toMatchObject({ id: busy.id, waiting: 3, interacting: 1, onQueue: 1 });
	expect(all.entities[0]?.longestWaitSeconds).toBeGreaterThanOrEqual(40);
	expect(all.entities).toHaveLength(2);
	expect(all.total).toBeGreaterThanOrEqual(3);
	expect(all.waiting).toBeGreaterThanOrEqual(3);
	expect(all.media.calls).toBeGreaterThanOrEqual(4);
	const { division_id } = await db
		.selectFrom("queues")
		.select("division_id")
		.where("id", "=", busy.id)
		.executeTakeFirstOrThrow();
	expect((await liveQueueStore.now(db, new Set([division_id]), 25, now)).waiting).toBe(all.waiting);
	const elsewhere = await liveQueueStore.now(db, new Set(["elsewhere"]), 25, now);
	expect(elsewhere).toEqual({ entities: [], total: 0, waiting: 0, interacting: 0, onQueue: 0, media: {} });
});
