import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createConversations } from "../conversations/conversations.ts";
import { mediumOf } from "../conversations/media.ts";
import type { Conversation } from "../conversations/model.ts";
import { party } from "../conversations/test-support/parties.ts";
import { conversationWorld, type World } from "../conversations/test-support/world.ts";
import type { Life } from "../conversations/transitions/context.ts";
import { enterQueue } from "../conversations/transitions/queueing.ts";
import type { Kernel } from "../kernel/domain.ts";
import { type Assignment, createAssignment } from "./assignment.ts";
import type { QueueSettings } from "./queue-model.ts";
import { defaultQueueSettings } from "./queue-rules.ts";
import { queueStore } from "./queue-store.ts";
import { defaultUtilization } from "./utilization-model.ts";

let world: World;
beforeAll(async () => {
	world = await conversationWorld();
});
afterAll(() => world.close());

/** Assignment as a server process on this kernel would run it. */
function assignmentOn(kernel: Kernel, stations = world.assignmentDeps.stations): Assignment {
	const conversations = createConversations(kernel, world.deps);
	return createAssignment(kernel, { ...world.assignmentDeps, stations, conversations });
}

/** Who is being rung: conversation by user. */
async function ringing(queueId: string) {
	const rows = await world.kernel.database.db
		.selectFrom("conversation_participants")
		.select(["conversation_id", "user_id"])
		.where("queue_id", "=", queueId)
		.where("state", "=", "alerting")
		.execute();
	return rows.map((row) => [row.conversation_id, row.user_id] as [string, string]);
}

test("the longest idle agent gets the call of highest priority, then the oldest", async () => {
	const queue = await world.queue();
	const agents: string[] = [];
	for (let i = 0; i < 3; i++) {
		agents.push(await world.agent(queue.id));
		world.kernel.clock.advance(1000);
	}
	const waiting: string[] = [];
	for (const priority of [0, 0, 5]) {
		waiting.push((await world.waiting(queue.id, priority)).id);
		world.kernel.clock.advance(1000);
	}
	const assignment = assignmentOn(world.kernel);
	expect(await assignment.assign([queue.id])).toEqual({ assigned: 3, again: false });
	expect(new Map(await ringing(queue.id))).toEqual(
		new Map([
			[waiting[2], agents[0]],
			[waiting[0], agents[1]],
			[waiting[1], agents[2]],
		]),
	);
});

test("a call of one's own, or a break, cost an agent their turn", async () => {
	const queue = await world.queue({ wrapupPrompt: "OPTIONAL" });
	const agents = [await world.agent(queue.id), await world.agent(queue.id)] as const;
	const assignment = assignmentOn(world.kernel);
	const { conversations, kernel } = world;
	const serve = async () => {
		const { id } = await world.waiting(queue.id);
		await assignment.assign([queue.id]);
		const { id: own, userId } = party(await conversations.get(id), "agent");
		await conversations.calls.mediaConnected(id, own);
		kernel.clock.advance(1000);
		await conversations.patchParticipant(id, own, { state: "disconnected" }, { userId: userId as string });
		return userId as string;
	};
	const first = await serve();
	const second = await serve();
	expect(new Set([first, second])).toEqual(new Set(agents));
	for (const onQueue of [false, true]) {
		kernel.clock.advance(1000);
		await kernel.database.change((trx) => world.routingStatus.setOnQueue(trx, first, onQueue));
	}
	expect(await serve()).toBe(first);
	expect(await serve()).toBe(second);
});

test("nobody is rung without a phone, without a station, off queue, not joined, or with a call in hand", async () => {
	const queue = await world.queue();
	const [noPhone, noStation, offQueue, notJoined, busy] = await Promise.all(
		Array.from({ length: 5 }, () => world.agent(queue.id)),
	);
	world.phones.signOut(noPhone as string);
	await world.kernel.database.change((trx) => world.routingStatus.setOnQueue(trx, offQueue as string, false));
	await world.kernel.database.db
		.updateTable("queue_members")
		.set({ joined: false })
		.where("user_id", "=", notJoined as string)
		.execute();
	await world.conversations.calls.dial({ userId: busy as string, phoneNumber: "+31201234567" });
	await world.waiting(queue.id);
	const stations = {
		effectiveStations: async (userIds: readonly string[]) =>
			new Map(userIds.filter((id) => id !== noStation).map((id) => [id, { id: "phone" }])),
	};
	const assignment = assignmentOn(world.kernel, stations as typeof world.assignmentDeps.stations);
	expect(await assignment.assign([queue.id])).toEqual({ assigned: 0, again: false });
	expect(await ringing(queue.id)).toEqual([]);
});

