import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Conversation, livePartOf } from "../model.ts";
import { conversationWorld, type World } from "../test-support/world.ts";
import { callOf, isOnLine } from "./model.ts";

let world: World;
let agent: string;
beforeAll(async () => {
	world = await conversationWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
	agent = await world.agent();
});

/** The user's own call in each of their conversations, oldest first: `connected`, `connected held`, … */
async function calls(userId = agent): Promise<string[]> {
	const own = await world.conversations.liveForUser(userId);
	return own.map((one) => {
		const call = callOf(livePartOf(one, userId) as never);
		return call.held ? `${call.state} held` : call.state;
	});
}

const part = (conversation: Conversation, userId = agent) => livePartOf(conversation, userId)?.id ?? "none";
const by = (userId = agent) => ({ userId, may: (permission: string) => permission === "conversation:call:add" });

async function dialled(number: string, userId = agent): Promise<Conversation> {
	world.kernel.clock.advance(10_000);
	return world.conversations.calls.dial({ userId, phoneNumber: number });
}

/** A call that the agent made and that was answered. */
async function talking(number: string, userId = agent): Promise<Conversation> {
	const { id, participants } = await dialled(number, userId);
	const ringing = await world.conversations.calls.mediaConnected(id, participants[0]?.id ?? "");
	return world.conversations.calls.mediaConnected(id, ringing.participants[1]?.id ?? "");
}

async function rungBy(caller: string, userId = agent): Promise<Conversation> {
	world.kernel.clock.advance(10_000);
	const call = await world.conversations.calls.dial({ userId: caller, callUserId: userId });
	return world.conversations.calls.mediaConnected(call.id, part(call, caller));
}

test("clickToDial in a call: the first customer does not hear the agent talk to the second", async () => {
	await talking("+31207654301");
	await dialled("+31207654302");
	expect(await calls()).toEqual(["connected held", "contacting"]);
});

test("answering a second ring holds the call that runs, however it is answered", async () => {
	const first = await talking("+31207654301");
	const second = await rungBy(await world.agent());
	await world.conversations.patchParticipant(second.id, part(second), { state: "connected" }, by());
	expect(await calls()).toEqual(["connected held", "connected"]);
	await world.conversations.disconnect(second.id, {});
	await world.conversations.patchParticipant(first.id, part(first), { held: false }, by());
	const third = await rungBy(await world.agent());
	await world.conversations.calls.mediaConnected(third.id, part(third));
	expect(await calls()).toEqual(["connected held", "connected"]);
});

test("a transfer to a busy colleague rings there, and holds their call when they answer", async () => {
	const colleague = await world.agent();
	await talking("+31207654301", colleague);
	const mine = await talking("+31207654302");
	const handed = await world.conversations.transfer(mine.id, part(mine), { userId: colleague }, by());
	expect(await calls(colleague)).toEqual(["connected", "alerting"]);
	await world.conversations.calls.mediaConnected(mine.id, part(handed, colleague));
	expect(await calls(colleague)).toEqual(["connected held", "connected"]);
});

test("resuming one call holds the other", async () => {
	const first = await talking("+31207654301");
	const second = await talking("+31207654302");
	await world.conversations.patchParticipant(first.id, part(first), { held: false }, by());
	expect(await calls()).toEqual(["connected", "connected held"]);
	await world.conversations.patchParticipant(second.id, part(second), { held: false }, by());
	expect(await calls()).toEqual(["connected held", "connected"]);
});

test("eight calls at once leave one on the line, and what is answered meanwhile stays on hold", async () => {
	const numbers = Array.from({ length: 8 }, (_, index) => `+3120765430${index}`);
	await Promise.all(numbers.map((phoneNumber) => world.conversations.calls.dial({ userId: agent, phoneNumber })));
	const states = await calls();
	expect(states.filter((one) => one === "contacting")).toHaveLength(1);
	expect(states.filter((one) => one === "contacting held")).toHaveLength(7);
	for (const one of await world.conversations.liveForUser(agent)) {
		const ringing = await world.conversations.calls.mediaConnected(one.id, part(one));
		await world.conversations.calls.mediaConnected(one.id, ringing.participants[1]?.id ?? "");
	}
	expect((await calls()).toSorted()).toEqual(["connected", ...Array(7).fill("connected held")]);
});

test("commands in parallel, whatever they are, never leave two calls open and never wait for each other", async () => {
	const callers = await Promise.all(Array.from({ length: 3 }, () => world.agent()));
	const own = [await talking("+31207654301"), await talking("+31207654302"), await talking("+31207654303")];
	for (let round = 0; round < 6; round++) {
		const ring = await rungBy(callers[round % 3] as string);
		await Promise.all([
			...own.map((one) => world.conversations.patchParticipant(one.id, part(one), { held: false }, by())),
			world.conversations.calls.mediaConnected(ring.id, part(ring)),
			world.conversations.calls.dial({ userId: agent, phoneNumber: `+313023450${String(round).padStart(2, "0")}` }),
			world.conversations.calls.dial({ userId: agent, phoneNumber: `+313023450${String(round).padStart(2, "0")}` }),
		]);
		const live = await world.conversations.liveForUser(agent);
		expect(live.filter((one) => isOnLine(livePartOf(one, agent) as never))).toHaveLength(1);
		const known = new Set(own.map((one) => one.id));
		for (const one of live) if (!known.has(one.id)) await world.conversations.disconnect(one.id, {});
	}
	await world.conversations.patchParticipant(own[0]?.id ?? "", part(own[0] as Conversation), { held: false }, by());
	expect(await calls()).toEqual(["connected", "connected held", "connected held"]);
});

