import { callbacksTopic } from "@inlay/contract";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAssignment } from "../../routing/assignment.ts";
import { defaultQueueSettings } from "../../routing/queue-rules.ts";
import { departures } from "../../test-support/platform-shape.ts";
import { callHistory } from "../call/history.ts";
import { findCall } from "../call/model.ts";
import { divisionIdsNow, divisionMembershipsOf } from "../divisions.ts";
import { type Conversation, isConnected } from "../model.ts";
import { mediaConversationEvent, restMediaConversation } from "../projection/flat.ts";
import { restConversation } from "../projection/generic.ts";
import { conversationEvent } from "../projection/generic-event.ts";
import type { Controller } from "../service.ts";
import { party } from "../test-support/parties.ts";
import { conversationWorld, type World } from "../test-support/world.ts";
import { agentOf, callbackOf, customerOf, factsOf, stateOf } from "./model.ts";
import type { CallbackWish } from "./service.ts";
import { callbackView } from "./view.ts";
import { dialableAgreed } from "./wishes.ts";

let world: World;
beforeAll(async () => {
	world = await conversationWorld();
});
afterAll(() => world.close());

const minute = 60_000;
const hour = 60 * minute;
const number = "+4915123456789";
const inMs = (ms: number) => new Date(world.kernel.clock.now().getTime() + ms).toISOString();
const everything = { may: () => true };
const as = (userId: string, ...permissions: string[]): Controller => ({
	userId,
	may: (permission) => permissions.includes(permission),
});
const creating = "conversation:callback:create";
const creator = (userId: string) => as(userId, creating);

async function now(conversation: Conversation): Promise<Conversation> {
	return (await world.conversations.get(conversation.id)) as Conversation;
}

const create = (queueId: string, wish: Partial<CallbackWish> = {}, by: Controller = everything, source?: string) =>
	world.conversations.callbacks.create({ callbackNumbers: [number], queueId, ...wish }, by, source);

async function later(ms: number): Promise<void> {
	world.kernel.clock.advance(ms);
	await world.kernel.jobs.runDue();
}

const assignment = () =>
	createAssignment(world.kernel, { ...world.assignmentDeps, conversations: world.conversations });

/** An agent's own call that takes them from the queue's work. */
const inCall = (userId: string) => world.conversations.calls.dial({ userId, phoneNumber: "+31201234567" });

async function refusal(asked: Promise<unknown>) {
	return asked.then(
		() => "done",
		({ status, code, options }) => ({ status, code, field: options.details?.[0]?.fieldName }),
	);
}

/** A queue's settings with callbacks that agents own for two hours. */
const owning = (inlayAfterOwner: "queue" | "end") => ({
	...defaultQueueSettings,
	agentOwnedRouting: {
		enableAgentOwnedCallbacks: true,
		maxOwnedCallbackHours: 2,
		maxOwnedCallbackDelayHours: 48,
		inlayAfterOwner,
	},
});

test("CB-1 a callback is kept in UTC, and an interaction has one: the second is refused, whoever comes first", async () => {
	const queue = await world.queue();
	const agent = await world.agent(queue.id);
	const { id } = await world.waiting(queue.id);
	const by = creator(agent);
	await world.offer(id, queue.id, agent);
	const at = inMs(32 * minute);
	const both = await Promise.all(
		[1, 2].map(() =>
			refusal(create(queue.id, { callbackScheduledTime: at, callbackNumbers: ["+31201234567"] }, by, id)),
		),
	);
	expect(both.filter((one) => one === "done")).toHaveLength(1);
	expect(both.find((one) => one !== "done")).toMatchObject({ status: 409, code: "callback.limit.perInteraction" });
	const { callbacks } = await world.conversations.callbacks.listOf(agent, { upcoming: true, limit: 10, offset: 0 });
	expect(callbacks).toEqual([
		expect.objectContaining({ scheduledAt: at, source: id, state: "scheduled", queueId: queue.id }),
	]);
});

test("CB-2 a time that has gone by, and one too far ahead, are refused and nothing is stored", async () => {
	const queue = await world.queue();
	const ask = (ms: number) => refusal(create(queue.id, { callbackScheduledTime: inMs(ms) }));
	const field = "callbackScheduledTime";
	expect(await ask(31 * 24 * hour)).toEqual({ status: 400, code: "callback.time.tooFar", field });
	expect(await ask(-minute)).toEqual({ status: 400, code: "callback.time.past", field });
	expect(await ask(30 * 24 * hour)).toBe("done");
});

