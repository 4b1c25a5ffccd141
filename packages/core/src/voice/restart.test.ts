import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { callOf } from "../conversations/call/model.ts";
import { party } from "../conversations/test-support/parties.ts";
import { healthStore } from "../health/store.ts";
import { WAV_BYTES_PER_MS, wavHeader } from "./media/wav.ts";
import { recordingFile } from "./recording-file.ts";
import { goodAnswer } from "./test-support/test-phone.ts";
import { type VoiceWorld, voiceWorld } from "./test-support/voice-world.ts";

let world: VoiceWorld;
beforeAll(async () => {
	world = await voiceWorld();
});
afterEach(() => world.fresh());
afterAll(() => world.close());

it("/readyz said ready while no call had sound", () => {
	world.engine.silentMs = 2900;
	expect(world.kernel.readiness.reasons()).toEqual([]);
	world.engine.silentMs = 3100;
	expect(world.kernel.readiness.reasons()).toEqual(["there is no sound"]);
});

describe("after a restart", () => {
	it("a talking agent's phone gets the call with automatic answer, and the page a new leg, in one bridge", async () => {
		const { id, secret, userId, page: old } = await world.talking();
		await world.restart();
		await old.ended();
		const phone = await world.phone(userId);
		const { sessionId, facts } = await phone.signal("propose");
		expect(facts).toMatchObject({ "inin-autoanswer": "true", "inin-cid": id });
		const page = await world.page(id, secret);
		const legId = await page.offer();
		page.answer(legId);
		await phone.take(sessionId);
		world.engine.emit({ type: "leg-connected", legId });
		world.engine.emit({ type: "leg-connected", legId: sessionId });
		await world.inBridge(id, legId, sessionId);
		await page.state("connected");
		expect(callOf(await world.party(id, "agent")).state).toBe("connected");
	});

	/** What the customer, Anna and Ben hear once the server is there again; the state of the customer's page. */
	const consults = [
		["private", "DESTINATION", ["music", "none", "none"], "held"],
		["together", "BOTH", ["none", "none", "none"], "connected"],
		["back", "OBJECT", ["none", "none", "music"], "connected"],
		["conference", "CONFERENCE", ["none", "none", "none"], "connected"],
	] as const;

	it.each(consults)(
		"CT-6 killed in a consult that is %s: all hear what they heard",
		async (_name, speakTo, heard, state) => {
			const { id, secret, anna, ben, customer, old } = await consulting();
			const about = customer.id;
			if (speakTo !== "DESTINATION")
				await world.conversations.calls.consults.speakTo(id, about, { speakTo }, { userId: anna });
			const before = await world.conversation(id);
			await world.restart();
			await old.ended();
			const { page, legs } = await backIn(id, secret, anna, ben);
			await page.state(state);
			const fillers = () => legs.map((each) => world.engine.modes.get(each)?.filler);
			await expect.poll(fillers).toEqual(heard);
			const { internal, participants } = await world.conversation(id);
			expect(internal.consult).toEqual(before.internal.consult);
			expect(
				participants.map(({ id, userId, consultParticipantId }) => ({ id, userId, consultParticipantId })),
			).toEqual(
				before.participants.map(({ id, userId, consultParticipantId }) => ({ id, userId, consultParticipantId })),
			);
			expect(participants.map((one) => [callOf(one).state, callOf(one).held])).toEqual(
				before.participants.map((one) => [callOf(one).state, callOf(one).held]),
			);
		},
	);

	it("CT-6 killed after a consult was cancelled: the customer is as they were, and nobody else is called", async () => {
		const { id, secret, anna, customer, old } = await consulting();
		await world.conversations.calls.consults.cancel(id, customer.id, { userId: anna });
		const before = await world.conversation(id);
		await world.restart();
		await old.ended();
		const { legs } = await backIn(id, secret, anna);
		const modeOf = () => world.engine.modes.get(legs[0] ?? "");
		await expect.poll(modeOf).toMatchObject({ held: callOf(party(before, "customer")).held });
		const now = await world.conversation(id);
		expect(now.internal.consult).toEqual(before.internal.consult);
		expect(now.participants.map((one) => callOf(one).state)).toEqual(
			before.participants.map((one) => callOf(one).state),
		);
	});

	/** Anna, who talks to a customer, asks Ben in private. */
	async function consulting() {
		const { id, secret, userId: anna, page: old } = await world.talking();
		const ben = await world.agentOnQueue();
		const customer = await world.party(id, "customer");
		const first = await world.phone(ben);
		const wish = { userId: ben, speakTo: "DESTINATION" } as const;
		await world.conversations.calls.consults.start(id, customer.id, wish, { userId: anna });
		const ring = await first.signal("propose");
		await first.take(ring.sessionId);
		world.engine.emit({ type: "leg-connected", legId: ring.sessionId });
		await world.until(id, "user", (party) => callOf(party).state === "connected");
		return { id, secret, anna, ben, customer, old };
	}

	/** @returns the legs of the customer's page and of these users' phones, all in one bridge */
	async function backIn(id: string, secret: string, ...userIds: string[]) {
		const sessions: string[] = [];
		for (const userId of userIds) {
			const phone = await world.phone(userId);
			const { sessionId } = await phone.signal("propose");
			await phone.take(sessionId);
			sessions.push(sessionId);
		}
		const page = await world.page(id, secret);
		const legId = await page.offer();
		page.answer(legId);
		for (const each of [legId, ...sessions]) world.engine.emit({ type: "leg-connected", legId: each });
		await world.inBridge(id, legId, ...sessions);
		return { page, legs: [legId, ...sessions] };
	}

	it("a number outside that was connected is called again without ringing", async () => {
		const userId = await world.agentOnQueue();
		const phone = await world.phone(userId);
		const { id } = await world.conversations.calls.dial({ userId, phoneNumber: "+31201234567" });
		const { sessionId } = await phone.signal("propose");
		await phone.take(sessionId);
		world.engine.emit({ type: "leg-connected", legId: sessionId });
		await world.heard("createScriptedLeg");
		world.engine.emit({
			type: "far-end",
			legId: world.engine.commandsOf("createScriptedLeg")[0]?.[1] as string,
			step: "answered",
		});
		await world.until(id, "external", (party) => callOf(party).state === "connected");
		await world.restart();
		await world.heard("createScriptedLeg");
		expect(world.engine.commandsOf("createScriptedLeg")[0]?.[2][0]).toEqual({ kind: "answer" });
	});

	it("recording goes on in a second file, and both are parts of one recording", async () => {
		const { id, userId } = await world.talking();
		const agent = await world.party(id, "agent");
		await world.conversations.patchParticipant(id, agent.id, { recording: true }, { userId });
		await world.heard("startRecording");
		const [, , named, first] = world.engine.commandsOf("startRecording")[0] ?? [];
		expect(named, "the document names it").toBe((await world.conversation(id)).internal.recordingId);
		world.kernel.clock.advance(2000);
		await world.restart();
		await world.heard("startRecording");
		const [, , again, second] = world.engine.commandsOf("startRecording")[0] ?? [];
		expect([again, second === first]).toEqual([named, false]);
		await world.conversations.patchParticipant(id, agent.id, { recording: false }, { userId });
		await expect.poll(() => partsOf(String(named))).toEqual([first, second].map((file) => basename(String(file))));
	});
});