test("a blocked microphone stayed On Queue and rang in vain: it is not rung until its phone can be answered again", async () => {
	const queue = await world.queue();
	await world.agent(queue.id);
	await world.waiting(queue.id);
	let isBlocked = true;
	const told: Array<(userId: string) => void> = [];
	const phones = {
		isReachable: (userId: string) => world.phones.isReachable(userId),
		canAnswer: () => !isBlocked,
		isAnswering: () => false,
		onReachable: () => () => {},
		onAnswerable: (listener: (userId: string) => void) => {
			told.push(listener);
			return () => {};
		},
	};
	const conversations = createConversations(world.kernel, world.deps);
	const assignment = createAssignment(world.kernel, { ...world.assignmentDeps, conversations, phones });
	expect((await assignment.assign([queue.id])).assigned).toBe(0);
	isBlocked = false;
	expect((await assignment.assign([queue.id])).assigned).toBe(1);
	await assignment.start();
	expect(told).toHaveLength(1);
	await assignment.stop();
});

test("an agent who is being rung is not rung again, though still IDLE", async () => {
	const queue = await world.queue();
	await world.agent(queue.id);
	await world.waiting(queue.id);
	await world.waiting(queue.id);
	const assignment = assignmentOn(world.kernel);
	expect((await assignment.assign([queue.id])).assigned).toBe(1);
	expect((await assignment.assign([queue.id])).assigned).toBe(0);
});

test("several server processes at once never give one call to two agents or two calls to one agent", async () => {
	const queue = await world.queue();
	const agents = await Promise.all(Array.from({ length: 50 }, () => world.agent(queue.id)));
	await Promise.all(Array.from({ length: 200 }, () => world.waiting(queue.id)));
	const siblings = await Promise.all([world.kernel.sibling(), world.kernel.sibling(), world.kernel.sibling()]);
	const assignments = [world.kernel, ...siblings].map((kernel) => assignmentOn(kernel));
	const ring = async (assignment: Assignment) => {
		for (;;) if (!(await assignment.assign([queue.id])).again) return;
	};
	await Promise.all(assignments.map(ring));
	const offers = await ringing(queue.id);
	expect(new Set(offers.map(([, userId]) => userId))).toEqual(new Set(agents));
	expect(offers).toHaveLength(50);
	expect(new Set(offers.map(([conversationId]) => conversationId)).size).toBe(50);
	await Promise.all(siblings.map((kernel) => kernel.close()));
});

test("by events alone: 20 agents of two processes answer and finish 80 calls, each once", async () => {
	const queue = await world.queue({ wrapupPrompt: "OPTIONAL" });
	await Promise.all(Array.from({ length: 20 }, () => world.agent(queue.id)));
	const sibling = await world.kernel.sibling();
	const assignments = [world.kernel, sibling].map((kernel) => assignmentOn(kernel));
	for (const assignment of assignments) await assignment.start();
	const calls = await Promise.all(Array.from({ length: 80 }, () => world.waiting(queue.id)));
	const ended = async () => {
		for (const [conversationId] of await ringing(queue.id)) {
			const agent = (await world.conversations.get(conversationId))?.participants.findLast(
				(one) => one.purpose === "agent",
			);
			if (!agent) continue;
			await world.conversations.calls.mediaConnected(conversationId, agent.id);
			await world.conversations.partyLeft(conversationId, agent.id, "client");
		}
		const { count } = await world.kernel.database.db
			.selectFrom("conversations")
			.select((is) => is.fn.countAll<number>().as("count"))
			.where(
				"id",
				"in",
				calls.map((one) => one.id),
			)
			.where("ended_at", "is not", null)
			.executeTakeFirstOrThrow();
		return Number(count);
	};
	await vi.waitUntil(async () => (await ended()) === calls.length, { timeout: 25_000, interval: 20 });
	for (const call of calls) {
		const agents =
			(await world.conversations.get(call.id))?.participants.filter((one) => one.purpose === "agent") ?? [];
		expect(agents).toHaveLength(1);
	}
	for (const assignment of assignments) await assignment.stop();
	await sibling.close();
});