test("CB-3 the wall time that was chosen is kept beside the instant, and one that means another instant is refused", async () => {
	const queue = await world.queue();
	const zone = "America/New_York";
	const at = inMs(30 * minute);
	const wallTime = `${at.slice(0, 11)}04:${at.slice(14, 16)}`;
	expect(factsOf(await create(queue.id, { callbackScheduledTime: at, zone, wallTime }))).toMatchObject({
		zone,
		wallTime,
	});
	const wrong = create(queue.id, { callbackScheduledTime: at, zone, wallTime: "2026-01-05T06:30" });
	expect(await refusal(wrong)).toMatchObject({ status: 400, field: "inlay.wallTime" });
	expect(await refusal(create(queue.id, { zone: "Mars/Olympus" }))).toMatchObject({ field: "inlay.zone" });
});

test("CB-4 route to me: who is in a call at the due time is not asked, and Ben gets it at once; who is free gets it alone", async () => {
	const queue = await world.queue();
	// Ben is idle longer: without the wish it would be his.
	const [ben, anna] = [await world.agent(queue.id), await world.agent(queue.id)];
	const first = await create(queue.id, { agentId: anna, callbackScheduledTime: inMs(hour) });
	await later(hour);
	await assignment().assign([queue.id]);
	expect(party(await now(first), "agent").userId).toBe(anna);
	await world.conversations.partyLeft(first.id, party(await now(first), "agent").id, "transfer.noanswer");
	expect(await world.status(anna)).toBe("NOT_RESPONDING");
	await assignment().assign([queue.id]);
	expect((await now(first)).participants.at(-1)?.userId).toBe(ben);
	await world.conversations.disconnect(first.id, {});

	const other = await world.queue();
	const [carla, dan] = [await world.agent(other.id), await world.agent(other.id)];
	const second = await create(other.id, { agentId: carla, callbackScheduledTime: inMs(hour) });
	await inCall(carla);
	await later(hour);
	await assignment().assign([other.id]);
	expect(party(await now(second), "agent").userId).toBe(dan);
});

test.each([
	["queue", "waiting"],
	["end", "ownerExpired"],
] as const)(
	"CB-4 owned: it waits for its owner for two hours, then by the setting: %s",
	async (inlayAfterOwner, state) => {
		const queue = await world.queue({ wrapupPrompt: "OPTIONAL" }, "home", owning(inlayAfterOwner));
		const [anna, ben] = [await world.agent(queue.id), await world.agent(queue.id)];
		await inCall(anna);
		const owned = await create(queue.id, { agentId: anna, owned: true, callbackScheduledTime: inMs(hour) });
		await later(hour);
		await assignment().assign([queue.id]);
		expect(stateOf(await now(owned))).toBe("waiting");
		await later(2 * hour - 1000);
		expect(stateOf(await now(owned))).toBe("waiting");
		await later(1000);
		expect(stateOf(await now(owned))).toBe(state);
		await assignment().assign([queue.id]);
		const taken = (await now(owned)).participants.find((one) => one.purpose === "agent");
		expect(taken?.userId).toBe(state === "waiting" ? ben : undefined);
		const tooFar = create(queue.id, { agentId: anna, owned: true, callbackScheduledTime: inMs(49 * hour) });
		expect(await refusal(tooFar)).toMatchObject({ code: "callback.time.tooFar" });
	},
);

test("an owned callback that waited was not offered when its owner became free", async () => {
	const queue = await world.queue({ wrapupPrompt: "OPTIONAL" }, "home", owning("queue"));
	const [anna] = [await world.agent(queue.id), await world.agent(queue.id)];
	const call = await inCall(anna);
	const owned = await create(queue.id, { agentId: anna, owned: true });
	await assignment().assign([queue.id]);
	expect(stateOf(await now(owned))).toBe("waiting");
	await world.conversations.partyLeft(call.id, party(call, "user").id, "client");
	await assignment().assign([queue.id]);
	expect(party(await now(owned), "agent").userId).toBe(anna);
});

/** Somebody who holds this permission in one division, and nothing else. */
const inDivision = (permission: string, divisionId: string): Controller => ({
	userId: "somebody",
	may: (one, where) => one === permission && where === divisionId,
});

test.each([0, hour])(
	"who may edit callbacks in one division gave work to another one's queue (due in %i ms)",
	async (ms) => {
		const [theirs, others] = [await world.queue(undefined, "west"), await world.queue()];
		const callback = await create(theirs.id, { callbackScheduledTime: inMs(ms) });
		const move = (by: Controller) =>
			refusal(world.conversations.callbacks.change(callback.id, { queueId: others.id }, by));
		expect(await move(inDivision("conversation:callback:edit", "west"))).toMatchObject({ status: 403 });
		expect(factsOf(await now(callback)).queue.id).toBe(theirs.id);
		const both = (one: string, where = "") => one === "conversation:callback:edit" && ["west", "home"].includes(where);
		expect(await move({ userId: "somebody", may: both })).toBe("done");
	},
);

