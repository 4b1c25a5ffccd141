import { afterAll, beforeAll, expect, test } from "vitest";
import { messagesOf } from "../conversations/message/model.ts";
import { communicationOf, isConnected, isStaff, waitingAcd } from "../conversations/model.ts";
import { mediaConversationEvent, restMediaConversation } from "../conversations/projection/flat.ts";
import { conversationWorld, type World } from "../conversations/test-support/world.ts";
import { lastAgentOf } from "../conversations/written/parties.ts";
import { createAssignment } from "../routing/assignment.ts";
import type { QueueSettings } from "../routing/queue-model.ts";
import { defaultUtilization } from "../routing/utilization-model.ts";
import type { FakeClock } from "../test-support/fake-clock.ts";
import { createAddresses } from "./addresses.ts";
import { createMessaging, type Messaging } from "./messaging.ts";
import type { MessageAddress } from "./model.ts";
import { readTime } from "./open-routes.ts";
import { MessageRefused } from "./provider.ts";
import { fakeProvider } from "./test-support/fake-provider.ts";

let world: World;
let messaging: Messaging;
let assignment: ReturnType<typeof createAssignment>;
let numbers = 100;
const provider = fakeProvider();
beforeAll(async () => {
	world = await conversationWorld();
	messaging = createMessaging(world.kernel, {
		conversations: world.conversations,
		country: async () => "DE",
		namesOf: async () => new Map(),
		organizationId: async () => "org",
		providers: { simulator: provider, open: provider },
		paceMs: 0,
	});
	assignment = createAssignment(world.kernel, { ...world.assignmentDeps, conversations: world.conversations });
});
afterAll(async () => {
	await messaging.stop();
	await world.close();
});

const carol = "+4915123456789";
const minute = 60_000;
const hour = 60 * minute;
const { clock } = { clock: { advance: (ms: number) => (world.kernel.clock as FakeClock).advance(ms) } };

/** A queue that is written to by a number of its own, and an agent who works for it. */
const acwSettings = { wrapupPrompt: "MANDATORY" } as const;

async function story(threadingHours = 72, settings?: QueueSettings) {
	const queue = await world.queue(acwSettings, "home", settings);
	const agent = await world.agent(queue.id);
	const address: MessageAddress = {
		id: `address-${++numbers}`,
		name: `Number ${numbers}`,
		channel: "sms",
		address: `+4930123${numbers}`,
		queueId: queue.id,
		provider: "simulator",
		settings: { threadingHours, optOutText: "You are out.", optInText: "You are in.", helpText: "Help." },
		version: 1,
	};
	await world.kernel.database.change((trx) => messaging.addresses.store.save(trx, address));
	return { queue, agent, address, by: { userId: agent } };
}
type Story = Awaited<ReturnType<typeof story>>;

const write = ({ address }: Story, text: string, providerId?: string) =>
	messaging.receive(address, { their: carol, text, ...(providerId ? { providerId } : {}) });

async function read(conversationId: string | undefined) {
	const found = await world.conversations.get(conversationId ?? "");
	if (!found) throw new Error(`No conversation ${conversationId}.`);
	return found;
}

async function answered(story: Story, conversationId: string | undefined) {
	await world.offer(conversationId ?? "", story.queue.id, story.agent);
	const own = (await read(conversationId)).participants.findLast(isStaff);
	await world.conversations.patchParticipant(
		conversationId ?? "",
		own?.id ?? "",
		{ state: "connected" },
		{ userId: story.agent },
	);
	return partOf(conversationId);
}

/** The agent's communication. */
async function partOf(conversationId: string | undefined) {
	const own = (await read(conversationId)).participants.findLast((one) => isStaff(one) && isConnected(one));
	if (!own) throw new Error("Nobody has it in hand.");
	return { participantId: own.id, communicationId: communicationOf(own).id };
}

/** What is due is sent. */
async function sent() {
	await world.kernel.jobs.runDue();
	await messaging.outbox.idle();
}

