import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callOf } from "./call/model.ts";
import { connectedIn, party } from "./test-support/parties.ts";
import { conversationWorld, type World } from "./test-support/world.ts";

let world: World;
beforeAll(async () => {
	world = await conversationWorld();
});
afterAll(() => world.close());

const server = {};

const connected = (acwSettings?: Parameters<World["queue"]>[0]) => connectedIn(world, acwSettings);

test("a call comes in, waits, rings and is answered; the agent is INTERACTING", async () => {
	const { agent, own, conversation } = await connected();
	expect(callOf(party(conversation, "customer")).state).toBe("connected");
	expect(callOf(party(conversation, "acd"))).toMatchObject({ state: "disconnected", disconnectType: "transfer" });
	expect(callOf(party(conversation, "agent"))).toMatchObject({
		id: own.calls?.[0]?.id,
		state: "connected",
		direction: "inbound",
	});
	expect(await world.status(agent)).toBe("INTERACTING");
	expect((await world.conversations.liveForUser(agent)).map((one) => one.id)).toEqual([conversation.id]);
});

test("the agent hangs up: the customer is let go, and after-call work keeps the agent busy until the code is given", async () => {
	const { queue, agent, own, conversation } = await connected();
	const by = { userId: agent, may: () => false };
	const ended = await world.conversations.patchParticipant(conversation.id, own.id, { state: "disconnected" }, by);
	expect(ended.endTime).toBeDefined();
	expect(callOf(party(ended, "customer")).disconnectType).toBe("peer");
	expect(party(ended, "agent")).toMatchObject({ wrapupRequired: true, wrapupPrompt: "mandatory" });
	expect(callOf(party(ended, "agent")).afterCallWork?.state).toBe("pending");
	expect(await world.status(agent)).toBe("INTERACTING");
	expect(await world.conversations.liveForUser(agent)).toHaveLength(1);

	world.kernel.clock.advance(7_000);
	const wrapup = { code: queue.code.id, notes: "fine", tags: ["a"] };
	const done = await world.conversations.wrapup(conversation.id, own.id, wrapup, by);
	expect(party(done, "agent").wrapup).toMatchObject({ name: "Solved", durationSeconds: 7, notes: "fine" });
	expect(await world.status(agent)).toBe("IDLE");
	expect(await world.conversations.liveForUser(agent)).toHaveLength(0);
});

test("a code that the queue does not offer is refused and nothing is stored", async () => {
	const { agent, own, conversation } = await connected();
	const by = { userId: agent, may: () => false };
	await expect(world.conversations.wrapup(conversation.id, own.id, { code: "unknown" }, by)).rejects.toMatchObject({
		status: 400,
		options: { details: [{ fieldName: "wrapup.code" }] },
	});
	expect(party(await world.conversations.get(conversation.id), "agent").wrapup).toBeUndefined();
});

test("AC-2: after-call work with a time limit ends by itself, with the platform's code for it", async () => {
	const { agent, own, conversation } = await connected({ wrapupPrompt: "MANDATORY_TIMEOUT", timeoutMs: 5_000 });
	await world.conversations.partyLeft(conversation.id, own.id, "client");
	await world.kernel.jobs.runDue();
	expect(await world.status(agent)).toBe("INTERACTING");
	world.kernel.clock.advance(5_000);
	await world.kernel.jobs.runDue();
	expect(await world.status(agent)).toBe("IDLE");
	expect(party(await world.conversations.get(conversation.id), "agent").wrapup).toMatchObject({
		code: "ININ-WRAP-UP-TIMEOUT",
		durationSeconds: 5,
	});
});

test.each(["MANDATORY_TIMEOUT", "MANDATORY_FORCED_TIMEOUT"] as const)(
	"%s: a wrap-up whose time was over ended, by its own times, with the last key that was pressed",
	async (wrapupPrompt) => {
		const { queue, agent, own, conversation } = await connected({ wrapupPrompt, timeoutMs: 9_000 });
		const by = { userId: agent, may: () => false };
		await world.conversations.partyLeft(conversation.id, own.id, "client");
		world.kernel.clock.advance(2_000);
		const provisional = wrapupPrompt === "MANDATORY_TIMEOUT";
		await world.conversations.wrapup(conversation.id, own.id, { code: queue.code.id, notes: "a", provisional }, by);
		world.kernel.clock.advance(7_000);
		await world.kernel.jobs.runDue();
		const { wrapup, endAcwTime } = party(await world.conversations.get(conversation.id), "agent");
		expect(wrapup).toMatchObject({ notes: "a", durationSeconds: 9, endTime: endAcwTime, provisional: false });
	},
);