test("a callback that was moved to another division's queue stayed with those of the old one", async () => {
	const [old, next] = [await world.queue(), await world.queue(undefined, "west")];
	const callback = await create(old.id, { callbackScheduledTime: inMs(hour) });
	await world.conversations.callbacks.change(callback.id, { queueId: next.id }, everything);
	const moved = await now(callback);
	expect(divisionIdsNow(moved)).toEqual(["west"]);
	expect(divisionMembershipsOf(moved)).toContainEqual({
		divisionId: "west",
		entities: [{ kind: "queue", id: next.id }],
	});
	const later = (where: string) => {
		const by = inDivision("conversation:callback:edit", where);
		return refusal(world.conversations.callbacks.change(callback.id, { callbackScheduledTime: inMs(2 * hour) }, by));
	};
	expect(await later("home")).toMatchObject({ status: 403 });
	expect(await later("west")).toBe("done");
});

test("a callback was owned by somebody who could never be offered it", async () => {
	const [queue, other] = [
		await world.queue({ wrapupPrompt: "OPTIONAL" }, "home", owning("queue")),
		await world.queue(),
	];
	const [anna, stranger] = [await world.agent(queue.id, other.id), await world.agent(other.id)];
	const field = "routingData";
	expect(await refusal(create(queue.id, { agentId: stranger, owned: true }))).toMatchObject({ status: 400, field });
	const owned = await create(queue.id, { agentId: anna, owned: true, callbackScheduledTime: inMs(hour) });
	const change = (wanted: object) => refusal(world.conversations.callbacks.change(owned.id, wanted, everything));
	expect(await change({ agentId: stranger })).toMatchObject({ status: 400, field: "agentId" });
	expect(await change({ queueId: other.id }), "a queue without owned ones").toMatchObject({ status: 400 });
	expect(factsOf(await now(owned))).toMatchObject({ ownerId: anna, queue: { id: queue.id } });
});

test("a day without a time was taken for midnight", async () => {
	const queue = await world.queue();
	const day = inMs(26 * hour).slice(0, 10);
	const field = "callbackScheduledTime";
	expect(await refusal(create(queue.id, { callbackScheduledTime: day }))).toMatchObject({ status: 400, field });
});

test.each([
	["ended", (userId: string) => world.endUser(userId)],
	["taken out of the queue", (userId: string, queueId: string) => world.leaveQueue(userId, queueId)],
])("an owned callback waited for an owner who was %s, and nobody was offered it", async (_how, takeAway) => {
	const queue = await world.queue({ wrapupPrompt: "OPTIONAL" }, "home", owning("end"));
	const [anna, ben] = [await world.agent(queue.id), await world.agent(queue.id)];
	const by = as("creator", "conversation:callback:create");
	const waits = await create(queue.id, { agentId: anna, owned: true }, by);
	const [planned, last] = await Promise.all(
		[hour, 2 * hour].map((ms) => create(queue.id, { agentId: anna, owned: true, callbackScheduledTime: inMs(ms) }, by)),
	);
	const mark = await world.mark();
	await takeAway(anna, queue.id);
	await world.kernel.database.change((trx) => world.routingStatus.setOnQueue(trx, anna, false));
	await world.kernel.jobs.runDue();
	const told = (await world.since(mark)).filter(({ type }) => type === "callback.changed");
	expect(told.flatMap(({ announcements }) => announcements)).toContainEqual(
		expect.objectContaining({
			topics: expect.arrayContaining([callbacksTopic("creator")]),
			eventBody: expect.objectContaining({ id: waits.id, formerOwnerId: anna }),
		}),
	);
	const wakes = (await world.since(mark)).map(({ data }) => (data as { waitingQueueId?: string }).waitingQueueId);
	expect(wakes, "assignment looks at the queue at once").toContain(queue.id);
	await assignment().assign([queue.id]);
	expect(party(await now(waits), "agent").userId).toBe(ben);
	for (const one of [planned, last]) expect(factsOf(await now(one as Conversation)).ownerId).toBeUndefined();
	await world.conversations.disconnect(waits.id, {});
	await later(hour);
	await assignment().assign([queue.id]);
	expect(party(await now(planned as Conversation), "agent").userId).toBe(ben);
});

test("an owner who left another queue lost the callbacks of this one", async () => {
	const queue = await world.queue({ wrapupPrompt: "OPTIONAL" }, "home", owning("queue"));
	const other = await world.queue();
	const anna = await world.agent(queue.id, other.id);
	const owned = await create(queue.id, { agentId: anna, owned: true });
	await world.leaveQueue(anna, other.id);
	expect(factsOf(await now(owned)).ownerId).toBe(anna);
});

