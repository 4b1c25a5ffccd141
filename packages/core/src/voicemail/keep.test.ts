import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { callOf } from "../conversations/call/model.ts";
import { conversationWorld, type World } from "../conversations/test-support/world.ts";
import { RecordingWork } from "../recordings/work.ts";
import { toneLevel } from "../test-support/goertzel.ts";
import { decodeUlaw } from "../voice/media/g711.ts";
import { WAV_BYTES_PER_MS, wavHeader } from "../voice/media/wav.ts";
import { keepMessage } from "./keep.ts";
import { createMailboxes } from "./mailboxes.ts";
import { createVoicemails, type Voicemails } from "./voicemails.ts";

let world: World;
let folder: string;
let work: RecordingWork;
let voicemails: Voicemails;
let presence = "Available";
let isStaffed = true;
/** Of the group Returns. */
let members: string[] = [];

beforeAll(async () => {
	world = await conversationWorld();
	folder = await mkdtemp(join(tmpdir(), "inlay-left-"));
	voicemails = createVoicemails(world.kernel, {
		users: async (ids) => (await world.deps.users.find([...ids])).map((one) => ({ ...one, state: "active" })),
		group: async (id) => (id === "returns" ? { id, name: "Returns" } : undefined),
		membersOf: async (id) => (id === "returns" ? members : []),
		groupsOf: async () => [],
		queue: async (id) => (await world.deps.queues.get(id)) && { id, name: "Support", divisionId: "home" },
		queuesOf: async () => [],
		readersOfQueue: async () => [],
		isStaffed: async () => isStaffed,
		hasInHand: async () => false,
		mayReceive: async () => true,
		presenceOf: async () => presence,
		organizationId: async () => "org",
	});
	await voicemails.policies.setOrganization({ enabled: true }, undefined, {});
	Object.assign(world.deps, { mailboxes: createMailboxes(voicemails, world.phones) });
	work = new RecordingWork(world.kernel, {
		folder,
		organizationId: async () => "org",
		conversation: (id) => world.conversations.get(id),
		voicemail: (recorded) =>
			keepMessage({ ...world.kernel, items: world.conversations.callbacks }, voicemails, recorded),
	});
});
afterAll(async () => {
	await work.stop();
	await world.close();
	await rm(folder, { recursive: true, force: true });
});

/** A customer who has called Anna, and hears her mailbox's tone. */
async function atTheTone() {
	const { conversations } = world;
	const anna = await world.agent();
	const call = await conversations.calls.startInboundCall({
		customer: { name: "Clara", address: "tel:+31201234567" },
		dnis: "+31800",
		userId: anna,
		provider: "test",
	});
	const now = await conversations.calls.mediaConnected(call.id, call.participants[0]?.id ?? "");
	const rung = now.participants.find((one) => one.userId === anna);
	if (rung && callOf(rung).state === "alerting") await conversations.calls.partyLeft(call.id, rung.id, "client");
	const mailbox = (await conversations.get(call.id))?.participants.find((one) => one.purpose === "voicemail");
	await conversations.calls.voicemail(call.id, mailbox?.id ?? "", "record");
	const recordingId = (await conversations.get(call.id))?.participants.at(-1)?.internal.voicemail?.recordingId ?? "";
	const hangUp = () => conversations.calls.partyLeft(call.id, call.participants[0]?.id ?? "", "peer");
	return { anna, call, recordingId, rung, hangUp };
}

/** So much of a tone, then silence, as the engine leaves a part: on the left, as customers are recorded. */
async function part(file: string, toneMs: number, silenceMs: number) {
	const data = Buffer.alloc((toneMs + silenceMs) * WAV_BYTES_PER_MS);
	for (let at = 0; at < toneMs * 8; at++)
		data.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * 440 * at) / 8000)), at * 4);
	await writeFile(join(folder, file), Buffer.concat([wavHeader(data.length), data]));
	return { file, bytes: 44 + data.length, durationMs: toneMs + silenceMs };
}

async function settled(): Promise<void> {
	await world.kernel.jobs.runDue();
	await work.idle();
}

async function inboxOf(userId: string) {
	const owner = { type: "user", id: userId } as const;
	return (await voicemails.list([owner], { pageSize: 10, pageNumber: 1 })).found;
}