async function reply(story: Story, conversationId: string | undefined, text: string) {
	const { communicationId } = await partOf(conversationId);
	const message = await messaging.write(conversationId ?? "", communicationId, text, story.by);
	await sent();
	return message.id;
}

async function end(story: Story, conversationId: string | undefined) {
	const { participantId } = await partOf(conversationId);
	await world.conversations.patchParticipant(conversationId ?? "", participantId, { state: "disconnected" }, story.by);
}

test("a customer's text waits in the queue of its number, is answered, and goes on with whoever has it in hand", async () => {
	const one = await story();
	const first = await write(one, "Where is my order?");
	const waiting = await read(first.conversationId);
	expect(waitingAcd(waiting)?.queueId).toBe(one.queue.id);
	await answered(one, waiting.id);
	expect((await write(one, "It is order 77")).conversationId).toBe(waiting.id);
	const replied = await reply(one, waiting.id, "It comes today.");
	expect(provider.got.get(replied)).toBe("It comes today.");
	const now = await read(waiting.id);
	const [customer] = now.participants;
	expect(customer && messagesOf(customer).messages.map(({ messageStatus }) => messageStatus)).toEqual([
		"received",
		"received",
	]);
	const agentsOwn = restMediaConversation(now).participants.at(-1);
	expect(agentsOwn).toMatchObject({
		type: "sms",
		messages: [{ messageId: replied, messageStatus: "sent", messageSegmentCount: 1 }],
	});
	expect(JSON.stringify(mediaConversationEvent(now))).not.toContain("It comes today");
	expect(mediaConversationEvent(now).participants.at(-1)).toMatchObject({ messages: [{ message: { id: replied } }] });
	const { messages } = await messaging.threadOf(now.internal.exchange?.threadId ?? "", 50);
	expect(messages.map(({ text }) => text)).toEqual(["Where is my order?", "It is order 77", "It comes today."]);
});

test("SM-2: a receipt that comes before the answer to the send ends in delivery-success, and a later one lowers nothing", async () => {
	const one = await story();
	const conversation = await messaging.begin(one.address, { their: carol, goOn: false }, one.by);
	provider.beforeAnswer((providerId) =>
		messaging.outbox.receipt(one.address, providerId, { status: "delivery-success" }),
	);
	const id = await reply(one, conversation.id, "Hello");
	provider.beforeAnswer(async () => {});
	expect((await messaging.find(id))?.status).toBe("delivery-success");
	await messaging.outbox.receipt(one.address, `p-${id}`, { status: "sent" });
	await messaging.outbox.receipt(one.address, `p-${id}`, { status: "delivery-failed" });
	expect((await messaging.find(id))?.status).toBe("delivery-success");
	await messaging.outbox.receipt(one.address, `p-${id}`, { status: "read" });
	const agent = (await read(conversation.id)).participants.findLast(isStaff);
	expect(agent && messagesOf(agent).messages).toMatchObject([{ messageId: id, messageStatus: "read" }]);
});

test("SM-3: an answer after 71 h 59 min is the same conversation, the last agent first; after 72 h 1 min a new one", async () => {
	const one = await story();
	const { conversationId } = await write(one, "Hello");
	await answered(one, conversationId);
	await end(one, conversationId);
	expect((await read(conversationId)).endTime).toBeDefined();
	clock.advance(72 * hour - minute);
	expect((await write(one, "Still there?")).conversationId).toBe(conversationId);
	const again = await read(conversationId);
	expect(again.endTime).toBeUndefined();
	expect(again.internal.routing?.preferredUserIds).toEqual([one.agent]);
	expect(lastAgentOf(again)?.userId).toBe(one.agent);
	await answered(one, conversationId);
	await end(one, conversationId);
	clock.advance(72 * hour + minute);
	expect((await write(one, "And now?")).conversationId).not.toBe(conversationId);
});

test("who wrote again was offered to their last agent, though the queue says that nobody is asked first", async () => {
	const one = await story(72, { mediaSettings: {}, acwSettings, lastAgentRoutingMode: "Disabled" });
	const { conversationId } = await write(one, "Hello");
	await answered(one, conversationId);
	await end(one, conversationId);
	await write(one, "Still there?");
	expect((await read(conversationId)).internal.routing?.preferredUserIds).toBeUndefined();
});