test("CB-5 the server was down from 14:00 to 14:20: both callbacks enter the queue, the earlier first, each once and with its own time", async () => {
	const queue = await world.queue();
	const late = await create(queue.id, { callbackScheduledTime: inMs(10 * minute) });
	const early = await create(queue.id, { callbackScheduledTime: inMs(5 * minute) });
	const next = await world.restarted();
	const mark = await world.mark();
	world.kernel.clock.advance(20 * minute);
	await next.kernel.jobs.runDue();
	await world.kernel.jobs.runDue();
	const due = (await world.since(mark)).flatMap(({ data }) => {
		const { command, conversationId } = (data ?? {}) as { command?: string; conversationId?: string };
		return command === "due" ? [conversationId] : [];
	});
	expect(due.filter((id) => id === early.id || id === late.id)).toEqual([early.id, late.id]);
	const since = await Promise.all([early, late].map(async (one) => party(await now(one), "acd").internal.waitingSince));
	expect(since).toEqual([factsOf(early).scheduledAt, factsOf(late).scheduledAt]);
	await next.kernel.close();
});

test("CB-6 numbers are read with the callback's country, and one that nobody has is refused by its place", async () => {
	const queue = await world.queue();
	const made = await create(queue.id, { callbackNumbers: ["0151 23456789"], countryCode: "DE" });
	expect(callbackOf(customerOf(made)).callbackNumbers).toEqual(["+4915123456789"]);
	expect(await refusal(create(queue.id, { callbackNumbers: ["12"], countryCode: "US" }))).toEqual({
		status: 400,
		code: "callback.number.invalid",
		field: "callbackNumbers[0]",
	});
	const second = create(queue.id, { callbackNumbers: ["+31201234567", "nobody"] });
	expect(await refusal(second)).toMatchObject({ field: "callbackNumbers[1]" });
});

test("CB-8 without conversation:callback:create nothing is agreed upon, however it is asked for", async () => {
	const queue = await world.queue();
	const agent = await world.agent(queue.id);
	const { id } = await world.waiting(queue.id);
	await world.offer(id, queue.id, agent);
	const refused = { status: 403, code: "missing.permissions" };
	expect(await refusal(create(queue.id, {}, as(agent)))).toMatchObject(refused);
	expect(await refusal(create(queue.id, {}, as(agent, "conversation:callback:edit"), id))).toMatchObject(refused);
	expect(await refusal(create(queue.id, {}, creator(agent), id))).toBe("done");
});

/** The agent has accepted a callback that was due at once. */
async function accepted(wish: Partial<CallbackWish> = {}, settings = defaultQueueSettings) {
	const queue = await world.queue(undefined, "home", settings);
	const agent = await world.agent(queue.id);
	const { id } = await create(queue.id, wish);
	const own = party(await world.offer(id, queue.id, agent), "agent").id;
	const by = as(agent, "conversation:call:add");
	await world.conversations.patchParticipant(id, own, { state: "connected" }, by);
	const calls = world.conversations.calls;
	const called = async (text: string) => {
		await world.conversations.callbacks.call(id, text, by);
		const dialling = await calls.mediaConnected(id, own);
		return dialling.participants.at(-1)?.id ?? "";
	};
	return {
		queue,
		agent,
		id,
		own,
		by,
		calls,
		called,
		read: async () => (await world.conversations.get(id)) as Conversation,
	};
}

test("who may not place calls had any number called by accepting one callback", async () => {
	const { queue, agent, id, own, calls, read } = await accepted();
	const { callbacks } = world.conversations;
	const by = as(agent);
	const refused = { status: 403, code: "missing.permissions" };
	const other = "+19005550123";
	expect(await refusal(callbacks.call(id, other, by))).toMatchObject(refused);
	expect(await refusal(callbacks.change(id, { callbackNumbers: [other] }, by)), "nor by changing it").toMatchObject(
		refused,
	);
	const elsewhere = { userId: agent, may: (one: string, where = "") => one === creating && where === "elsewhere" };
	expect(await refusal(callbacks.change(id, { callbackNumbers: [other] }, elsewhere))).toMatchObject(refused);
	expect(factsOf(await read()).attempts).toEqual([]);
	expect(await refusal(callbacks.call(id, "0049 151 23456789", by)), "its own number").toBe("done");
	await calls.mediaConnected(id, own);
	await calls.mediaConnected(id, (await read()).participants.at(-1)?.id ?? "");
	expect(await refusal(calls.addParticipants(id, [{ phoneNumber: other }], by))).toMatchObject(refused);
	const colleague = await world.agent(queue.id);
	expect(await refusal(calls.addParticipants(id, [{ userId: colleague }], by)), "who costs nothing").toBe("done");
	const mayCall = as(agent, "conversation:conference:add");
	expect(await refusal(calls.addParticipants(id, [{ phoneNumber: other }], mayCall))).toBe("done");
});

