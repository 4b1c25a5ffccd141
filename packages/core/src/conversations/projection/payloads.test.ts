import { afterAll, beforeAll, expect, test } from "vitest";
import { departures } from "../../test-support/platform-shape.ts";
import { callOf } from "../call/model.ts";
import type { Conversation } from "../model.ts";
import { party } from "../test-support/parties.ts";
import { conversationWorld, type World } from "../test-support/world.ts";
import { mediaConversationEvent, restMediaConversation } from "./flat.ts";
import { restConversation } from "./generic.ts";
import { conversationEvent } from "./generic-event.ts";

let world: World;
beforeAll(async () => {
	world = await conversationWorld();
});
afterAll(() => world.close());

/** A call that was answered, held, taken back, ended and wrapped up, a second or more between each. */
async function wrappedUp(): Promise<Conversation> {
	const queue = await world.queue();
	const agent = await world.agent(queue.id);
	const by = { userId: agent, may: () => false };
	const { id } = await world.waiting(queue.id);
	const steps: Array<(own: string) => Promise<unknown>> = [
		(own) => world.conversations.calls.mediaConnected(id, own),
		(own) => world.conversations.patchParticipant(id, own, { held: true }, by),
		(own) => world.conversations.patchParticipant(id, own, { held: false }, by),
		(own) => world.conversations.patchParticipant(id, own, { state: "disconnected" }, by),
		(own) => world.conversations.wrapup(id, own, { code: queue.code.id, notes: "fine" }, by),
	];
	const own = party(await world.offer(id, queue.id, agent), "agent").id;
	for (const step of steps) {
		world.kernel.clock.advance(1000);
		await step(own);
	}
	const done = await world.conversations.get(id);
	if (!done) throw new Error("The conversation is gone.");
	return done;
}

test("calls had no time line: segments tell what each party did when", async () => {
	const rest = restConversation(await wrappedUp());
	const [customer, acd, agent] = rest.participants.map((one) => one.calls?.[0]?.segments ?? []);
	expect(agent?.map(({ type, howEnded }) => [type, howEnded])).toEqual([
		["alert", "interact"],
		["interact", "hold"],
		["hold", "interact"],
		["interact", "disconnect"],
	]);
	expect(agent?.every(({ startTime, endTime }) => endTime !== undefined && startTime < endTime)).toBe(true);
	expect(agent?.at(-1)?.disconnectType).toBe("client");
	expect(customer?.map(({ type }) => type)).toEqual(["alert", "interact"]);
	expect(acd?.map(({ type, disconnectType }) => [type, disconnectType])).toEqual([["interact", "transfer"]]);
});

test("calls had no peer: whose communication is on the other side", async () => {
	const done = await wrappedUp();
	const ids = new Map(done.participants.map((one) => [one.purpose, callOf(one).id]));
	const peers = (shown: { participants: Array<{ purpose: string; calls?: Array<{ peerId?: string }> }> }) =>
		shown.participants.map((one) => [one.purpose, one.calls?.[0]?.peerId]);
	const expected = [
		["customer", ids.get("agent")],
		["acd", ids.get("customer")],
		["agent", ids.get("customer")],
	];
	expect(peers(restConversation(done))).toEqual(expected);
	expect(peers(conversationEvent(done))).toEqual(expected);
	expect(mediaConversationEvent(done).participants.map((one) => [one.purpose, one.peer])).toEqual(expected);
	expect(restMediaConversation(done).participants.map((one) => [one.purpose, one.peer])).toEqual(expected);
});

test("queue settings, numbers and the wrap-up's name were missing from events and answers", async () => {
	const done = await wrappedUp();
	const settings = { alertingTimeoutSeconds: 20, enableAutoAnswer: false };
	const agent = restConversation(done).participants.at(-1);
	expect(agent).toMatchObject({ ani: "+31201234567", dnis: "+31800", address: "+31201234567" });
	expect(agent).toMatchObject({ conversationRoutingData: { priority: 0 }, calls: [{ queueMediaSettings: settings }] });
	const event = conversationEvent(done).participants.at(-1);
	expect(event).toMatchObject({ address: "+31201234567", wrapup: { name: "Solved" } });
	expect(event).toMatchObject({ conversationRoutingData: {}, calls: [{ queueMediaSettings: settings }] });
	const flat = mediaConversationEvent(done).participants.at(-1);
	expect(flat).toMatchObject({ ani: "+31201234567", queueMediaSettings: settings, wrapup: { name: "Solved" } });
});

test("answers and events have the shapes of the SDK's types; the wrap-up's name and the start of events are beyond them", async () => {
	const done = await wrappedUp();
	expect(departures("Conversation", wire(restConversation(done)))).toEqual([]);
	expect(departures("CallConversation", wire(restMediaConversation(done)))).toEqual([]);
	const beyond = (found: string[]) => found.filter((one) => !/\/(wrapup\/name|inlayStartTime) /.test(one));
	expect(beyond(departures("ConversationEventTopicConversation", wire(conversationEvent(done))))).toEqual([]);
	expect(beyond(departures("ConversationCallEventTopicCallConversation", wire(mediaConversationEvent(done))))).toEqual(
		[],
	);
});

test("the attributes of POST /conversations/calls stood with the caller, where no script looks for them", async () => {
	const agent = await world.agent();
	const attributes = { crmId: "42" };
	const dialed = await world.conversations.calls.dial({ userId: agent, phoneNumber: "+31201234567", attributes });
	expect(party(dialed, "user").attributes).toEqual(attributes);
	const ringing = await world.conversations.calls.mediaConnected(dialed.id, party(dialed, "user").id);
	expect(party(ringing, "external").attributes).toEqual(attributes);
	expect(party(ringing, "user")).toMatchObject({ attributes: {}, dnis: "+31201234567" });

	const colleague = await world.agent();
	const internal = await world.conversations.calls.dial({ userId: agent, callUserId: colleague, attributes });
	const called = await world.conversations.calls.mediaConnected(internal.id, party(internal, "user").id);
	expect(called.participants.at(-1)).toMatchObject({ userId: colleague, attributes });
});

function wire(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value));
}