test("an agent who does not answer makes way for the next", async () => {
	const queue = await world.queue();
	const first = await world.agent(queue.id);
	world.kernel.clock.advance(1000);
	const second = await world.agent(queue.id);
	const waiting = await world.waiting(queue.id);
	const assignment = assignmentOn(world.kernel);
	await assignment.assign([queue.id]);
	expect(await ringing(queue.id)).toEqual([[waiting.id, first]]);
	world.kernel.clock.advance(20_000);
	await world.kernel.jobs.runDue();
	await assignment.assign([queue.id]);
	expect(await ringing(queue.id)).toEqual([[waiting.id, second]]);
	expect(await world.status(first)).toBe("NOT_RESPONDING");
});

test("an agent with other work in hand, who had let it ring, was rung by it again and again, and nobody else", async () => {
	const queue = await world.queue();
	const [mine, first] = [await world.waiting(queue.id), await world.agent(queue.id)];
	const two = { ...defaultUtilization, call: { ...defaultUtilization.call, maximumCapacity: 2 } };
	const organization = { media: two, labels: {} };
	const utilizations = { all: async () => ({ organization, users: new Map() }) };
	const conversations = createConversations(world.kernel, world.deps);
	const assignment = createAssignment(world.kernel, { ...world.assignmentDeps, conversations, utilizations });
	await assignment.assign([queue.id]);
	const rung = (await world.conversations.get(mine.id))?.participants.find((one) => one.userId === first);
	await world.conversations.calls.mediaConnected(mine.id, rung?.id ?? "");
	const waiting = await world.waiting(queue.id);
	await assignment.assign([queue.id]);
	expect(await ringing(queue.id)).toEqual([[waiting.id, first]]);
	world.kernel.clock.advance(20_000);
	await world.kernel.jobs.runDue();
	expect(await world.status(first), "and is told so").toBe("NOT_RESPONDING");
	await assignment.assign([queue.id]);
	expect(await ringing(queue.id)).toEqual([]);
	await world.routingStatus.request(first, "IDLE", { userId: first });
	expect(await world.status(first)).toBe("INTERACTING");
	await assignment.assign([queue.id]);
	expect(await ringing(queue.id)).toEqual([[waiting.id, first]]);
});

test("a call that came through a queue counts as its own, wherever it is, until it is over", async () => {
	const queue = await world.queue();
	const waiting = await world.waiting(queue.id);
	const store = queueStore(world.kernel.database.db);
	const waits = () => world.kernel.database.change((trx) => store.underWayIn(trx, queue.id));
	expect(await waits()).toBe(1);
	const agent = await world.agent(queue.id);
	const assignment = assignmentOn(world.kernel);
	await assignment.assign([queue.id]);
	expect(await ringing(queue.id)).toHaveLength(1);
	expect(await waits()).toBe(1);
	const offered = await world.conversations.get(waiting.id);
	const part = offered?.participants.find((one) => one.userId === agent)?.id ?? "";
	await world.conversations.calls.mediaConnected(waiting.id, part);
	expect(await waits()).toBe(1);
	await world.conversations.disconnect(waiting.id, { userId: "admin" });
	expect(await waits()).toBe(0);
});

test("after a restart those who waited already are served, and a phone that signs in is rung", async () => {
	const queue = await world.queue();
	const agent = await world.agent(queue.id);
	world.phones.signOut(agent);
	const waiting = await world.waiting(queue.id);
	const assignment = assignmentOn(world.kernel);
	await assignment.start();
	await assignment.settled();
	expect(await ringing(queue.id)).toEqual([]);
	world.phones.signIn(agent);
	await vi.waitUntil(async () => (await ringing(queue.id)).length === 1);
	expect(await ringing(queue.id)).toEqual([[waiting.id, agent]]);
	await assignment.stop();

	const another = await world.agent(queue.id);
	const late = await world.waiting(queue.id);
	const restarted = assignmentOn(world.kernel);
	await restarted.start();
	await vi.waitUntil(async () => (await ringing(queue.id)).length === 2);
	expect(new Map(await ringing(queue.id)).get(late.id)).toBe(another);
	await restarted.stop();
});

test("an unknown queue is no trouble", async () => {
	expect(await assignmentOn(world.kernel).assign([randomUUID()])).toEqual({ assigned: 0, again: false });
});