test("a callback, a call, a party and a transfer disagreed about emergency numbers", async () => {
	const { queue, id, own, by, calls } = await accepted();
	const { conversations } = world;
	const idle = await world.agent(queue.id);
	const call = await inCall(await world.agent(queue.id));
	const asked = [
		() => calls.dial({ userId: idle, phoneNumber: "911" }),
		() => conversations.callbacks.call(id, "911", by),
		() => calls.addParticipants(call.id, [{ phoneNumber: "911" }], {}),
		() => conversations.transfer(id, own, { address: "tel:112" }, by),
	];
	for (const [index, one] of asked.entries())
		expect(await refusal(one()), `door ${index}`).toMatchObject({ status: 400, code: "emergency.number" });
});

test("CB-7 accept, call, nobody answers, another number, talking: one conversation, one wrap-up, a callback throughout", async () => {
	const { queue, id, own, by, calls, called, read } = await accepted({ callbackNumbers: [number, "+4915123456710"] });
	expect(stateOf(await read())).toBe("accepted");
	const inVain = await called("+4915123456799");
	expect(stateOf(await read())).toBe("dialing");
	await calls.partyLeft(id, inVain, "transfer.noanswer", "noAnswer");
	expect(factsOf(await read()).attempts).toEqual([
		expect.objectContaining({ number: "+4915123456799", result: "noAnswer" }),
	]);
	expect(stateOf(await read())).toBe("accepted");
	const reached = await called("+4915123456710");
	await calls.mediaConnected(id, reached);
	expect(stateOf(await read())).toBe("talking");
	await calls.partyLeft(id, reached, "peer");
	expect(stateOf(await read())).toBe("accepted");
	await world.conversations.patchParticipant(id, own, { state: "disconnected" }, by);
	expect(stateOf(await read())).toBe("wrapUp");
	const ended = await world.conversations.wrapup(id, own, { code: queue.code.id }, by);
	expect(stateOf(ended)).toBe("done");
	expect(ended.participants.filter((one) => one.wrapup)).toHaveLength(1);
	expect(ended.internal.medium).toBe("callbacks");
	expect(factsOf(ended).attempts.map((one) => one.result)).toEqual(["noAnswer", "talked"]);
	const agentId = by.userId ?? "";
	const { conversations } = await world.conversations.historyOf(agentId, { limit: 25, offset: 0 });
	const rows = conversations.map((one) => callHistory(one, agentId, new Map()));
	expect(rows, "an agent's call history could not be read any more after one callback").toMatchObject([
		{ id, wasCallback: true, direction: "outbound", missedCall: false },
	]);
	expect(await refusal(world.conversations.wrapup(id, own, { code: queue.code.id, notes: "again" }, by))).not.toBe(
		"done",
	);
});

test("the call within a callback is held, muted and ended under its own path; the callback goes on, and its end ends the call", async () => {
	const { id, own, by, calls, called, read } = await accepted();
	const reached = await called(number);
	await calls.mediaConnected(id, reached);
	const within = world.conversations.ofMedium("calls");
	const held = await within.patchParticipant(id, own, { held: true, muted: true }, by);
	expect(findCall(party(held, "agent"))).toMatchObject({ held: true, muted: true });
	expect(callbackOf(agentOf(await read()) as never).held).toBe(false);
	await within.patchParticipant(id, own, { state: "disconnected" }, by);
	expect(stateOf(await read())).toBe("accepted");
	await called(number);
	await world.conversations.patchParticipant(id, own, { state: "disconnected" }, by);
	const over = await read();
	expect(over.endTime).toBeDefined();
	expect(over.participants.flatMap((one) => one.calls ?? []).map((one) => one.state)).toEqual(
		Array(4).fill("disconnected"),
	);
});

test("a callback with nobody on the line could be held: its call began on hold, and Resume did nothing", async () => {
	const { id, own, by, calls, called, read } = await accepted();
	const before = await read();
	await world.conversations.patchParticipant(id, own, { held: false }, by);
	expect(await read(), "nothing is held, and nothing taken back").toEqual(before);
	for (const patch of [{ held: true }, { muted: true }])
		expect(await refusal(world.conversations.patchParticipant(id, own, patch, by))).toMatchObject({
			status: 400,
			code: "conversation.error.invalid.state",
		});
	const asCallback = world.conversations.ofMedium("callbacks").patchParticipant(id, own, { held: true }, by);
	expect(await refusal(asCallback)).toMatchObject({ code: "conversation.error.invalid.state" });
	await calls.mediaConnected(id, await called(number));
	const shown = async () => {
		const all = [restConversation(await read()), conversationEvent(await read())];
		return all.map(({ participants }) => {
			const one = participants.find((each) => each.id === own);
			return [one?.calls?.at(-1)?.held, one?.callbacks?.at(-1)?.held];
		});
	};
	expect(await shown()).toEqual(Array(2).fill([false, false]));
	for (const held of [true, false]) {
		await world.conversations.patchParticipant(id, own, { held }, by);
		expect(await shown()).toEqual(Array(2).fill([held, false]));
	}
});

