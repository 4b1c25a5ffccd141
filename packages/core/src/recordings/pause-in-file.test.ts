import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodeUlaw } from "../voice/media/g711.ts";
import { Mixer, type MixerLeg } from "../voice/media/mixer.ts";
import { Recordings } from "../voice/media/recordings.ts";
import { Tone } from "../voice/media/tones.ts";
import type { MediaEvent } from "../voice/media-engine.ts";
import { layOut } from "./lay-out.ts";
import type { PartMark } from "./model.ts";
import { ulawHeaderBytes, ulawWav, Waveform } from "./ulaw-wav.ts";

/** Frames of 20 ms in a second. */
const perSecond = 50;
let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "inlay-pause-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A party that never stops speaking. */
function speaker(id: string, hz: number): MixerLeg {
	const tone = new Tone(hz);
	return { id, present: true, pull: (out) => tone.read(out), push: () => {} };
}

/** The engine's mixer and recorder with two who speak all the time, as fast as the machine can. */
function engine() {
	const events: MediaEvent[] = [];
	const mixer = new Mixer();
	const recordings = new Recordings(mixer, (event) => events.push(event));
	const mode = { muted: false, held: false, filler: "none" as const };
	mixer.addLeg(speaker("customer", 440));
	mixer.addLeg(speaker("agent", 1000));
	mixer.setLeg("call", "customer", { ...mode, channel: "left" });
	mixer.setLeg("call", "agent", { ...mode, channel: "right" });
	const pass = (seconds: number) => {
		for (let frame = 0; frame < seconds * perSecond; frame++) mixer.tick();
	};
	return { events, recordings, pass };
}

/** Loudness of a stretch of one channel, in dBFS. */
function energy(samples: Int16Array, channel: 0 | 1, fromMs: number, toMs: number): number {
	let sum = 0;
	for (let ms = fromMs * 8; ms < toMs * 8; ms++) sum += (samples[ms * 2 + channel] ?? 0) ** 2;
	const loud = Math.sqrt(sum / ((toMs - fromMs) * 8)) / 32768;
	return loud === 0 ? Number.NEGATIVE_INFINITY : 20 * Math.log10(loud);
}

describe("a call of 60 s that is paused from 20 to 35 s (RC-1)", () => {
	it("was shorter than the call, or let what was said in the pause be heard", async () => {
		const { events, recordings, pass } = engine();
		const file = join(folder, "call.wav");
		recordings.start("call", "recording", file);
		pass(20);
		recordings.pause("recording", true, "pause");
		pass(15);
		recordings.pause("recording", false);
		pass(25);
		recordings.stop("recording");
		await recordings.stopAll();
		const finished = events.find((one) => one.type === "recording-finished");
		const marks = events.flatMap((one): PartMark[] =>
			one.type === "recording-marked" ? [{ file: basename(one.file), mark: one.mark, offsetMs: one.offsetMs }] : [],
		);
		const bytes = finished?.type === "recording-finished" ? finished.bytes : 0;
		const plan = layOut([{ file: "call.wav", startedMs: 0, durationMs: 60_000, bytes }], marks);
		expect(plan.annotations).toEqual([{ type: "pause", offset: 20_000, duration: 15_000 }]);

		const waveform = new Waveform(plan.length);
		const wav = await buffer(Readable.from(ulawWav(folder, plan, waveform)));
		const samples = new Int16Array(wav.length - ulawHeaderBytes);
		decodeUlaw(wav, ulawHeaderBytes, samples.length, samples, 0);
		expect(samples.length / 2 / 8).toBe(60_000);
		for (const channel of [0, 1] as const) {
			expect(energy(samples, channel, 20_000, 35_000)).toBeLessThan(-80);
			for (const [from, to] of [
				[0, 20_000],
				[35_000, 60_000],
			] as const)
				expect(energy(samples, channel, from, to)).toBeGreaterThan(-20);
		}
		const silent = waveform.points.map((point, at) => ({ point, at })).filter(({ point }) => point < 0.001);
		expect([silent[0]?.at, silent.at(-1)?.at]).toEqual([67, 115]);
	});
});