test("a number without a threading window begins anew with every answer", async () => {
	const one = await story(0);
	const { conversationId } = await write(one, "Hello");
	await answered(one, conversationId);
	await end(one, conversationId);
	expect((await write(one, "Again")).conversationId).not.toBe(conversationId);
});

test("SM-4: STOP takes the customer out, is confirmed once and wakes nobody; START takes them in again", async () => {
	const one = await story();
	const stopped = await write(one, " Stop. ");
	expect(stopped.conversationId).toBeUndefined();
	await write(one, "STOP");
	await sent();
	expect([...provider.got.values()].filter((text) => text === "You are out.")).toHaveLength(1);
	const beginning = () => messaging.begin(one.address, { their: carol, goOn: false }, one.by);
	await expect(beginning()).rejects.toMatchObject({ status: 409, code: "message.recipient.optedOut" });
	const plea = await write(one, "please stop calling me");
	expect(waitingAcd(await read(plea.conversationId))?.queueId).toBe(one.queue.id);
	await answered(one, plea.conversationId);
	const { communicationId } = await partOf(plea.conversationId);
	const writing = () => messaging.write(plea.conversationId ?? "", communicationId, "Hello", one.by);
	await expect(writing()).rejects.toMatchObject({ code: "message.recipient.optedOut" });
	const optedOutAt = async () => messaging.optedOutAt(await read(plea.conversationId));
	expect(await optedOutAt(), "whoever writes with them is told before they send").toBeInstanceOf(Date);
	await write(one, "START");
	expect(await optedOutAt()).toBeUndefined();
	await expect(writing()).resolves.toMatchObject({ status: "queued" });
});

test("SM-5: who waits or is written with by a colleague is not written to; what is open and nobody's is gone on with", async () => {
	const one = await story();
	const { conversationId } = await write(one, "Hello");
	const begin = (goOn: boolean) => messaging.begin(one.address, { their: carol, goOn }, one.by);
	await expect(begin(true)).rejects.toMatchObject({ status: 409, code: "message.conversation.busy" });
	await answered(one, conversationId);
	const other = await world.agent(one.queue.id);
	const byOther = messaging.begin(one.address, { their: carol, goOn: true }, { userId: other });
	await expect(byOther).rejects.toMatchObject({ code: "message.conversation.busy" });
	await end(one, conversationId);
	await expect(begin(false)).rejects.toMatchObject({ status: 409, code: "message.conversation.open" });
	expect((await begin(true)).id).toBe(conversationId);
	expect(await reply(one, conversationId, "Once more")).toBeDefined();
});

test("a message could be given by hand only to who had a phone on the line", async () => {
	const one = await story();
	world.phones.signOut(one.agent);
	const { conversationId = "" } = await write(one, "Hello?");
	const given = await world.conversations.assignByHand(conversationId, one.agent, { may: () => true });
	expect(given.participants.findLast(isStaff)).toMatchObject({ userId: one.agent });
});

test("SM-6: what fails twice and then goes is one message at the far end", async () => {
	const one = await story();
	const { id } = await messaging.begin(one.address, { their: carol, goOn: false }, one.by);
	const before = provider.tries();
	provider.fail(new Error("500"), new Error("500"));
	const message = await reply(one, id, "Try this");
	// What is written meanwhile goes behind it: the customer read the sentences in another order.
	const next = await reply(one, id, "And this");
	for (const wait of [1_000, 5_000]) {
		clock.advance(wait);
		await sent();
	}
	expect(provider.tries() - before).toBe(4);
	expect(await messaging.find(message)).toMatchObject({ status: "sent", attempts: 2 });
	expect([...provider.got.keys()].slice(-2)).toEqual([message, next]);
});

