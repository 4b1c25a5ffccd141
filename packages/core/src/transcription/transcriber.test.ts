import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Outgoing, OutgoingRefused } from "../kernel/outgoing/outgoing.ts";
import { readAnswer } from "./engine-answer.ts";
import { socketTranscriber } from "./socket-transcriber.ts";
import { FakeTranscriber } from "./test-support/fake-transcriber.ts";
import { startSpeechEngine, type TestSpeechEngine } from "./test-support/speech-engine.ts";
import { toneThenSilence, transcriberContract } from "./transcriber.contract.ts";

const outgoing = new Outgoing([{ host: "127.0.0.1" }], { warn: () => {} });
const nobody = "ws://127.0.0.1:9";

transcriberContract("fake", async () => {
	const transcriber = new FakeTranscriber();
	transcriber.away.set(nobody, "Nobody is there.");
	return { transcriber, url: "ws://fake.example", awayUrl: nobody, close: async () => {} };
});

transcriberContract("speech engine by WebSocket", async () => {
	const engine = await startSpeechEngine();
	return { transcriber: socketTranscriber(outgoing), url: engine.url, awayUrl: nobody, close: engine.close };
});

describe("a speech engine that is not as it should be", () => {
	let engine: TestSpeechEngine;
	const timing = { connectMs: 300, silentMs: 50, finishMs: 200 };

	beforeAll(async () => {
		engine = await startSpeechEngine();
	});

	afterAll(() => engine.close());

	/** Speaks until the hearing ends. @returns why */
	async function endOf(through = outgoing, url = engine.url): Promise<Error | undefined> {
		let end: { why: Error | undefined } | undefined;
		const hearing = socketTranscriber(through, timing).begin(
			{ language: "en-US", url },
			{
				heard: () => {},
				ended: (why) => {
					end = { why };
				},
			},
		);
		for (let said = 0; said < 40 && !end; said++) await hearing.take(toneThenSilence(500, 200, 0));
		await vi.waitFor(() => expect(end).toBeDefined());
		return end?.why;
	}

	it.each([
		["refuses", /401/],
		["goes mad", /no speech engine/],
		["babbles", /without end/],
		["is deaf", /any more|keep up/],
	] as const)("ends the hearing of one that %s, and says why", async (how, why) => {
		engine.behave(how);
		expect((await endOf())?.message).toMatch(why);
		engine.breakOff();
		engine.behave("answers");
	});

	it("is left after a while when it does not come to an end", async () => {
		engine.behave("is silent");
		const ended = new Promise<Error | undefined>((resolve) => {
			const hearing = socketTranscriber(outgoing, { finishMs: 100 }).begin(
				{ language: "en-US", url: engine.url },
				{ heard: () => {}, ended: resolve },
			);
			hearing.finish();
		});
		expect((await ended)?.message).toMatch(/end/);
		engine.behave("answers");
	});

	it("a server that takes connections and says nothing kept a hearing open for ever", async () => {
		const mute = createServer(() => {}).listen(0, "127.0.0.1");
		await new Promise((resolve) => mute.once("listening", resolve));
		const { port } = mute.address() as { port: number };
		expect((await endOf(outgoing, `ws://127.0.0.1:${port}`))?.message).toMatch(/nobody in/);
		mute.close();
	});

	it("is not called inside the own network unless the operator has named it", async () => {
		expect(await endOf(new Outgoing([], { warn: () => {} }))).toBeInstanceOf(OutgoingRefused);
	});

	it("is told what it will hear, and with which words", async () => {
		engine.configs.length = 0;
		const hearing = socketTranscriber(outgoing).begin(
			{ language: "en-US", url: engine.url },
			{ heard: () => {}, ended: () => {} },
		);
		await vi.waitFor(() => expect(engine.configs).toEqual([{ sample_rate: 8000, words: true }]));
		hearing.close();
	});
});

describe("an engine's answer", () => {
	it.each([
		['{"partial": " good mor "}', { text: "good mor", isFinal: false, words: [] }],
		['{"text": ""}', { text: "", isFinal: true, words: [] }],
		[
			'{"alternatives": [{"text": "yes", "confidence": 212.3, "result": [{"word": "yes", "start": 1, "end": 1.25}]}]}',
			{
				...{ text: "yes", isFinal: true, offsetMs: 1000, durationMs: 250 },
				words: [{ word: "yes", offsetMs: 1000, durationMs: 250 }],
			},
		],
		['{"text": 7}', undefined],
		["[]", undefined],
		["null", undefined],
		["tea", undefined],
	])("%s", (message, told) => expect(readAnswer(message)).toEqual(told));

	it("takes no word that lies nowhere, and no text without end", () => {
		const result = [
			{ word: "a", start: -1, end: 0, conf: 1 },
			{ word: "b", start: 2, end: 1, conf: 1 },
			{ word: "c", start: 0, end: 1, conf: 7 },
			{ word: 4, start: 0, end: 1 },
			null,
		];
		const read = readAnswer(JSON.stringify({ text: "x".repeat(100_000), result }));
		expect(read?.text).toHaveLength(4000);
		expect(read?.words).toEqual([{ word: "c", offsetMs: 0, durationMs: 1000, confidence: 1 }]);
	});
});
