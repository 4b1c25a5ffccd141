import { afterEach, describe, expect, it, vi } from "vitest";
import type { OperatorLine } from "../kernel/operator-log.ts";
import { Outgoing } from "../kernel/outgoing/outgoing.ts";
import { FakeClock } from "../test-support/fake-clock.ts";
import { createMediaProcess } from "../voice/media/media-process.ts";
import type { FarEndStep } from "../voice/media-engine.ts";
import { LiveTranscripts } from "./live-transcripts.ts";
import { engineFor, type TranscriptionSettings } from "./model.ts";
import { socketTranscriber } from "./socket-transcriber.ts";
import { FakeTranscriber } from "./test-support/fake-transcriber.ts";
import { startSpeechEngine } from "./test-support/speech-engine.ts";
import type { transcriptionMessage } from "./topic.ts";
import { toneThenSilence } from "./transcriber.contract.ts";
import type { Hearing, Transcriber } from "./transcriber.ts";

type Message = ReturnType<typeof transcriptionMessage>;

const url = "ws://speech.example:2700/";
const call = { conversationId: "c-1", communicationId: "k-1", language: "", connectedMs: 1000 };

function world(transcriber: Transcriber = new FakeTranscriber()) {
	const clock = new FakeClock();
	const told: Array<[string, Message]> = [];
	const warned: OperatorLine[] = [];
	const settings: { now: TranscriptionSettings } = {
		now: { enabled: true, voicemail: false, engines: [{ language: "en-US", url }] },
	};
	const transcripts = new LiveTranscripts({
		...{ transcriber, clock },
		settings: () => settings.now,
		organizationId: async () => "org-1",
		tellNow: (topic, body) => told.push([topic, body as Message]),
		operators: { warn: (line) => warned.push(line) },
	});
	/** Says it in pieces, as the media engine hands them on; time goes by meanwhile. */
	const say = (sides: { left?: Uint8Array; right?: Uint8Array }) => {
		const length = Math.max(sides.left?.length ?? 0, sides.right?.length ?? 0);
		for (let at = 0; at < length; at += 3200) {
			clock.advance(200);
			const piece = (sound?: Uint8Array) => {
				const part = sound?.subarray(at, at + 3200) ?? new Uint8Array(0);
				return part.some((byte) => byte !== 0) ? Buffer.from(part).toString("base64") : undefined;
			};
			const [left, right] = [piece(sides.left), piece(sides.right)];
			transcripts.hear(call.conversationId, {
				durationMs: 200,
				...(left ? { left } : {}),
				...(right ? { right } : {}),
			});
		}
	};
	const results = () => told.flatMap(([, { transcripts }]) => transcripts);
	const finals = () =>
		results()
			.filter(({ isFinal }) => isFinal)
			.map(({ channel, alternatives: [one] }) => [channel, one?.transcript]);
	return { clock, told, warned, settings, transcripts, say, results, finals };
}

it("tells on the call's topic who said what and when, as it is said and once it was", async () => {
	const { transcripts, say, told, results, finals, clock } = world();
	await Promise.resolve(transcripts.begin(call));
	await vi.waitFor(() => Promise.resolve());
	clock.advance(3000);
	say({ left: toneThenSilence(500, 1000) });
	say({ right: toneThenSilence(800, 600) });
	expect(finals()).toEqual([
		["EXTERNAL", "tone 500"],
		["INTERNAL", "tone 800"],
	]);
	expect(new Set(told.map(([topic]) => topic))).toEqual(new Set(["v2.conversations.c-1.transcription"]));
	const [first] = results();
	expect(first).toMatchObject({ isFinal: false, channel: "EXTERNAL", dialect: "en-US" });
	const last = results().find(({ isFinal }) => isFinal);
	expect(last?.utteranceId).toBe(first?.utteranceId);
	expect(last?.alternatives[0]).toMatchObject({ offsetMs: 3000, durationMs: 1000, confidence: 0.9 });
	const begun = told[0]?.[1].transcriptionStartTimeMs ?? 0;
	expect(last?.alternatives[0]?.words[1]).toMatchObject({ word: "500", offsetMs: 3500, startTimeMs: begun + 3500 });
	expect(told.at(-1)?.[1]).toMatchObject({
		...{ organizationId: "org-1", conversationId: "c-1", communicationId: "k-1", sessionStartTimeMs: 1000 },
	});
	// Whoever comes later reads it, each utterance once.
	expect(transcripts.of("c-1")?.transcripts.map(({ alternatives: [one] }) => one?.transcript)).toEqual([
		"tone 500",
		"tone 800",
	]);
	transcripts.end("c-1");
	expect(transcripts.of("c-1")).toBeUndefined();
});

it("hears nothing while it rests, and tells what was said before", async () => {
	const { transcripts, say, finals } = world();
	transcripts.begin(call);
	say({ left: toneThenSilence(500, 400, 0) });
	transcripts.rest("c-1");
	await vi.waitFor(() => expect(finals()).toEqual([["EXTERNAL", "tone 500"]]));
	transcripts.begin(call);
	say({ left: toneThenSilence(1000, 400) });
	expect(finals()).toEqual([
		["EXTERNAL", "tone 500"],
		["EXTERNAL", "tone 1000"],
	]);
	const offsets = transcripts.of("c-1")?.transcripts.map(({ alternatives: [one] }) => one?.offsetMs);
	expect(offsets).toEqual([0, 400]);
});