test("an optional wrap-up leaves the agent free at once, and may still be given", async () => {
	const { queue, agent, own, conversation } = await connected({ wrapupPrompt: "OPTIONAL" });
	await world.conversations.partyLeft(conversation.id, own.id, "client");
	expect(await world.status(agent)).toBe("IDLE");
	const done = await world.conversations.wrapup(conversation.id, own.id, { code: queue.code.id }, server);
	expect(party(done, "agent").wrapup?.code).toBe(queue.code.id);
});

test("a wrap-up that was sent after a mistaken Skip was refused, once the interaction was over", async () => {
	const { queue, agent, own, conversation } = await connected({ wrapupPrompt: "OPTIONAL" });
	const by = { userId: agent, may: () => false };
	await world.conversations.partyLeft(conversation.id, own.id, "client");
	const skipped = await world.conversations.patchParticipant(conversation.id, own.id, { wrapupSkipped: true }, by);
	expect(party(skipped, "agent").wrapup?.code).toBe("ININ-WRAP-UP-SKIPPED");
	expect(await world.conversations.liveForUser(agent)).toEqual([]);
	await world.conversations.wrapup(conversation.id, own.id, { code: queue.code.id, notes: "sold" }, by);
	const { wrapup, wrapupSkipped } = party(await world.conversations.get(conversation.id), "agent");
	expect(wrapup).toMatchObject({ code: queue.code.id, notes: "sold" });
	expect(wrapupSkipped).toBe(false);
});

test("AC-1: in the forced mode the code is set before, and the whole time is used", async () => {
	const forced = { wrapupPrompt: "MANDATORY_FORCED_TIMEOUT", timeoutMs: 30_000 };
	const { queue, agent, own, conversation } = await connected(forced);
	await world.conversations.partyLeft(conversation.id, own.id, "client");
	world.kernel.clock.advance(10_000);
	const by = { userId: agent, may: () => false };
	await world.conversations.wrapup(conversation.id, own.id, { code: queue.code.id, provisional: true }, by);
	const skip = world.conversations.patchParticipant(conversation.id, own.id, { wrapupSkipped: true }, by);
	await expect(skip).rejects.toMatchObject({ code: "conversation.error.invalid.state" });
	world.kernel.clock.advance(19_000);
	await world.kernel.jobs.runDue();
	expect(await world.status(agent)).toBe("INTERACTING");
	world.kernel.clock.advance(1_000);
	await world.kernel.jobs.runDue();
	expect(await world.status(agent)).toBe("IDLE");
	const { wrapup } = party(await world.conversations.get(conversation.id), "agent");
	expect(wrapup).toMatchObject({ code: queue.code.id, provisional: false });
});

test("timed after-call work is put off by half a minute, twice and no more, and only where it has an end", async () => {
	const timed = { wrapupPrompt: "MANDATORY_TIMEOUT", timeoutMs: 20_000 };
	const { agent, own, conversation } = await connected(timed);
	await world.conversations.partyLeft(conversation.id, own.id, "client");
	const by = { userId: agent, may: () => false };
	const extend = () => world.conversations.extendAfterCallWork(conversation.id, own.id, by);
	await extend();
	expect(party(await extend(), "agent").wrapupTimeoutMs).toBe(80_000);
	await expect(extend()).rejects.toMatchObject({ code: "conversation.error.invalid.state" });
	world.kernel.clock.advance(79_000);
	await world.kernel.jobs.runDue();
	expect(await world.status(agent)).toBe("INTERACTING");
	world.kernel.clock.advance(1_000);
	await world.kernel.jobs.runDue();
	expect(await world.status(agent)).toBe("IDLE");
});

test("optional after-call work keeps nobody from the next interaction, which ends it with the code for what was skipped", async () => {
	const { queue, agent, own, conversation } = await connected({ wrapupPrompt: "OPTIONAL" });
	await world.conversations.partyLeft(conversation.id, own.id, "client");
	expect((await world.conversations.liveForUser(agent)).map((one) => one.id)).toEqual([conversation.id]);
	const next = await world.waiting(queue.id);
	const ringing = party(await world.offer(next.id, queue.id, agent), "agent");
	await world.kernel.jobs.runDue();
	expect(await world.conversations.liveForUser(agent), "an offer ends nothing").toHaveLength(2);
	await world.conversations.calls.mediaConnected(next.id, ringing.id);
	await world.kernel.jobs.runDue();
	expect((await world.conversations.liveForUser(agent)).map((one) => one.id)).toEqual([next.id]);
	const { wrapup, wrapupSkipped } = party(await world.conversations.get(conversation.id), "agent");
	expect([wrapup?.code, wrapupSkipped]).toEqual(["ININ-WRAP-UP-SKIPPED", true]);
});