it("VM-1: eight seconds that were said after the tone are in the mailbox, with the 440 Hz that were said", async () => {
	const mark = await world.mark();
	const { anna, call, recordingId, hangUp } = await atTheTone();
	const startedMs = world.kernel.clock.now().getTime();
	await hangUp();
	const conversationId = call.id;
	await world.parts.finished({ conversationId, recordingId, startedMs, ...(await part("one.wav", 8000, 5000)) });
	await settled();
	const [left] = await inboxOf(anna);
	expect(left).toMatchObject({ callerName: "Clara", callerAddress: "tel:+31201234567", conversationId });
	// The silence by which it ended is cut, but for a second.
	expect(left?.durationMs).toBe(9000);
	expect(left?.waveform).toHaveLength(100);
	const stored = await world.kernel.storage.get(left?.key ?? "");
	const bytes = await buffer(stored?.body ?? Readable.from([]));
	expect(bytes.length).toBe(left?.bytes);
	expect([bytes.readUInt16LE(20), bytes.readUInt16LE(22)]).toEqual([7, 1]);
	const samples = new Int16Array(8000);
	decodeUlaw(bytes, 58, samples.length, samples, 0);
	expect(toneLevel(samples, 440)).toBeGreaterThan(6000);
	expect((await readdir(folder)).length).toBe(0);
	const told = (await world.since(mark)).flatMap(({ announcements }) => announcements.flatMap(({ topics }) => topics));
	expect(told).toContain(`v2.users.${anna}.voicemail.messages`);
	// A message is no recording of the call.
	const rows = await world.kernel.database.db.selectFrom("recordings").select(["kind", "state"]).execute();
	expect(rows).toEqual([{ kind: "voicemail", state: "deleted" }]);
});

it("killed in the middle of being left, a message was lost: what was written of it is kept, in one with what came after", async () => {
	const { anna, call, recordingId, hangUp } = await atTheTone();
	const startedMs = world.kernel.clock.now().getTime();
	const conversationId = call.id;
	// As the next start registers what the killed one has left, and goes on with the call.
	await world.parts.finished({ conversationId, recordingId, startedMs, ...(await part("before.wav", 3000, 0)) });
	await hangUp();
	await world.parts.finished({
		conversationId,
		recordingId,
		startedMs: startedMs + 5000,
		...(await part("after.wav", 2000, 0)),
	});
	await settled();
	expect(await inboxOf(anna)).toMatchObject([{ durationMs: 7000 }]);
});

it("less than two seconds of speech, or a call given up before the tone, became a message of nothing", async () => {
	const { anna, call, recordingId, hangUp } = await atTheTone();
	await hangUp();
	const startedMs = world.kernel.clock.now().getTime();
	await world.parts.finished({
		conversationId: call.id,
		recordingId,
		startedMs,
		...(await part("short.wav", 1500, 4000)),
	});
	await settled();
	expect(await inboxOf(anna)).toEqual([]);
	expect(await readdir(folder)).toEqual([]);
});

it("who had signed out had calls sent to the mailbox though they are forwarded: offline is no wish to miss them", async () => {
	const anna = await world.agent();
	const straightWith = async (now: string) => {
		presence = now;
		return (await createMailboxes(voicemails, world.phones).ofUser(anna))?.straight;
	};
	try {
		expect(await straightWith("Offline")).toBe("unreachable");
		expect(await straightWith("Meeting")).toBe("presence");
		expect(await straightWith("Available")).toBeUndefined();
	} finally {
		presence = "Available";
	}
});

it("VM-5: Anna's presence Meal sends her calls to her mailbox, and no station rings; nor where none is there", async () => {
	try {
		presence = "Meal";
		const { rung } = await atTheTone();
		expect(rung && callOf(rung), "they were called all the same").toMatchObject({ state: "disconnected" });
	} finally {
		presence = "Available";
	}
	const { rung } = await atTheTone();
	expect(rung && callOf(rung).state).toBe("alerting");
});

/** A customer who speaks to the mailbox of a queue for which nobody works. */
async function spokenInQueue() {
	const { conversations, kernel } = world;
	const queue = await world.queue();
	const owner = { type: "queue", id: queue.id } as const;
	await voicemails.policies.setOwn(owner, { enabled: true, whenUnstaffed: true }, {});
	isStaffed = false;
	const { conversationId, recordingId, hangUp } = await speaking({ queueId: queue.id });
	return { queue, owner, conversations, conversationId, recordingId, hangUp, startedMs: kernel.clock.now().getTime() };
}