test("what is refused, or never gets through, has failed and says why, in the conversation too", async () => {
	const one = await story();
	const { id } = await messaging.begin(one.address, { their: carol, goOn: false }, one.by);
	provider.fail(new MessageRefused({ code: "message.refused", message: "No such phone." }));
	const refused = await reply(one, id, "Refused");
	provider.fail(...Array.from({ length: 5 }, () => new Error("503")));
	const lost = await reply(one, id, "Lost");
	for (const wait of [1_000, 5_000, 30_000, 120_000]) {
		clock.advance(wait);
		await sent();
	}
	expect(await messaging.find(refused)).toMatchObject({ status: "failed", error: { message: "No such phone." } });
	expect(await messaging.find(lost)).toMatchObject({
		status: "failed",
		error: { code: "message.provider.unreachable" },
	});
	const agent = (await read(id)).participants.findLast(isStaff);
	expect(agent && messagesOf(agent).messages.map((one) => one.errorInfo?.code)).toEqual([
		"message.refused",
		"message.provider.unreachable",
	]);
});

test("what a killed server had left queued goes out at once, in its order, and not after two minutes", async () => {
	const one = await story();
	const { id } = await messaging.begin(one.address, { their: carol, goOn: false }, one.by);
	const { communicationId } = await partOf(id);
	const written = [];
	for (const text of ["One", "Two", "Three"])
		written.push((await messaging.write(id, communicationId, text, one.by)).id);
	await world.kernel.database.db.deleteFrom("jobs").where("kind", "=", "messaging.send").execute();
	await messaging.start();
	await messaging.outbox.idle();
	expect([...provider.got.keys()].slice(-3)).toEqual(written);
});

test("of receipts that come before the answer to the send the highest counts, in whatever order they come", async () => {
	const one = await story();
	const { id } = await messaging.begin(one.address, { their: carol, goOn: false }, one.by);
	provider.beforeAnswer(async (providerId) => {
		for (const status of ["read", "delivery-success", "sent"] as const)
			await messaging.outbox.receipt(one.address, providerId, { status });
	});
	const message = await reply(one, id, "Hello");
	provider.beforeAnswer(async () => {});
	expect((await messaging.find(message))?.status).toBe("read");
});

test("who wrote STOP got messages again once the number had been deleted and added anew", async () => {
	const one = await story();
	await write(one, "STOP");
	await messaging.addresses.remove(one.address.id, undefined, {});
	const again = { ...one.address, id: `${one.address.id}-again` };
	await world.kernel.database.change((trx) => messaging.addresses.store.save(trx, again));
	const beginning = messaging.begin(again, { their: carol, goOn: false }, one.by);
	await expect(beginning).rejects.toMatchObject({ code: "message.recipient.optedOut" });
	const { name, channel, address, queueId, provider: by } = one.address;
	const late = messaging.addresses.change(
		one.address.id,
		{ name, channel, address, queueId, provider: by },
		undefined,
		{},
	);
	await expect(late).rejects.toMatchObject({ status: 404 });
});

test("an exchange in hand is handed to a colleague whose phone is off", async () => {
	const one = await story();
	const { conversationId = "" } = await write(one, "Hello");
	const { participantId } = await answered(one, conversationId);
	const other = await world.agent(one.queue.id);
	world.phones.signOut(other);
	await world.conversations.transfer(conversationId, participantId, { userId: other }, one.by);
	expect((await read(conversationId)).participants.at(-1)).toMatchObject({ userId: other });
});

test("a channel that numbers per customer: the second customer's first message was thrown away, or answered 500", async () => {
	const one = await story();
	const arrival = (their: string) => messaging.receive(one.address, { their, text: `I am ${their}`, providerId: "1" });
	const found = await Promise.all(["ada", "bob", "cy"].map(arrival));
	expect(new Set(found.map(({ conversationId }) => conversationId)).size).toBe(3);
});

test("what a customer's program adds to a later message was dropped", async () => {
	const one = await story();
	const { conversationId } = await messaging.receive(one.address, {
		their: carol,
		text: "Hello",
		attributes: { a: "1" },
	});
	await messaging.receive(one.address, { their: carol, text: "Again", attributes: { b: "2" } });
	expect((await read(conversationId)).participants[0]?.attributes).toEqual({ a: "1", b: "2" });
});