test("who leaves the queue during after-call work is OFF_QUEUE afterwards", async () => {
	const { queue, agent, own, conversation } = await connected();
	await world.conversations.partyLeft(conversation.id, own.id, "client");
	await world.kernel.database.change((trx) => world.routingStatus.setOnQueue(trx, agent, false));
	await world.conversations.wrapup(conversation.id, own.id, { code: queue.code.id }, server);
	expect(await world.status(agent)).toBe("OFF_QUEUE");
});

test("an agent who lets it ring becomes NOT_RESPONDING, and the customer keeps waiting since when they came", async () => {
	const queue = await world.queue();
	const agent = await world.agent(queue.id);
	const waiting = await world.waiting(queue.id);
	const offered = await world.offer(waiting.id, queue.id, agent);
	world.kernel.clock.advance(20_000);
	await world.kernel.jobs.runDue();
	const after = await world.conversations.get(waiting.id);
	expect(callOf(party(after, "agent"))).toMatchObject({ state: "disconnected", disconnectType: "transfer.noanswer" });
	expect(await world.status(agent)).toBe("NOT_RESPONDING");
	const row = await world.kernel.database.db
		.selectFrom("conversations")
		.select(["waiting_queue_id", "waiting_since"])
		.where("id", "=", waiting.id)
		.executeTakeFirstOrThrow();
	expect(row.waiting_queue_id).toBe(queue.id);
	expect(row.waiting_since?.toISOString()).toBe(party(offered, "acd").startTime);
});

test("an agent who refuses becomes NOT_RESPONDING; one whose caller gives up stays IDLE", async () => {
	const queue = await world.queue();
	const [refuser, patient] = [await world.agent(queue.id), await world.agent(queue.id)];
	const waiting = await world.waiting(queue.id);
	const first = party(await world.offer(waiting.id, queue.id, refuser), "agent");
	await world.conversations.patchParticipant(
		waiting.id,
		first.id,
		{ state: "disconnected" },
		{ userId: refuser, may: () => false },
	);
	expect(await world.status(refuser)).toBe("NOT_RESPONDING");

	await world.offer(waiting.id, queue.id, patient);
	const gone = await world.conversations.partyLeft(waiting.id, party(waiting, "customer").id, "endpoint");
	expect(gone.endTime).toBeDefined();
	expect(gone.participants.every((one) => callOf(one).state === "disconnected")).toBe(true);
	expect(await world.status(patient)).toBe("IDLE");
});

test("an agent's broken connection puts the customer back into the queue", async () => {
	const { queue, own, conversation } = await connected();
	const back = await world.conversations.partyLeft(conversation.id, own.id, "transport.failure");
	expect(back.endTime).toBeUndefined();
	expect(party(back, "acd")).toMatchObject({ queueId: queue.id, internal: { waitingSince: conversation.startTime } });
	expect(callOf(party(back, "acd")).state).toBe("connected");
});

test("dialing: the own phone first, then the other party, then both talk; COMMUNICATING, no wrap-up", async () => {
	const agent = await world.agent();
	const dialed = await world.conversations.calls.dial({ userId: agent, phoneNumber: "+31 20 765 43 21" });
	const own = party(dialed, "user");
	expect(callOf(own).state).toBe("contacting");
	expect(await world.status(agent)).toBe("COMMUNICATING");
	const ringing = await world.conversations.calls.mediaConnected(dialed.id, own.id);
	expect(callOf(party(ringing, "user")).state).toBe("dialing");
	expect(party(ringing, "external")).toMatchObject({ address: "+31207654321" });
	expect(callOf(party(ringing, "external")).state).toBe("dialing");
	const talking = await world.conversations.calls.mediaConnected(dialed.id, party(ringing, "external").id);
	expect(talking.participants.map((one) => callOf(one).state)).toEqual(["connected", "connected"]);
	const ended = await world.conversations.partyLeft(dialed.id, party(ringing, "external").id, "endpoint");
	expect(party(ended, "user").wrapupRequired).toBe(false);
	expect(await world.status(agent)).toBe("IDLE");
});

test("dialing on behalf of a queue makes the caller its agent, with after-call work", async () => {
	const queue = await world.queue();
	const agent = await world.agent(queue.id);
	const dialed = await world.conversations.calls.dial({
		userId: agent,
		phoneNumber: "+31207654321",
		callFromQueueId: queue.id,
	});
	const own = party(dialed, "agent");
	expect(await world.status(agent)).toBe("INTERACTING");
	const ringing = await world.conversations.calls.mediaConnected(dialed.id, own.id);
	await world.conversations.calls.mediaConnected(dialed.id, party(ringing, "customer").id);
	const ended = await world.conversations.partyLeft(dialed.id, own.id, "client");
	expect(callOf(party(ended, "agent")).afterCallWork?.state).toBe("pending");
});