test("a call and a callback interrupted each other: the agent's own call goes on hold, and who has a callback is given no call", async () => {
	const { queue, agent, id, own, calls, called, read } = await accepted();
	const waiting = await world.waiting(queue.id);
	await assignment().assign([queue.id]);
	expect((await now(waiting)).participants.some((one) => one.userId === agent)).toBe(false);
	const mine = await inCall(agent);
	await calls.mediaConnected(mine.id, party(mine, "user").id);
	await calls.mediaConnected(id, await called(number));
	expect(findCall(party(await now(mine), "user"))?.held).toBe(true);
	expect(findCall((await read()).participants.find((one) => one.id === own) as never)?.state).toBe("connected");
	expect(await world.status(agent)).toBe("INTERACTING");
});

test("moved while it rings: the alert is withdrawn and nobody becomes not responding; at the new time it is due once", async () => {
	const queue = await world.queue();
	const agent = await world.agent(queue.id);
	const made = await create(queue.id);
	await world.offer(made.id, queue.id, agent);
	const at = inMs(2 * hour);
	const moved = await world.conversations.callbacks.change(made.id, { callbackScheduledTime: at }, everything);
	expect(stateOf(moved)).toBe("scheduled");
	expect(await world.status(agent)).toBe("IDLE");
	await later(hour);
	expect(stateOf(await now(made))).toBe("scheduled");
	await later(hour);
	expect(stateOf(await now(made))).toBe("waiting");
	expect((await now(made)).participants.filter((one) => one.purpose === "acd" && isConnected(one))).toHaveLength(1);
});

test("only owner, creator and who may edit move or cancel one; who has it in hand is not disturbed by its owner", async () => {
	const queue = await world.queue();
	const [anna, stranger] = [await world.agent(queue.id), await world.agent(queue.id)];
	const made = await create(queue.id, { callbackScheduledTime: inMs(hour) }, creator(anna));
	const wanted = { callbackScheduledTime: inMs(2 * hour) };
	const ask = (by: Controller) => refusal(world.conversations.callbacks.change(made.id, wanted, by));
	expect(await ask(creator(stranger))).toMatchObject({ status: 403, code: "missing.permissions" });
	expect(await ask(as(stranger, "conversation:callback:edit"))).toBe("done");
	expect(await ask(creator(anna))).toBe("done");
	const theirs = world.conversations.ofMedium("callbacks");
	expect(await refusal(theirs.disconnect(made.id, as(stranger)))).toMatchObject({ status: 403 });
	expect(stateOf(await theirs.disconnect(made.id, as(anna)))).toBe("cancelled");
	await later(3 * hour);
	expect(stateOf(await now(made))).toBe("cancelled");
	const taken = await create(queue.id, {}, creator(anna));
	const own = party(await world.offer(taken.id, queue.id, stranger), "agent").id;
	await world.conversations.patchParticipant(taken.id, own, { state: "connected" }, as(stranger));
	expect(await refusal(theirs.disconnect(taken.id, as(anna)))).toMatchObject({ status: 403 });
});

test("a caller who leaves the line keeps their place: before who came later, and the call is over", async () => {
	const queue = await world.queue();
	const first = await world.waiting(queue.id);
	world.kernel.clock.advance(minute);
	const second = await world.waiting(queue.id);
	world.kernel.clock.advance(minute);
	const kept = await world.conversations.callbacks.keepPlace(first.id, "+31201234567");
	expect((await now(first)).endTime).toBeDefined();
	expect(party(kept, "acd").internal.waitingSince).toBe(party(first, "acd").internal.waitingSince);
	const agent = await world.agent(queue.id);
	await assignment().assign([queue.id]);
	expect(party(await now(kept), "agent").userId).toBe(agent);
	expect((await now(second)).participants.some((one) => one.userId === agent)).toBe(false);
	expect(await refusal(world.conversations.callbacks.keepPlace(first.id, "+31201234567"))).toMatchObject({
		status: 400,
	});
});

test("one callback took an agent's whole call history", async () => {
	const queue = await world.queue();
	const agent = await world.agent(queue.id);
	const made = await create(queue.id);
	await world.offer(made.id, queue.id, agent);
	const rows = async () => {
		const { conversations } = await world.conversations.historyOf(agent, { limit: 10, offset: 0 });
		return conversations.map((one) => callHistory(one, agent, new Map()));
	};
	expect(await rows()).toMatchObject([{ id: made.id, wasCallback: true, missedCall: false }]);
	await world.conversations.disconnect(made.id, {});
	expect(await rows()).toMatchObject([{ id: made.id, wasCallback: true, missedCall: false }]);
	const { agent: other, id, calls, called } = await accepted();
	await calls.mediaConnected(id, await called(number));
	const { conversations } = await world.conversations.historyOf(other, { limit: 1, offset: 0 });
	const [row] = conversations.map((one) => callHistory(one, other, new Map()));
	expect(row?.participants.find((one) => one.purpose === "agent")).toMatchObject({ didInteract: true });
});