test("SM-7: the same message of a provider three times, twice of them at once, is one", async () => {
	const one = await story();
	const [a, b] = await Promise.all([write(one, "Once", "w1"), write(one, "Once", "w1")]);
	const c = await write(one, "Once", "w1");
	expect(new Set([a.id, b.id, c.id]).size).toBe(1);
	const [customer] = (await read(a.conversationId)).participants;
	expect(customer && messagesOf(customer).messages).toHaveLength(1);
});

test("a message is too long by its texts, empty, or somebody else's: it is refused whole", async () => {
	const one = await story();
	const { id } = await messaging.begin(one.address, { their: carol, goOn: false }, one.by);
	const { communicationId } = await partOf(id);
	const trying = (text: string, userId = one.agent) => messaging.write(id, communicationId, text, { userId });
	await expect(trying("a".repeat(766))).rejects.toMatchObject({ status: 400, code: "message.too.long" });
	await expect(trying("ж".repeat(336))).rejects.toMatchObject({ code: "message.too.long" });
	await expect(trying("  ")).rejects.toMatchObject({ status: 400 });
	await expect(trying("Hello", await world.agent(one.queue.id))).rejects.toMatchObject({ status: 403 });
	await expect(
		messaging.begin(one.address, { their: "+4915100000000", goOn: false }, { userId: await world.agent() }),
	).rejects.toMatchObject({ status: 400 });
});

test("a text is offered to who is on queue, though their phone is off", async () => {
	const one = await story();
	world.phones.signOut(one.agent);
	const { conversationId } = await write(one, "Hello");
	await assignment.start();
	await expect
		.poll(async () => (await read(conversationId)).participants.some((party) => party.userId === one.agent))
		.toBe(true);
	await assignment.stop();
});

test("a simulated phone of a demo of before was shown, and texts went out by it, where there is no demo", async () => {
	const { address, queue } = await story();
	const among = (config: Partial<typeof world.kernel.config>) =>
		createAddresses({ ...world.kernel, config: { ...world.kernel.config, ...config } }, async () => "DE");
	const [withDemo, without] = [among({ demo: true }), among({ demo: false })];
	expect(await withDemo.ofQueue(queue.id, "sms")).toMatchObject([{ id: address.id }]);
	expect((await withDemo.all()).map(({ id }) => id)).toContain(address.id);
	expect(await without.ofQueue(queue.id, "sms")).toEqual([]);
	expect((await without.all()).map(({ id }) => id)).not.toContain(address.id);
	await expect(without.require(address.id)).rejects.toMatchObject({ status: 404 });
	// Nobody could take it away, and so nobody could end the queue but by force.
	const keeping = (addresses: typeof without) =>
		world.kernel.database.change((trx) => addresses.numbersInto(trx, queue.id));
	expect(await keeping(withDemo)).toMatchObject([{ what: address.name }]);
	expect(await keeping(without)).toEqual([]);
});