test.each([
	["no target", {}, "phoneNumber"],
	["two targets", { phoneNumber: "123", callUserId: "x" }, "phoneNumber"],
	["no number", { phoneNumber: "call me" }, "phoneNumber"],
	["an unknown user", { callUserId: "nobody" }, "callUserId"],
	["an unknown queue", { callQueueId: "nowhere" }, "callQueueId"],
	["a queue that is not one's own", { phoneNumber: "123", callFromQueueId: "nowhere" }, "callFromQueueId"],
])("dialing with %s is refused", async (_what, target, fieldName) => {
	const agent = await world.agent();
	await expect(world.conversations.calls.dial({ userId: agent, ...target })).rejects.toMatchObject({
		status: 400,
		options: { details: [{ fieldName }] },
	});
	expect(await world.conversations.liveForUser(agent)).toHaveLength(0);
});

test("without a phone nobody dials or answers", async () => {
	const queue = await world.queue();
	const agent = await world.agent(queue.id);
	const waiting = await world.waiting(queue.id);
	const own = party(await world.offer(waiting.id, queue.id, agent), "agent");
	world.phones.signOut(agent);
	const refused = { status: 400, code: "conversation.error.phone.not.reachable" };
	await expect(world.conversations.calls.dial({ userId: agent, phoneNumber: "+31201234567" })).rejects.toMatchObject(
		refused,
	);
	const by = { userId: agent, may: () => false };
	await expect(
		world.conversations.patchParticipant(waiting.id, own.id, { state: "connected" }, by),
	).rejects.toMatchObject(refused);
	world.phones.signIn(agent);
	const answered = await world.conversations.patchParticipant(waiting.id, own.id, { state: "connected" }, by);
	expect(callOf(party(answered, "agent")).state).toBe("connected");
});

test("users call each other, and both are COMMUNICATING", async () => {
	const [caller, called] = [await world.agent(), await world.agent()];
	const dialed = await world.conversations.calls.dial({ userId: caller, callUserId: called });
	const ringing = await world.conversations.calls.mediaConnected(dialed.id, party(dialed, "user").id);
	expect(callOf(party(ringing, "user"))).toMatchObject({ state: "alerting", direction: "inbound" });
	await world.conversations.calls.mediaConnected(dialed.id, party(ringing, "user").id);
	expect([await world.status(caller), await world.status(called)]).toEqual(["COMMUNICATING", "COMMUNICATING"]);
	await world.conversations.partyLeft(dialed.id, party(dialed, "user").id, "client");
	expect([await world.status(caller), await world.status(called)]).toEqual(["IDLE", "IDLE"]);
});

test("only one's own part can be controlled; a supervisor may end others'", async () => {
	const { agent, own, conversation } = await connected();
	const stranger = { userId: await world.agent(), may: () => false };
	const refused = { status: 403, code: "conversation.error.not.conversation.participant" };
	const { conversations } = world;
	await expect(conversations.patchParticipant(conversation.id, own.id, { held: true }, stranger)).rejects.toMatchObject(
		refused,
	);
	await expect(
		conversations.patchParticipant(conversation.id, own.id, { state: "disconnected" }, stranger),
	).rejects.toMatchObject(refused);
	await expect(conversations.setAttributes(conversation.id, own.id, { a: "b" }, stranger)).rejects.toMatchObject(
		refused,
	);
	const supervisor = {
		userId: stranger.userId,
		may: (permission: string) => permission === "conversation:communication:disconnect",
	};
	await expect(
		conversations.patchParticipant(conversation.id, own.id, { muted: true }, supervisor),
	).rejects.toMatchObject(refused);
	await conversations.patchParticipant(conversation.id, own.id, { state: "disconnected" }, supervisor);
	await expect(
		conversations.patchParticipant(conversation.id, "nobody", { held: true }, { userId: agent, may: () => true }),
	).rejects.toMatchObject({ status: 404, code: "conversation.error.participant.not.found" });
});