const rings = [
	{
		expansionCriteria: [{ type: "TIMEOUT_SECONDS" as const, threshold: 15 }],
		actions: { skillsToRemove: [{ id: "vip" }] },
	},
	{},
];

test("BE-1: nobody in the first ring: the second is rung at 15 s, without the skill that stayed behind", async () => {
	const settings: QueueSettings = { ...defaultQueueSettings, bullseye: { rings } };
	const queue = await world.queue(undefined, "home", settings);
	const z = await world.agent(queue.id);
	await world.kernel.database.db
		.updateTable("queue_members")
		.set({ ring_number: 2 })
		.where("user_id", "=", z)
		.execute();
	const call = await world.waiting(queue.id, 0, { skillIds: ["vip"] });
	const assignment = assignmentOn(world.kernel);
	world.kernel.clock.advance(14_000);
	expect((await assignment.assign([queue.id])).assigned).toBe(0);
	world.kernel.clock.advance(1000);
	expect((await assignment.assign([queue.id])).assigned).toBe(1);
	expect(await ringing(queue.id)).toEqual([[call.id, z]]);
});

test("customers who ask for a skill that nobody free has held up those behind them, however many they are", async () => {
	const queue = await world.queue();
	const anna = await world.agent(queue.id);
	const at = world.kernel.clock.now();
	for (const [table, id] of [
		["routing_skills", "rare"],
		["routing_languages", "nl"],
	] as const)
		await world.kernel.database.db
			.insertInto(table)
			.values({ id, name: id, created_at: at, modified_at: at, version: 1 })
			.execute();
	for (let i = 0; i < 60; i++) await world.waiting(queue.id, 9, { skillIds: ["rare"] });
	const plain = await world.waiting(queue.id);
	const able = await world.waiting(queue.id, 0, { languageId: "nl" });
	const assignment = assignmentOn(world.kernel);
	await assignment.assign([queue.id]);
	expect(await ringing(queue.id)).toEqual([[plain.id, anna]]);
	const ben = await world.agent(queue.id);
	await world.kernel.database.db
		.insertInto("user_languages")
		.values({ user_id: ben, language_id: "nl", proficiency: 3 })
		.execute();
	await assignment.assign([queue.id]);
	expect(new Map(await ringing(queue.id)).get(able.id)).toBe(ben);
	await world.kernel.database.db.deleteFrom("routing_skills").where("id", "=", "rare").execute();
	await world.agent(queue.id);
	expect((await assignment.assign([queue.id])).assigned, "nobody waits for what is deleted").toBe(1);
});

test("a queue of PriorityOnly rings for the urgent first, however long the others wait", async () => {
	const queue = await world.queue(undefined, "home", { ...defaultQueueSettings, scoringMethod: "PriorityOnly" });
	await world.waiting(queue.id);
	world.kernel.clock.advance(600_000);
	const urgent = await world.waiting(queue.id, 1);
	const anna = await world.agent(queue.id);
	await assignmentOn(world.kernel).assign([queue.id]);
	expect(await ringing(queue.id)).toEqual([[urgent.id, anna]]);
});

test("UT-3: with two calls at a time an agent in an own call is rung, and with one they are not", async () => {
	const queue = await world.queue();
	const anna = await world.agent(queue.id);
	const own = await world.conversations.calls.dial({ userId: anna, phoneNumber: "+31201234567" });
	await world.conversations.calls.mediaConnected(own.id, own.participants[0]?.id ?? "");
	const call = await world.waiting(queue.id);
	const taking = (maximumCapacity: number) => {
		const rule = { ...defaultUtilization, call: { ...defaultUtilization.call, maximumCapacity } };
		const organization = { media: rule, labels: {} };
		const utilizations = { all: async () => ({ organization, users: new Map() }) };
		const conversations = createConversations(world.kernel, world.deps);
		return createAssignment(world.kernel, { ...world.assignmentDeps, conversations, utilizations });
	};
	expect((await taking(1).assign([queue.id])).assigned).toBe(0);
	expect((await taking(2).assign([queue.id])).assigned).toBe(1);
	expect(await ringing(queue.id)).toEqual([[call.id, anna]]);
});

