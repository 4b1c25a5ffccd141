import { describe, expect, it } from "vitest";
import { toneLevel } from "../../test-support/goertzel.ts";
import { type AudioSource, FRAME_SAMPLES, SAMPLE_RATE } from "./audio.ts";
import { fillerSource } from "./fillers.ts";
import { holdMusicLoop } from "./hold-music.ts";
import { Tone } from "./tones.ts";

function listen(source: AudioSource, seconds: number): Int16Array {
	const out = new Int16Array(seconds * SAMPLE_RATE);
	for (let at = 0; at < out.length; at += FRAME_SAMPLES) source.read(out.subarray(at, at + FRAME_SAMPLES));
	return out;
}

describe("fillers", () => {
	it("plays ringback for two of six seconds", () => {
		const sound = listen(fillerSource("ringback"), 8);
		const second = (n: number) => sound.subarray(n * SAMPLE_RATE, (n + 1) * SAMPLE_RATE);
		for (const n of [0, 1, 6]) {
			expect(toneLevel(second(n), 440)).toBeGreaterThan(3000);
			expect(toneLevel(second(n), 480)).toBeGreaterThan(3000);
		}
		expect(Math.max(...second(2), ...second(5))).toBe(0);
	});

	it("sounds, softly, while somebody else is asked", () => {
		const sound = listen(fillerSource("asking"), 4);
		const loudest = (from: number, to: number) => Math.max(...sound.slice(from * 8000, to * 8000).map(Math.abs));
		expect([loudest(0, 0.3), loudest(2, 2.3)].every((one) => one > 1000 && one < 4000)).toBe(true);
		expect([loudest(0.31, 1.99), loudest(2.31, 3.99)]).toEqual([0, 0]);
	});

	it("says a text once, and then nothing", () => {
		const sound = listen(fillerSource("say:We are sorry."), 6);
		const loud = (from: number, to: number) => Math.max(...sound.subarray(from * SAMPLE_RATE, to * SAMPLE_RATE));
		expect(loud(0, 1)).toBeGreaterThan(2000);
		expect(loud(4, 6)).toBe(0);
	});

	it("plays music that never pauses, never clips, and begins each chord with its notes", () => {
		const loop = holdMusicLoop();
		expect(Math.max(...loop)).toBeLessThan(20_000);
		for (let at = 0; at < loop.length; at += SAMPLE_RATE / 2) {
			expect(Math.max(...loop.subarray(at, at + SAMPLE_RATE / 2))).toBeGreaterThan(800);
		}
		const middleC = 261.63;
		expect(toneLevel(loop.subarray(0, SAMPLE_RATE), middleC)).toBeGreaterThan(300);
		expect(toneLevel(loop.subarray(0, SAMPLE_RATE), middleC * 1.06)).toBeLessThan(150);
	});

	it("repeats the music without a click at the seam", () => {
		const loop = holdMusicLoop();
		const steps = [...loop].map((sample, index) => Math.abs(sample - (loop.at(index - 1) as number)));
		expect(steps[0]).toBeLessThanOrEqual(Math.max(...steps.slice(1)));
	});

	it("is silent when there is none, and hisses for comfort", () => {
		expect(Math.max(...listen(fillerSource("none"), 1))).toBe(0);
		expect(Math.max(...listen(fillerSource("comfort"), 1))).toBeGreaterThan(3);
	});

	it("sounds a tone at its frequency and no other", () => {
		const sound = listen(new Tone(1000), 1);
		expect(toneLevel(sound, 1000)).toBeGreaterThan(7900);
		expect(toneLevel(sound, 900)).toBeLessThan(50);
	});
});
