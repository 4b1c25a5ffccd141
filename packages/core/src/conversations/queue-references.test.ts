import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { queueStore } from "../routing/queue-store.ts";
import { lostQueuesJob } from "./lost-queues.ts";
import { conversationsMigrations } from "./migrations.ts";
import { queuesNamed } from "./queue-references.ts";
import { conversationWorld, type World } from "./test-support/world.ts";

let world: World;

beforeAll(async () => {
	world = await conversationWorld();
});
afterAll(() => world.close());

/** A queue that was deleted a moment ago: whoever looks it up still remembers it. */
async function deleted() {
	const queue = await world.queue();
	await remove(queue.id);
	return queue;
}

const remove = (id: string) => sql`delete from queues where id = ${id}`.execute(world.kernel.database.db);

/** An agent talks with a customer of a queue. */
async function talking() {
	const queue = await world.queue();
	const agent = await world.agent(queue.id);
	const { id } = await world.waiting(queue.id);
	const { participants } = await world.offer(id, queue.id, agent);
	const part = participants.at(-1)?.id ?? "";
	await world.conversations.calls.mediaConnected(id, part);
	return { queue, agent, id, part };
}

const underWay = (queueId: string) =>
	world.kernel.database.change((trx) => queueStore(world.kernel.database.db).underWayIn(trx, queueId));
const live = async () => (await world.conversations.live()).length;
const refusal = (fieldName: string) => ({ status: 400, options: { details: [{ fieldName }] } });

describe("a call went into a queue that was deleted at the same moment, and waited there for ever", () => {
	it("by a transfer: the agent keeps the call, and is told", async () => {
		const { id, part, agent } = await talking();
		const gone = await deleted();
		const by = { userId: agent, may: () => true };
		await expect(world.conversations.transfer(id, part, { queueId: gone.id }, by)).rejects.toMatchObject(
			refusal("queueId"),
		);
		const kept = await world.conversations.get(id);
		expect(kept?.participants.find((one) => one.id === part)?.endTime).toBeUndefined();
	});

	it("by a call to the queue, or on its behalf: nobody is called", async () => {
		const gone = await world.queue();
		const agent = await world.agent(gone.id);
		await remove(gone.id);
		const before = await live();
		const dial = (wish: object) => world.conversations.calls.dial({ userId: agent, ...wish });
		await expect(dial({ callQueueId: gone.id })).rejects.toMatchObject(refusal("callQueueId"));
		await expect(dial({ phoneNumber: "+31201234567", callFromQueueId: gone.id })).rejects.toMatchObject(
			refusal("callFromQueueId"),
		);
		expect(await live()).toBe(before);
	});

	it("by a call from a page or a trunk: it is refused at once", async () => {
		const gone = await deleted();
		const before = await live();
		await expect(world.waiting(gone.id)).rejects.toMatchObject(refusal("queueId"));
		expect(await live()).toBe(before);
	});
});

describe("a queue was deleted while its call was talked in, and the customer came back to nothing", () => {
	it("the call keeps its queue until it has ended, also where its agent's connection breaks or the agent is ended", async () => {
		const lost = await talking();
		expect(await underWay(lost.queue.id)).toBe(1);
		await world.conversations.partyLeft(lost.id, lost.part, "transport.failure");
		expect(await underWay(lost.queue.id)).toBe(1);
		const ended = await talking();
		await world.endUser(ended.agent);
		expect((await world.conversations.get(ended.id))?.participants.at(-1)).toMatchObject({
			purpose: "acd",
			queueId: ended.queue.id,
		});
		expect(await underWay(ended.queue.id)).toBe(1);
		await world.conversations.disconnect(ended.id, {});
		expect(await underWay(ended.queue.id)).toBe(0);
	});

	it("so does a call that is about to enter its queue", async () => {
		const queue = await world.queue();
		const agent = await world.agent();
		const { id } = await world.conversations.calls.dial({ userId: agent, callQueueId: queue.id });
		expect(await underWay(queue.id)).toBe(1);
		const dialled = await world.conversations.get(id);
		expect(dialled && queuesNamed(dialled)).toEqual([queue.id]);
	});
});

describe("calls whose queue had been deleted before the rule waited in it for ever, seen by nobody", () => {
	const repair = async () => {
		const { db } = world.kernel.database;
		await sql`delete from jobs where kind = ${lostQueuesJob}`.execute(db);
		await conversationsMigrations["2733_lost_queues"]?.up(db);
		await world.kernel.jobs.runDue();
	};
	const state = async (id: string) => {
		const found = await world.conversations.get(id);
		return found?.endTime === undefined ? "lives" : found.participants[0]?.calls?.[0]?.disconnectType;
	};

	it("who waits in it is let go; who waits in a queue that stands goes on waiting", async () => {
		const [gone, stands] = [await world.queue(), await world.queue()];
		const [lost, waits] = [await world.waiting(gone.id), await world.waiting(stands.id)];
		await remove(gone.id);
		await repair();
		expect([await state(lost.id), await state(waits.id)]).toEqual(["system", "lives"]);
	});

	it("who talks goes on, and is let go a minute after they came back to it", async () => {
		const { queue, id, part } = await talking();
		await remove(queue.id);
		await repair();
		expect(await state(id)).toBe("lives");
		await world.conversations.partyLeft(id, part, "transport.failure");
		world.kernel.clock.advance(60_000);
		await world.kernel.jobs.runDue();
		expect(await state(id)).toBe("system");
	});
});