/** A customer who hears the tone of whoever's mailbox answers now. */
async function speaking(whom: { queueId: string } | { groupId: string }, untilItAnswers = async (_id: string) => {}) {
	const { calls } = world.conversations;
	const customer = { name: "Clara", address: "tel:+31201234567" };
	const { id, participants } = await calls.startInboundCall({ customer, dnis: "+31800", provider: "test", ...whom });
	await calls.mediaConnected(id, participants[0]?.id ?? "");
	await untilItAnswers(id);
	const last = async () => (await world.conversations.get(id))?.participants.at(-1);
	expect((await last())?.purpose).toBe("voicemail");
	await calls.voicemail(id, (await last())?.id ?? "", "record");
	const recordingId = (await last())?.internal.voicemail?.recordingId ?? "";
	const hangUp = () => calls.partyLeft(id, participants[0]?.id ?? "", "peer");
	return { conversationId: id, recordingId, hangUp };
}

it("a message that was left in a queue waited for somebody to look there: it is an item of the queue, with the caller's number", async () => {
	const { queue, owner, conversations, conversationId, recordingId, hangUp, startedMs } = await spokenInQueue();
	await hangUp();
	await world.parts.finished({ conversationId, recordingId, startedMs, ...(await part("queue.wav", 4000, 0)) });
	await settled();
	const { found } = await voicemails.list([owner], { pageSize: 10, pageNumber: 1 });
	expect(found).toMatchObject([{ callerName: "Clara", owner }]);
	const item = await conversations.get(found[0]?.itemId ?? "");
	expect(item?.participants).toMatchObject([
		{
			purpose: "customer",
			callbacks: [{ callbackNumbers: ["+31201234567"], voicemail: { id: found[0]?.id, uploadStatus: "complete" } }],
		},
		{ purpose: "acd", queueId: queue.id, callbacks: [{ voicemail: { id: found[0]?.id } }] },
	]);
});

it("killed while a queue's message was spoken, the server lost it, kept it twice, or left it as nobody's work", async () => {
	const { queue, owner, conversations, conversationId, recordingId, hangUp, startedMs } = await spokenInQueue();
	await world.parts.finished({ conversationId, recordingId, startedMs, ...(await part("q-before.wav", 3000, 0)) });
	await settled();
	expect((await voicemails.list([owner], { pageSize: 10, pageNumber: 1 })).total, "they speak still").toBe(0);
	await hangUp();
	const after = await part("q-after.wav", 2000, 0);
	await world.parts.finished({ conversationId, recordingId, startedMs: startedMs + 5000, ...after });
	for (let round = 0; round < 2; round++) await settled();
	const { found } = await voicemails.list([owner], { pageSize: 10, pageNumber: 1 });
	expect(found).toMatchObject([{ durationMs: 7000, itemId: expect.any(String) }]);
	const items = (await conversations.ofMedium("callbacks").live()).filter((one) =>
		one.participants.some(({ queueId }) => queueId === queue.id),
	);
	expect(items).toHaveLength(1);
	const jobs = await world.kernel.database.db.selectFrom("jobs").select(["kind", "attempts"]).execute();
	expect(jobs.filter(({ attempts }) => attempts > 0)).toEqual([]);
});

it("a group was called: its members' phones ring together, and what nobody takes is the group's message", async () => {
	members = [await world.agent(), await world.agent()];
	const mark = await world.mark();
	const { conversationId, recordingId, hangUp } = await speaking({ groupId: "returns" }, async (id) => {
		const call = await world.conversations.get(id);
		const rung = call?.participants.filter(({ userId }) => userId && members.includes(userId)) ?? [];
		expect(rung.map((one) => callOf(one).state)).toEqual(["alerting", "alerting"]);
		world.kernel.clock.advance(21_000);
		await world.kernel.jobs.runDue();
	});
	const startedMs = world.kernel.clock.now().getTime();
	await hangUp();
	await world.parts.finished({ conversationId, recordingId, startedMs, ...(await part("group.wav", 4000, 0)) });
	await settled();
	const owner = { type: "group", id: "returns" } as const;
	const { found } = await voicemails.list([owner], { pageSize: 10, pageNumber: 1 });
	expect(found).toMatchObject([{ callerName: "Clara", conversationId }]);
	const told = (await world.since(mark)).flatMap(({ announcements }) => announcements.flatMap(({ topics }) => topics));
	for (const userId of members) expect(told).toContain(`v2.users.${userId}.voicemail.messages`);
});