test("under the path of another medium a callback is unknown, as a call is under that of callbacks", async () => {
	const queue = await world.queue();
	const callback = await create(queue.id);
	const call = await world.waiting(queue.id);
	const { calls, callbacks } = {
		calls: world.conversations.ofMedium("calls"),
		callbacks: world.conversations.ofMedium("callbacks"),
	};
	expect(await calls.get(callback.id)).toBeUndefined();
	expect(await callbacks.get(call.id)).toBeUndefined();
	expect(await refusal(calls.disconnect(callback.id, {}))).toMatchObject({ status: 404 });
	expect(await refusal(callbacks.disconnect(call.id, {}))).toMatchObject({ status: 404 });
	expect((await callbacks.live()).map((one) => one.id)).toContain(callback.id);
});

test("answers and events of callbacks, and of the call within, have the shapes of the SDK's types", async () => {
	const { id, calls, called, read } = await accepted();
	await calls.mediaConnected(id, await called(number));
	const talking = await read();
	const call = (await world.conversations.ofMedium("calls").get(id)) as Conversation;
	expect(departures("CallbackConversation", restMediaConversation(talking))).toEqual([]);
	expect(departures("ConversationCallbackEventTopicCallbackConversation", mediaConversationEvent(talking))).toEqual([]);
	expect(departures("Conversation", restConversation(talking))).toEqual([]);
	const beyond = departures("ConversationEventTopicConversation", conversationEvent(talking));
	expect(beyond, "the start alone is beyond the SDK's type").toEqual(["/inlayStartTime is no key of the model"]);
	expect(departures("CallConversation", restMediaConversation(call))).toEqual([]);
	expect(departures("ConversationCallEventTopicCallConversation", mediaConversationEvent(call))).toEqual([]);
});

const automatic = {
	...defaultQueueSettings,
	mediaSettings: { callback: { enableAutoDialAndEnd: true, autoDialDelaySeconds: 5, autoEndDelaySeconds: 10 } },
};

test("a callback that was accepted was never called by itself, and stayed open after its call", async () => {
	const { id, calls, read } = await accepted({}, automatic);
	expect(factsOf(await read()).dialsAt).toBe(inMs(5_000));
	await later(5_000);
	expect(stateOf(await read())).toBe("dialing");
	await calls.mediaConnected(id, party(await read(), "agent").id);
	const reached = (await read()).participants.findLast((one) => one.address === number && one.calls)?.id ?? "";
	await calls.mediaConnected(id, reached);
	await calls.partyLeft(id, reached, "peer");
	expect(factsOf(await read())).toMatchObject({ endsAt: inMs(10_000) });
	await later(9_000);
	expect(stateOf(await read())).toBe("accepted");
	await later(1_000);
	expect(stateOf(await read())).toBe("wrapUp");
});

test("who moves it, or is without a phone, is not called for by itself", async () => {
	const moved = await accepted({}, automatic);
	await world.conversations.callbacks.change(moved.id, { callbackScheduledTime: inMs(hour) }, everything);
	const away = await accepted({}, automatic);
	world.phones.signOut(away.agent);
	await later(5_000);
	expect(factsOf(await moved.read()).attempts).toEqual([]);
	expect(stateOf(await away.read())).toBe("accepted");
	const { dialsAt, notDialed } = callbackView(await away.read());
	expect([dialsAt, notDialed], "who has it in hand is told why nothing was called").toEqual([undefined, "phone"]);
});

test("a number that could not be read was tried by the timer for ever", async () => {
	expect(["12", "+112", "+4915123456789;ext=7", number].map(dialableAgreed)).toEqual([
		undefined,
		undefined,
		undefined,
		number,
	]);
	const { id, read } = await accepted({}, automatic);
	// As it may stand in what was agreed upon by an older server.
	await sql`update conversations set document = replace(document::text, ${number}, '+112')::jsonb where id = ${id}`.execute(
		world.kernel.database.db,
	);
	await later(5_000);
	expect(factsOf(await read())).toMatchObject({ notDialed: "number", attempts: [] });
	expect(stateOf(await read())).toBe("accepted");
});

test("a colleague who was asked in the call of a callback did not answer, and the consult rang on for ever", async () => {
	const { queue, agent, id, calls, called, read } = await accepted();
	const customer = await called(number);
	await calls.mediaConnected(id, customer);
	const userId = await world.agent(queue.id);
	await calls.consults.start(id, customer, { userId, speakTo: "DESTINATION" }, { ...everything, userId: agent });
	expect((await read()).internal.consult?.stage).toBe("ringing");
	await later(31_000);
	expect((await read()).internal.consult?.stage).toBe("failed");
	expect((await read()).recentTransfers.at(-1)?.state).toBe("Failed");
});

