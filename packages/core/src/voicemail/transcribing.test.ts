import { afterAll, beforeAll, expect, it } from "vitest";
import { newKey } from "../kernel/storage/object-store.ts";
import { ulawHeader } from "../recordings/ulaw-wav.ts";
import { toldBy } from "../test-support/told.ts";
import { FakeTranscriber } from "../transcription/test-support/fake-transcriber.ts";
import { toneThenSilence } from "../transcription/transcriber.contract.ts";
import type { Transcriber } from "../transcription/transcriber.ts";
import { encodeUlaw } from "../voice/media/g711.ts";
import { type MailboxWorld, mailboxWorld } from "./test-support/mailbox-world.ts";
import { createTranscribing, type Transcribing } from "./transcribing.ts";

const url = "ws://speech.example";
const anna = { type: "user" as const, id: "anna" };
const transcriber = new FakeTranscriber();
/** Closed by tests: what is heard goes on once it is opened. */
let gate: { promise: Promise<void>; resolve(): void } | undefined;
let begun = 0;
const held: Transcriber = {
	begin(engine, events) {
		begun++;
		const hearing = transcriber.begin(engine, events);
		const waitsFor = gate?.promise;
		return {
			...hearing,
			async take(samples) {
				await waitsFor;
				await hearing.take(samples);
			},
		};
	},
};
let world: MailboxWorld;
let texts: Transcribing;

beforeAll(async () => {
	world = await mailboxWorld();
	texts = createTranscribing(world.kernel, {
		transcriber: held,
		engineOf: ({ type }) => (type === "user" ? { language: "en-US", url } : undefined),
		readersOf: world.voicemails.readersOf,
	});
	world.voicemails.useTranscribing(texts);
});
afterAll(() => world.close());

/** A message in which somebody says a tone, as it lies in storage. */
async function spoken(owner: { type: "user" | "group"; id: string } = anna) {
	const samples = new Int16Array(toneThenSilence(500, 2500).buffer);
	const ulaw = new Uint8Array(samples.length);
	encodeUlaw(samples, ulaw, 0);
	const bytes = Buffer.concat([ulawHeader(samples.length, 1), ulaw]);
	const key = newKey("org", "voicemail", world.kernel.clock.now());
	async function* body() {
		// As a storage gives it: in pieces of no shape.
		for (let at = 0; at < bytes.length; at += 777) yield bytes.subarray(at, at + 777);
	}
	await world.kernel.storage.put(key, body(), { type: "audio/wav", size: bytes.length });
	return world.leave(owner, { key, bytes: bytes.length });
}

async function settled(): Promise<void> {
	await world.kernel.jobs.runDue();
	await texts.idle();
}

const read = async (id: string) => (await world.call("anna", "GET", `/messages/${id}`)).json();

it("what is said in a message is told to its readers, found by it, and goes with its copies", async () => {
	const { id } = await spoken();
	expect(await read(id)).not.toHaveProperty("transcription");
	const log = toldBy(world.kernel.database.db, world.kernel.events);
	const before = await log.newest();
	await settled();
	expect((await read(id)).transcription).toBe("tone 500");
	const told = (await log.told(before)).flatMap(({ type, announcements }) =>
		announcements.flatMap(({ topics }) => [type, ...topics]),
	);
	expect(told).toEqual(["voicemail.updated", "v2.users.anna.voicemail.messages"]);
	await world.call("anna", "POST", "/messages", { voicemailMessageId: id, userId: "eva" });
	const { entities } = (await world.call("eva", "GET", "/messages")).json();
	expect(entities.map((one: { transcription: string }) => one.transcription)).toEqual(["tone 500"]);
});

it("is not heard where the mailbox's messages are not transcribed", async () => {
	const { id } = await spoken({ type: "group", id: "returns" });
	await settled();
	expect(await read(id)).not.toHaveProperty("transcription");
});

it("is heard again later where the engine is away, and then no more", async () => {
	transcriber.away.set(url, "refused");
	const { id } = await spoken();
	await settled();
	expect(await read(id)).not.toHaveProperty("transcription");
	transcriber.away.clear();
	await settled();
	expect(await read(id)).not.toHaveProperty("transcription");
	world.kernel.clock.advance(61_000);
	await settled();
	expect((await read(id)).transcription).toBe("tone 500");
	transcriber.away.set(url, "refused");
	const other = await spoken();
	for (let tries = 0; tries < 6; tries++) {
		await settled();
		world.kernel.clock.advance(31 * 60_000);
	}
	transcriber.away.clear();
	await settled();
	expect(await read(other.id)).not.toHaveProperty("transcription");
});

it("a long message was heard a second time while it was still being heard, and any number of them at once", async () => {
	gate = Promise.withResolvers<void>();
	begun = 0;
	const ids: string[] = [];
	for (let at = 0; at < 6; at++) ids.push((await spoken()).id);
	await world.kernel.jobs.runDue();
	await expect.poll(() => begun).toBe(4);
	// Longer than all tries take: none of them is lost meanwhile.
	for (const minutes of [2, 6, 31, 31, 31]) {
		world.kernel.clock.advance(minutes * 60_000);
		await world.kernel.jobs.runDue();
	}
	expect(begun).toBe(4);
	gate.resolve();
	gate = undefined;
	await texts.idle();
	expect(begun).toBe(6);
	for (const id of ids) expect((await read(id)).transcription).toBe("tone 500");
	world.kernel.clock.advance(31 * 60_000);
	await settled();
	expect(begun).toBe(6);
});
