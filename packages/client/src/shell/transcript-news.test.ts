import { signal } from "@preact/signals";
import { afterEach, expect, it } from "vitest";
import { ApiError } from "../session/api.ts";
import type { TranscriptMessage } from "../session/transcript-lines.ts";
import { FakeClock } from "../test-support/fake-clock.ts";
import { followTranscripts, linesOf } from "./transcript-news.ts";
import type { Workspace } from "./workspace.ts";

const clock = new FakeClock();
let stop = () => {};
afterEach(() => stop());

function desk() {
	const calls = signal([{ id: "c1", transcription: "active" }]);
	const state = signal("open");
	const reads: PromiseWithResolvers<TranscriptMessage>[] = [];
	const get = () => {
		const answer = Promise.withResolvers<TranscriptMessage>();
		reads.push(answer);
		return answer.promise;
	};
	const session = {
		conversations: { all: calls },
		channel: { state },
		otherNews: signal(undefined),
		followAlso: () => Promise.resolve(),
		...{ api: { get }, clock },
	};
	const workspace = { session, runtime: { news: { transcribed: () => {} } } } as unknown as Workspace;
	stop = followTranscripts(workspace);
	return { calls, state, reads, texts: () => linesOf(workspace, "c1").map(({ text }) => text) };
}

const said = (transcript: string): TranscriptMessage => ({
	transcripts: [{ utteranceId: transcript, isFinal: true, channel: "EXTERNAL", alternatives: [{ transcript }] }],
});

it("what was said before was read twice, and never where the one reading failed", async () => {
	const { reads, texts } = desk();
	await expect.poll(() => reads.length).toBe(1);
	reads[0]?.reject(new ApiError(503, {}));
	await clock.waits(1);
	clock.advance(2000);
	expect(reads).toHaveLength(2);
	reads[1]?.resolve(said("good morning"));
	await expect.poll(texts).toEqual(["good morning"]);
});

it("an answer that came after the call brought its lines back, and they stayed", async () => {
	const { calls, reads, texts } = desk();
	await expect.poll(() => reads.length).toBe(1);
	calls.value = [];
	reads[0]?.resolve(said("good morning"));
	await new Promise((resolve) => setImmediate(resolve));
	expect(texts()).toEqual([]);
});

it("reads again what was said while the channel was away", async () => {
	const { state, reads, texts } = desk();
	await expect.poll(() => reads.length).toBe(1);
	reads[0]?.resolve(said("good morning"));
	state.value = "lost";
	state.value = "open";
	expect(reads).toHaveLength(2);
	reads[1]?.resolve(said("are you there"));
	await expect.poll(texts).toEqual(["good morning", "are you there"]);
});