test("an agent who has one of a label in hand is given no second one before it is over or loses the label", async () => {
	const inlayUtilizationLabel = { id: "vip" };
	const queue = await world.queue(undefined, "home", { ...defaultQueueSettings, inlayUtilizationLabel });
	const [anna, controller] = [await world.agent(queue.id), { userId: "admin", may: () => true }];
	const limits = { vip: { maximumCapacity: 1, interruptingLabelIds: [] } };
	const labels = { hold: async (_trx: unknown, ids: readonly string[]) => new Set(ids.filter((id) => id === "vip")) };
	const two = { ...defaultUtilization.call, maximumCapacity: 2 };
	const organization = { media: { ...defaultUtilization, call: two }, labels: limits };
	const conversations = createConversations(world.kernel, { ...world.deps, labels });
	const assignment = createAssignment(world.kernel, {
		...{ ...world.assignmentDeps, conversations },
		utilizations: { all: async () => ({ organization, users: new Map() }) },
	});
	const [first, second] = [await world.waiting(queue.id), await world.waiting(queue.id)];
	await expect(conversations.setLabel(first.id, "nothing", controller)).rejects.toMatchObject({ status: 400 });
	await expect(conversations.setLabel(first.id, "vip", { userId: anna, may: () => false })).rejects.toMatchObject({
		status: 403,
	});
	expect([first.utilizationLabelId, second.utilizationLabelId], "by the queue").toEqual(["vip", "vip"]);
	await conversations.setLabel(first.id, null, controller);
	const unlabelled = (await conversations.get(first.id)) as Conversation;
	enterQueue(unlabelled, { id: queue.id, name: "", wrapupPrompt: "optional", labelId: "vip" }, {
		...{ now: world.kernel.clock.now(), newId: randomUUID, mediumOf },
	} as Life);
	expect(unlabelled.utilizationLabelId, "the next queue labelled it again").toBeUndefined();
	const old = { ...defaultQueueSettings, inlayUtilizationLabel: { id: "deleted" } };
	const { id: queueId } = await world.queue(undefined, "home", old);
	const customer = { name: "Ada", address: "+31201234567" };
	const call = await conversations.calls.startInboundCall({ customer, dnis: "+31800", queueId, provider: "test" });
	const came = await conversations.calls.mediaConnected(call.id, call.participants[0]?.id ?? "");
	expect([came.participants.some(({ purpose }) => purpose === "acd"), came.utilizationLabelId]).toEqual([
		true,
		undefined,
	]);
	await conversations.setLabel(first.id, "vip", controller);
	expect((await assignment.assign([queue.id])).assigned).toBe(1);
	const [[rung = ""] = []] = await ringing(queue.id);
	const agent = (await conversations.get(rung))?.participants.find((one) => one.userId === anna);
	await conversations.calls.mediaConnected(rung, agent?.id ?? "");
	expect((await assignment.assign([queue.id])).assigned, "one is in hand").toBe(0);
	const left = rung === first.id ? second.id : first.id;
	const { members } = (await assignment.explain(left)) ?? {};
	expect(members).toEqual([{ userId: anna, reason: "labelCapacity:vip" }]);
	await conversations.setLabel(rung, null, controller);
	expect((await assignment.assign([queue.id])).assigned, "by its medium alone").toBe(1);
});

test("a call that an agent made for a labelled queue had no label, and campaigns called for who had enough of it", async () => {
	const inlayUtilizationLabel = { id: "vip" };
	const queue = await world.queue(undefined, "home", { ...defaultQueueSettings, inlayUtilizationLabel });
	const anna = await world.agent(queue.id);
	const labels = { hold: async (_trx: unknown, ids: readonly string[]) => new Set(ids) };
	const conversations = createConversations(world.kernel, { ...world.deps, labels });
	const two = { ...defaultUtilization.call, maximumCapacity: 2 };
	const limits = { vip: { maximumCapacity: 1, interruptingLabelIds: [] } };
	const organization = { media: { ...defaultUtilization, call: two }, labels: limits };
	const utilizations = { all: async () => ({ organization, users: new Map() }) };
	const assignment = createAssignment(world.kernel, { ...world.assignmentDeps, conversations, utilizations });
	expect(await assignment.free(queue.id, "call", "vip")).toEqual([anna]);
	const call = { userId: anna, phoneNumber: "+31201234567", callFromQueueId: queue.id };
	expect((await conversations.calls.dial(call)).utilizationLabelId).toBe("vip");
	expect(await assignment.free(queue.id, "call"), "they take two calls").toEqual([anna]);
	expect(await assignment.free(queue.id, "call", "vip"), "and one of the label").toEqual([]);
});