test("a program's message was of a year in which nobody wrote it", () => {
	const now = new Date("2026-11-27T12:00:00Z");
	for (const text of ["2026-11-27T11:59:00Z", "2026-11-28T11:00:00.000+01:00", "2026-10-29T00:00:00Z"])
		expect(readTime(text, now)).toEqual(new Date(text));
	for (const text of ["2010-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "2026-10-27T00:00:00Z", "2026-13-01T00:00:00Z"])
		expect(() => readTime(text, now), text).toThrow(/^channel\.time must be/);
});

const silence = { warnAfterMinutes: 8, endAfterMinutes: 10, warnText: "Still there?", endText: "We end here." };

/** An agent has answered a customer of an address with that rule. */
async function unanswered() {
	const one = await story();
	const { address } = one;
	const settings = { ...address.settings, silence };
	await world.kernel.database.change((trx) => messaging.addresses.store.save(trx, { ...address, settings }));
	const { conversationId = "" } = await write(one, "Hello");
	await answered(one, conversationId);
	await reply(one, conversationId, "What is your number?");
	const spent = async (minutes: number) => {
		clock.advance(minutes * minute);
		await sent();
	};
	const said = async () => {
		const { messages } = await messaging.threadOf((await read(conversationId)).internal.exchange?.threadId ?? "", 50);
		return messages.filter(({ isAutomatic }) => isAutomatic).map(({ text }) => text);
	};
	return { one, conversationId, spent, said };
}

test("SM-9: a customer who leaves the agent without an answer is warned at 8 minutes, and at 10 the conversation ends for both", async () => {
	const { conversationId, spent, said } = await unanswered();
	await spent(7.9);
	expect(await said()).toEqual([]);
	await spent(0.2);
	expect(await said()).toEqual(["Still there?"]);
	expect([...provider.got.values()]).toContain("Still there?");
	expect((await read(conversationId)).endTime).toBeUndefined();
	await spent(2);
	expect(await said()).toEqual(["Still there?", "We end here."]);
	const ended = await read(conversationId);
	expect(ended.endTime).toBeDefined();
	expect(ended.participants.findLast(isStaff)).toMatchObject({ wrapupRequired: true, userId: expect.any(String) });
	expect(communicationOf(ended.participants.findLast(isStaff) ?? expect.fail()).disconnectType).toBe("inactivity");
});

test("a customer who answers, or waits for an agent, is not called silent; their next silence counts from the agent's next message", async () => {
	const { one, conversationId, spent, said } = await unanswered();
	await spent(9);
	expect(await said()).toEqual(["Still there?"]);
	await write(one, "Sorry, here I am");
	await spent(60);
	expect((await read(conversationId)).endTime).toBeUndefined();
	await reply(one, conversationId, "And your number?");
	await spent(9);
	expect(await said()).toEqual(["Still there?", "Still there?"]);
	// Handed back to the queue: the silence is ours.
	const { participantId } = await partOf(conversationId);
	await world.conversations.transfer(conversationId, participantId, { queueId: one.queue.id }, one.by);
	await spent(60);
	expect((await read(conversationId)).endTime).toBeUndefined();
	expect(await said()).toHaveLength(2);
});

test("a second text was not to be had by hand by who takes several at a time", async () => {
	const [one, two, third] = [await story(), await story(), await story()];
	const by = { userId: one.agent, may: () => true };
	const take = async (of: Story) => {
		const { conversationId = "" } = await write(of, "Hello");
		return world.conversations.assignByHand(conversationId, one.agent, by);
	};
	await take(one);
	await expect(take(two)).rejects.toMatchObject({ status: 400, options: { details: [{ fieldName: "id" }] } });
	const pairs = { maximumCapacity: 2, interruptableMediaTypes: [], includeNonAcd: false };
	world.takes(one.agent, { ...defaultUtilization, message: pairs });
	expect((await take(two)).participants.findLast(isStaff)?.userId).toBe(one.agent);
	await expect(take(third)).rejects.toMatchObject({ status: 400 });
});

test("a message that was answered stood in the call history, as a call that was declined", async () => {
	const at = await story();
	const { conversationId } = await write(at, "Hello");
	await answered(at, conversationId);
	const page = await world.conversations.historyOf(at.agent, { limit: 10, offset: 0 });
	expect([page.total, page.conversations]).toEqual([0, []]);
});

test.each([
	"https://hooks.example:0/",
	"https://@hooks.example/",
	"https:\\\\@hooks.example/",
	"https://../",
	"https://-/",
])("a webhook that nobody could call was saved: %s", async (webhookUrl) => {
	const { id } = await world.queue();
	const wish = { channel: "open" as const, provider: "open" as const, queueId: id };
	const named = { name: webhookUrl, address: webhookUrl, settings: { webhookUrl } };
	await expect(messaging.addresses.create({ ...wish, ...named })).rejects.toMatchObject({
		status: 400,
		options: { details: [expect.objectContaining({ fieldName: "settings.webhookUrl" })] },
	});
});