it("a call went on being written down after the organization had switched it off", () => {
	const { transcripts, say, told, settings } = world();
	transcripts.begin(call);
	settings.now = { ...settings.now, enabled: false };
	say({ left: toneThenSilence(500, 1000) });
	expect(told).toEqual([]);
});

it("tells operators once that an engine is away, asks it again after a while, and tells when it fails anew", async () => {
	const transcriber = new FakeTranscriber();
	const { transcripts, say, warned, finals, clock } = world(transcriber);
	transcriber.away.set(url, "refused");
	for (const id of ["c-1", "c-2"]) {
		transcripts.begin({ ...call, conversationId: id });
		say({ left: toneThenSilence(500, 400), right: toneThenSilence(500, 400) });
	}
	await vi.waitFor(() => expect(transcripts.troubles().get(url)).toBe("refused"));
	const line = { event: "transcription.failed", language: "en-US", reason: "refused" };
	expect(warned).toEqual([line]);
	transcriber.away.clear();
	say({ left: toneThenSilence(500, 400) });
	expect(finals()).toEqual([]);
	clock.advance(15_000);
	say({ left: toneThenSilence(600, 400) });
	expect([finals(), transcripts.troubles().size]).toEqual([[["EXTERNAL", "tone 600"]], 0]);
});

it("keeps of a call that talks for ever no more than it can, and tells of what is still being said no faster than one reads", () => {
	const hearings: Array<Parameters<Transcriber["begin"]>[1]> = [];
	const hearing: Hearing = { take: async () => {}, finish: () => {}, close: () => {} };
	const { transcripts, say, told } = world({
		begin(_engine, events) {
			hearings.push(events);
			return hearing;
		},
	});
	transcripts.begin(call);
	say({ left: toneThenSilence(500, 200, 0) });
	for (let at = 0; at < 5000; at++) hearings[0]?.heard({ text: `word ${at}`, isFinal: true, words: [] });
	expect(transcripts.of("c-1")?.transcripts).toHaveLength(1000);
	const long = "x".repeat(4000);
	for (let at = 0; at < 200; at++) hearings[0]?.heard({ text: long, isFinal: true, words: [] });
	expect(JSON.stringify(transcripts.of("c-1")).length).toBeLessThan(600_000);
	told.length = 0;
	for (let at = 0; at < 500; at++) hearings[0]?.heard({ text: `wor ${at}`, isFinal: false, words: [] });
	expect(told).toHaveLength(1);
});

it("chooses the engine of the language, or of its kin; where nobody says it the first", () => {
	const engines = ["en-US", "de", "pt-BR"].map((language) => ({ language, url: `ws://${language}.example` }));
	const chosen = ["", "de-AT", "pt-br", "en-GB", "fr"].map((language) => engineFor(engines, language)?.language);
	expect(chosen).toEqual(["en-US", "de", "pt-BR", "en-US", undefined]);
});

describe("with a speech engine and a media engine", () => {
	const closing: Array<() => Promise<unknown>> = [];
	afterEach(async () => {
		for (const close of closing.splice(0)) await close();
	});

	it("turns what each side of a bridge truly says into words of that side", async () => {
		const speech = await startSpeechEngine();
		closing.push(speech.close);
		const outgoing = new Outgoing([{ host: "127.0.0.1" }], { warn: () => {} });
		const { transcripts, finals, settings } = world(socketTranscriber(outgoing));
		settings.now = { ...settings.now, engines: [{ language: "en-US", url: speech.url }] };
		const media = createMediaProcess();
		closing.push(() => media.stop());
		media.onEvent((event) => event.type === "sound" && transcripts.hear(event.bridgeId, event));
		await media.start();
		transcripts.begin(call);
		const tone = (hz: number): FarEndStep[] => [
			...([{ kind: "answer" }, { kind: "tone", hz, ms: 600 }] as FarEndStep[]),
			{ kind: "silence", ms: 60_000 },
		];
		media.listen("c-1", true);
		media.createScriptedLeg("customer", tone(500));
		media.createScriptedLeg("agent", tone(1000));
		media.createScriptedLeg("muted", tone(700));
		const mode = { muted: false, held: false, filler: "none" as const };
		media.setLeg("c-1", "customer", { ...mode, channel: "left" });
		media.setLeg("c-1", "agent", { ...mode, channel: "right" });
		media.setLeg("c-1", "muted", { ...mode, muted: true, channel: "left" });
		await vi.waitFor(() =>
			expect(finals().sort()).toEqual([
				["EXTERNAL", "tone 500"],
				["INTERNAL", "tone 1000"],
			]),
		);
		// Gone from the engine as soon as nobody listens.
		media.listen("c-1", false);
		transcripts.end("c-1");
		await vi.waitFor(() => expect(speech.open).toBe(0));
		const { heardBytes } = speech;
		await media.stats();
		expect(speech.heardBytes).toBe(heardBytes);
	});
});