test("an agent in two calls at two stations' worth of appearances keeps both", async () => {
	const { createConversations } = await import("../conversations.ts");
	const appearances = async (_trx: unknown, userIds: readonly string[]) => new Map(userIds.map((id) => [id, 2]));
	const raised = createConversations(world.kernel, { ...world.deps, appearances });
	for (const phoneNumber of ["+31207654301", "+31207654302", "+31207654303"]) {
		world.kernel.clock.advance(10_000);
		await raised.calls.dial({ userId: agent, phoneNumber });
	}
	expect(await calls()).toEqual(["contacting held", "contacting", "contacting"]);
});

test("only one interaction alerts at a time: who is being rung is busy for the next caller", async () => {
	const first = await rungBy(await world.agent());
	const other = await world.agent();
	const second = await rungBy(other);
	expect(await calls()).toEqual(["alerting"]);
	expect(second.endTime).toBeDefined();
	const caller = second.participants.find((one) => one.userId === other);
	expect(caller?.calls?.[0]).toMatchObject({
		disconnectType: "peer",
		errorInfo: { code: "call.failure.busy" },
		disconnectReasons: [{ type: "sip", code: 486 }],
	});
	const mine = await talking("+31207654301", other);
	const transfer = () => world.conversations.transfer(mine.id, part(mine, other), { userId: agent }, by(other));
	await expect(transfer()).rejects.toMatchObject({ status: 409, code: "conversation.error.destination.busy" });
	expect(await calls(other)).toEqual(["connected"]);
	await world.conversations.disconnect(first.id, {});
	await transfer();
	expect(await calls()).toEqual(["alerting"]);
});

test("two callers at the same moment: one rings, the other is told busy", async () => {
	const callers = await Promise.all([world.agent(), world.agent(), world.agent()]);
	const placed = await Promise.all(
		callers.map((userId) =>
			world.conversations.calls.dial({ userId, callUserId: agent }).then((one) => ({ one, userId })),
		),
	);
	await Promise.all(
		placed.map(({ one, userId }) => world.conversations.calls.mediaConnected(one.id, part(one, userId))),
	);
	expect(await calls()).toEqual(["alerting"]);
});

test("a queue never rings an agent who is being called, and nobody calls one whom a queue rings", async () => {
	const queue = await world.queue();
	const mine = await world.agent(queue.id);
	const waiting = await world.waiting(queue.id);
	await world.offer(waiting.id, queue.id, mine);
	const refused = await rungBy(await world.agent(), mine);
	expect(refused.endTime).toBeDefined();
});

test("a double click on a number makes one call", async () => {
	const wish = { userId: agent, phoneNumber: "+31207654301", attributes: { case: "7" } };
	const [first, again] = await Promise.all([
		world.conversations.calls.dial(wish),
		world.conversations.calls.dial(wish),
	]);
	expect(again?.id).toBe(first?.id);
	expect(await calls()).toEqual(["contacting"]);
	expect((await world.conversations.calls.dial({ ...wish, attributes: { case: "8" } })).id).not.toBe(first?.id);
});

test("dialling the same number again on purpose makes another call", async () => {
	const wish = { userId: agent, phoneNumber: "+31207654301" };
	const first = await world.conversations.calls.dial(wish);
	world.kernel.clock.advance(3_000);
	const second = await world.conversations.calls.dial(wish);
	expect(second.id).not.toBe(first.id);
	const answered = await talking("+31207654309");
	const soon = await world.conversations.calls.dial({ userId: agent, phoneNumber: "+31207654309" });
	expect(soon.id).not.toBe(answered.id);
});

test("hold, mute, answer and hang up twice at once do it once, with one event", async () => {
	const { id, participants } = await rungBy(await world.agent());
	const own = participants.find((one) => one.userId === agent)?.id ?? "";
	for (const patch of [{ state: "connected" }, { held: true }, { muted: true }, { state: "disconnected" }]) {
		const mark = await world.mark();
		const twice = [1, 2].map(() => world.conversations.patchParticipant(id, own, patch, by()));
		await Promise.all(twice);
		expect((await world.since(mark)).filter((one) => one.type === "conversation.changed")).toHaveLength(1);
	}
});

test("a transfer asked for twice by a double click is one transfer", async () => {
	const mine = await talking("+31207654301");
	const transfer = () => world.conversations.transfer(mine.id, part(mine), { address: "+31207654305" }, by());
	const own = part(mine);
	await transfer();
	const again = await world.conversations.transfer(mine.id, own, { address: "+31207654305" }, by());
	expect(again.recentTransfers).toHaveLength(1);
	await expect(world.conversations.transfer(mine.id, own, { address: "+31207654306" }, by())).rejects.toMatchObject({
		status: 400,
	});
});

test("the same party added twice by a double click is called once", async () => {
	const mine = await talking("+31207654301");
	const add = () => world.conversations.calls.addParticipants(mine.id, [{ phoneNumber: "+31207654305" }], by());
	await add();
	expect((await add()).participants.filter((one) => one.address === "+31207654305")).toHaveLength(1);
});