test("one that was moved by whoever had it in hand was shown as after-call work, and not from when it was moved", async () => {
	const { id, own, read } = await accepted();
	const before = factsOf(await read()).scheduledAt;
	const moved = await world.conversations.callbacks.change(id, { callbackScheduledTime: inMs(hour) }, everything);
	expect(moved.participants.find((one) => one.id === own)?.wrapupRequired).toBe(true);
	expect(stateOf(moved)).toBe("scheduled");
	expect(factsOf(moved)).toMatchObject({ movedFrom: before, scheduledAt: inMs(hour) });
});

test("an owner heard nothing before the callback was due, and nothing before others got it", async () => {
	const queue = await world.queue(undefined, "home", owning("queue"));
	const anna = await world.agent(queue.id);
	await inCall(anna);
	const from = await world.kernel.newest();
	const warnings = async () =>
		(await world.kernel.told(from)).flatMap((one) => (one.type === "callback.warning" ? one.data : []));
	const { id } = await create(queue.id, { agentId: anna, owned: true, callbackScheduledTime: inMs(hour) });
	await later(44 * minute);
	expect(await warnings()).toEqual([]);
	await later(minute);
	expect(await warnings()).toEqual([{ conversationId: id, of: "due", userId: anna }]);
	await later(15 * minute + 2 * hour - 16 * minute);
	expect(await warnings()).toHaveLength(1);
	await later(minute);
	expect((await warnings()).at(-1)).toEqual({ conversationId: id, of: "owner", userId: anna });
	await create(queue.id, { agentId: anna, callbackScheduledTime: inMs(10 * minute) });
	await later(10 * minute);
	expect(await warnings(), "nobody is warned of what they have just chosen").toHaveLength(2);
});

test("a customer who called in before their callback was due was called back all the same", async () => {
	const queue = await world.queue();
	const [anna, ben] = [await world.agent(queue.id), await world.agent(queue.id)];
	const ada = "+31201234567";
	const made = await create(queue.id, { callbackNumbers: [ada], callbackScheduledTime: inMs(3 * hour) }, creator(ben));
	const { id } = await world.waiting(queue.id);
	const rung = await world.offer(id, queue.id, anna);
	const { callbacks } = world.conversations;
	const expected = async () => (await callbacks.expected(id, creator(anna))).filter((one) => one.id === made.id);
	expect(await expected()).toMatchObject([{ scheduledAt: inMs(3 * hour), queueName: queue.name }]);
	expect(await refusal(callbacks.cancelExpected(id, made.id, creator(anna))), "it rings only").toMatchObject({
		status: 403,
	});
	await world.conversations.calls.mediaConnected(id, party(rung, "agent").id);
	const other = await create(queue.id, { callbackScheduledTime: inMs(3 * hour) });
	expect(await refusal(callbacks.cancelExpected(id, other.id, creator(anna))), "another customer's").toMatchObject({
		status: 404,
	});
	await callbacks.cancelExpected(id, made.id, creator(anna));
	expect(stateOf(await now(made))).toBe("cancelled");
	expect(await expected()).toEqual([]);
});

test("the hours at which people like to be called were told to the agent and held by nobody", async () => {
	const queue = await world.queue();
	const at = (text: string) => refusal(create(queue.id, { callbackScheduledTime: text, zone: "America/New_York" }));
	const day = inMs(48 * hour).slice(0, 10);
	expect(await at(`${day}T06:00:00Z`)).toBe("done");
	world.rulesOfCalling.windowEnforced = true;
	try {
		const code = "callback.time.outsideWindow";
		expect(await at(`${day}T06:00:00Z`)).toEqual({ status: 400, code, field: "callbackScheduledTime" });
		expect(await at(`${day}T13:00:00Z`)).toBe("done");
		const byNumber = create(queue.id, { callbackScheduledTime: `${day}T04:00:00Z`, callbackNumbers: ["+4930123456"] });
		expect(await refusal(byNumber), "the number's country says where they are").toMatchObject({ code });
	} finally {
		world.rulesOfCalling.windowEnforced = false;
	}
});

test("who calls was taken as it came and shown to nobody, and a call's attributes were not the customer's", async () => {
	const wrong = create((await world.queue()).id, { callerId: "Support" });
	expect(await refusal(wrong)).toMatchObject({ status: 400, field: "callerId" });
	const wish = { callerId: "+1 317 555 0100", callerIdName: "Support", scriptId: "s1", data: { order: "17" } };
	const { id, calls, called, read } = await accepted(wish);
	const shown = restConversation(await read()).participants[0]?.callbacks?.[0];
	expect(shown).toMatchObject({ callerId: "+13175550100", callerIdName: "Support", scriptId: "s1" });
	await calls.mediaConnected(id, await called(number));
	const far = (await read()).participants.findLast((one) => one.address === number && one.calls);
	expect(far).toMatchObject({ ani: "+13175550100", aniName: "Support", attributes: { order: "17" } });
});
