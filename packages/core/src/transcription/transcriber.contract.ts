/** What every transcriber must do: run against the fake and against the real one, before an engine that answers what it hears. */

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type HeardText, heardRate, type Transcriber } from "./transcriber.ts";

export interface ContractWorld {
	transcriber: Transcriber;
	/** An engine that answers. */
	url: string;
	/** Where nobody answers. */
	awayUrl: string;
	close(): Promise<void>;
}

/** A tone of so many ms, and silence after it. */
export function toneThenSilence(hz: number, ms: number, silenceMs = 600): Uint8Array {
	const samples = new Int16Array(((ms + silenceMs) * heardRate) / 1000);
	for (let at = 0; at < (ms * heardRate) / 1000; at++)
		samples[at] = Math.round(8000 * Math.sin((2 * Math.PI * hz * at) / heardRate));
	return new Uint8Array(samples.buffer);
}

/** Declares the tests. */
export function transcriberContract(name: string, open: () => Promise<ContractWorld>): void {
	describe(`transcriber contract: ${name}`, () => {
		let world: ContractWorld;

		beforeAll(async () => {
			world = await open();
		});

		afterAll(() => world.close());

		function listen(url = world.url) {
			const heard: HeardText[] = [];
			const ends: Array<Error | undefined> = [];
			const hearing = world.transcriber.begin(
				{ language: "en-US", url },
				{ heard: (text) => heard.push(text), ended: (trouble) => ends.push(trouble) },
			);
			return { hearing, heard, ends, finals: () => heard.filter(({ isFinal }) => isFinal).map(({ text }) => text) };
		}

		it("tells what is being said, then what was said, with its words and when they were said", async () => {
			const { hearing, heard, ends, finals } = listen();
			const sound = toneThenSilence(500, 1000);
			for (let at = 0; at < sound.length; at += 3200) await hearing.take(sound.subarray(at, at + 3200));
			await vi.waitFor(() => expect(finals()).toEqual(["tone 500"]));
			expect(heard[0]).toMatchObject({ text: "tone 500", isFinal: false });
			const last = heard.find(({ isFinal }) => isFinal);
			expect(last).toMatchObject({ offsetMs: 0, durationMs: 1000, confidence: 0.9 });
			expect(last?.words.map(({ word, offsetMs }) => [word, offsetMs])).toEqual([
				["tone", 0],
				["500", 500],
			]);
			hearing.finish();
			await vi.waitFor(() => expect(ends).toEqual([undefined]));
		});

		it("keeps two voices apart", async () => {
			const [one, other] = [listen(), listen()];
			await Promise.all([one.hearing.take(toneThenSilence(400, 400)), other.hearing.take(toneThenSilence(1000, 400))]);
			await vi.waitFor(() => expect([one.finals(), other.finals()]).toEqual([["tone 400"], ["tone 1000"]]));
			for (const { hearing } of [one, other]) hearing.close();
		});

		it("tells what was left when nothing more comes, and then ends", async () => {
			const { hearing, ends, finals } = listen();
			void hearing.take(toneThenSilence(800, 500, 0));
			hearing.finish();
			await vi.waitFor(() => expect(ends).toEqual([undefined]));
			expect(finals()).toEqual(["tone 800"]);
			await hearing.take(toneThenSilence(400, 500));
			expect(finals()).toEqual(["tone 800"]);
		});

		it("says why when the engine is away, once, and takes what is said to it all the same", async () => {
			const { hearing, ends } = listen(world.awayUrl);
			await hearing.take(toneThenSilence(500, 100));
			await vi.waitFor(() => expect(ends).toHaveLength(1));
			expect(ends[0]?.message).not.toBe("");
			await hearing.take(toneThenSilence(500, 100));
			hearing.finish();
			expect(ends).toHaveLength(1);
		});

		it("tells nothing any more once it is closed", async () => {
			const { hearing, heard, ends } = listen();
			hearing.close();
			await hearing.take(toneThenSilence(500, 500));
			const other = listen();
			await other.hearing.take(toneThenSilence(600, 500));
			await vi.waitFor(() => expect(other.finals()).toEqual(["tone 600"]));
			other.hearing.close();
			expect([heard, ends]).toEqual([[], []]);
		});
	});
}
