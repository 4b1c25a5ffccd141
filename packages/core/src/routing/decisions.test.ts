import { afterAll, beforeAll, expect, it } from "vitest";
import { createConversations } from "../conversations/conversations.ts";
import { conversationWorld, type World } from "../conversations/test-support/world.ts";
import { createAssignment } from "./assignment.ts";
import { createDecisions } from "./decisions.ts";

let world: World;
beforeAll(async () => {
	world = await conversationWorld();
});
afterAll(() => world.close());

it("why did he not ring: who was rung is kept with who was passed over and why, for seven days", async () => {
	const queue = await world.queue();
	const [first, busy, later] = [await world.agent(queue.id), await world.agent(queue.id), await world.agent(queue.id)];
	world.phones.signOut(busy);
	const decisions = createDecisions(world.kernel);
	const conversations = createConversations(world.kernel, world.deps);
	const assignment = createAssignment(world.kernel, { ...world.assignmentDeps, conversations, decisions });
	const call = await world.waiting(queue.id);
	expect((await assignment.explain(call.id))?.members.map((one) => [one.userId, one.reason]).toSorted()).toEqual(
		[
			[first, "later"],
			[busy, "phone"],
			[later, "later"],
		].toSorted(),
	);
	await assignment.assign([queue.id]);
	expect(await assignment.explain(call.id), "nobody is wanted any more").toBeUndefined();
	const [decision] = await decisions.of(call.id);
	expect(decision).toMatchObject({ queueId: queue.id, ring: 1, considered: 3 });
	const others = [first, later].filter((id) => id !== decision?.userId);
	expect(new Map(decision?.passed.map((one) => [one.userId, one.reason]))).toEqual(
		new Map([[busy, "phone"], ...others.map((id): [string, string] => [id, "later"])]),
	);
	expect(await decisions.ofUser(busy), "found by whom it did not ring, and when").toEqual([decision]);
	expect(await decisions.ofUser(decision?.userId ?? "")).toEqual([decision]);
	expect(await decisions.ofUser(busy, new Date(world.kernel.clock.now().getTime() - 1))).toEqual([]);
	await decisions.start();
	world.kernel.clock.advance(8 * 24 * 3_600_000);
	await world.kernel.jobs.runDue();
	expect(await decisions.of(call.id)).toEqual([]);
});