test("recording needs its permission, and ends with the agent's part", async () => {
	const { agent, own, conversation } = await connected();
	const { conversations } = world;
	await expect(
		conversations.patchParticipant(conversation.id, own.id, { recording: true }, { userId: agent, may: () => false }),
	).rejects.toMatchObject({ status: 403, code: "missing.permissions" });
	const by = { userId: agent, may: () => true };
	const recorded = await conversations.patchParticipant(conversation.id, own.id, { recording: true }, by);
	expect(recorded).toMatchObject({
		recordingState: "ACTIVE",
		internal: { recordingId: callOf(party(recorded, "agent")).recordingId },
	});
	const paused = await conversations.setRecordingState(conversation.id, "PAUSED", by);
	expect(callOf(party(paused, "agent"))).toMatchObject({ recordingState: "paused", securePause: true });
	const ended = await conversations.partyLeft(conversation.id, own.id, "client");
	expect(ended.recordingState).toBe("NONE");
});

test("a change is announced to its users and queues in both shapes, with the digits as an event of their own", async () => {
	const { queue, agent, own, conversation } = await connected();
	const before = await world.mark();
	await world.conversations.calls.sendDigits(conversation.id, own.id, "12#", { userId: agent, may: () => false });
	await world.conversations.patchParticipant(
		conversation.id,
		own.id,
		{ held: true },
		{ userId: agent, may: () => false },
	);
	const events = await world.since(before);
	expect(events.map((one) => one.type)).toEqual(["conversation.digits", "conversation.changed"]);
	expect(events[0]?.data).toMatchObject({ participantId: party(conversation, "customer").id, digits: "12#" });
	const [generic, flat] = events[1]?.announcements ?? [];
	expect(generic?.topics).toEqual(
		expect.arrayContaining([`v2.users.${agent}.conversations`, `v2.routing.queues.${queue.id}.conversations`]),
	);
	expect(generic?.eventBody).toMatchObject({
		id: conversation.id,
		participants: expect.arrayContaining([
			expect.objectContaining({ userId: agent, calls: [expect.objectContaining({ held: true })] }),
		]),
	});
	expect(flat?.topics).toContain(`v2.users.${agent}.conversations.calls`);
	expect(flat?.eventBody).toMatchObject({
		participants: expect.arrayContaining([
			expect.objectContaining({ user: expect.objectContaining({ id: agent }), held: true }),
		]),
	});
	expect(JSON.stringify(events)).not.toContain("internal");
});

test("what documents begin and end to record is known before anything is written", async () => {
	const { agent, own, conversation } = await connected();
	const by = { userId: agent, may: () => true };
	const row = () =>
		world.kernel.database.db
			.selectFrom("recordings")
			.selectAll()
			.where("conversation_id", "=", conversation.id)
			.executeTakeFirst();
	await world.conversations.patchParticipant(conversation.id, own.id, { recording: true }, by);
	const begun = await row();
	expect(begun).toMatchObject({ kind: "user", agent_id: agent, state: "recording", ended_at: null });
	await world.conversations.patchParticipant(conversation.id, own.id, { recording: false }, by);
	expect(await row()).toMatchObject({ id: begun?.id, state: "processing", user_ids: [agent] });
});

test("what is told twice or too late changes nothing", async () => {
	const { own, conversation } = await connected();
	const before = await world.mark();
	expect(await world.conversations.calls.mediaConnected(conversation.id, own.id)).toEqual(conversation);
	await world.conversations.partyLeft(conversation.id, party(conversation, "acd").id, "endpoint");
	expect(await world.since(before)).toEqual([]);
});

describe("a number as people write it", () => {
	test.each([
		["+44 (0)20 7946 0958", "+442079460958", undefined],
		["tel:+1-317-555-0142;ext=45", "+13175550142", "45"],
		["317\u2011555\u20110142 ext. 45", "+13175550142", "45"],
		["+13175550142,,45", "+13175550142", ",45"],
	])("%s is dialled as %s, and %s sent after the answer", async (phoneNumber, address, digits) => {
		const agent = await world.agent();
		const dialed = await world.conversations.calls.dial({ userId: agent, phoneNumber });
		const ringing = await world.conversations.calls.mediaConnected(dialed.id, party(dialed, "user").id);
		expect(party(ringing, "external").address).toBe(address);
		await world.conversations.calls.mediaConnected(dialed.id, party(ringing, "external").id);
		const events = await world.kernel.told();
		const sent = events.filter((event) => event.type === "conversation.digits" && event.entityId === dialed.id);
		expect(sent.map((event) => (event.data as { digits: string }).digits)).toEqual(digits ? [`,${digits}`] : []);
	});

	test("two numbers in one field are not glued into one: somebody must choose", async () => {
		const asked = world.conversations.calls.dial({ userId: await world.agent(), phoneNumber: "317-555-0123 / 0124" });
		await expect(asked).rejects.toMatchObject({
			code: "several.numbers",
			message: expect.stringContaining("+13175550123, +13175550124"),
		});
	});
});