/** Names of the files that are noted of a recording. */
async function partsOf(recordingId: string): Promise<string[]> {
	const row = await world.kernel.database.db
		.selectFrom("recordings")
		.select("parts")
		.where("id", "=", recordingId)
		.executeTakeFirst();
	return row?.parts.map((one) => one.file) ?? [];
}

describe("recordings that were cut off", () => {
	/** Half a second of silence, as the engine leaves it when it is killed. */
	async function leave(conversationId: string, recordingId = randomUUID()): Promise<string> {
		const data = Buffer.alloc(500 * WAV_BYTES_PER_MS);
		const wav = Buffer.concat([wavHeader(data.length), data]);
		const file = recordingFile(conversationId, recordingId, 1_700_000_000_000);
		await writeFile(join(world.recordings, file), wav);
		return file;
	}

	it("are registered once at the next start, also those of before beginnings were noted", async () => {
		const { id } = await world.waitingCaller();
		const recordingId = randomUUID();
		const file = await leave(id, recordingId);
		await world.restart();
		await expect.poll(() => partsOf(recordingId)).toEqual([file]);
		await world.restart();
		expect(await partsOf(recordingId)).toEqual([file]);
		const jobs = await world.kernel.database.db
			.selectFrom("jobs")
			.select("kind")
			.where("key", "=", recordingId)
			.execute();
		expect(jobs).toEqual([{ kind: "recordings.process" }]);
	});

	it("of unknown conversations, empty ones and other files are left alone", async () => {
		const { id } = await world.waitingCaller();
		const foreign = await leave(randomUUID());
		const empty = recordingFile(id, randomUUID(), 1_700_000_000_000);
		await writeFile(join(world.recordings, empty), wavHeader(0));
		await writeFile(join(world.recordings, "notes.txt"), "mine");
		const good = await leave(id);
		await world.restart();
		await expect.poll(async () => [...(await world.parts.known([good, foreign, empty]))]).toEqual([good]);
	});
});

describe("recordings that cannot be written", () => {
	it("are begun anew, and given up in the end so that nobody believes in them", async () => {
		const { id, userId } = await world.talking();
		const agent = await world.party(id, "agent");
		await world.conversations.patchParticipant(id, agent.id, { recording: true }, { userId });
		for (let attempt = 0; attempt < 3; attempt++) {
			await expect.poll(() => world.engine.commandsOf("startRecording").length).toBe(attempt + 1);
			const [, bridgeId, recordingId, file] = world.engine.commandsOf("startRecording")[attempt] ?? [];
			world.engine.emit({
				type: "recording-failed",
				bridgeId: String(bridgeId),
				recordingId: String(recordingId),
				file: String(file),
				reason: "disk full",
			});
		}
		await expect.poll(async () => (await world.conversation(id)).recordingState).toBe("NONE");
		expect(world.engine.commandsOf("startRecording").length).toBe(3);
		// Administrators read of it in Health; the agent's panel says it by `inlayRecordingFailed`.
		expect(await healthStore.failedRecordings(world.kernel.database.db, new Date(0))).toBe(1);
	});
});

it("a stopping server leaves calls as they are and does not answer media any more", async () => {
	const { id, legId, page, secret } = await world.waitingCaller();
	const { engine } = world;
	await world.restart();
	engine.emit({ type: "leg-lost", legId, reason: "stopped" });
	expect((await world.conversation(id)).endTime).toBeUndefined();
	await page.ended();
	const again = await world.page(id, secret);
	again.answer(await again.offer(), goodAnswer);
	await world.heard("acceptAnswer");
});
