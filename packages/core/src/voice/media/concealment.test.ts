import { describe, expect, it } from "vitest";
import { FRAME_SAMPLES } from "./audio.ts";
import { ComfortNoise } from "./comfort-noise.ts";
import { LossConcealer } from "./concealment.ts";

const loudness = (frame: Int16Array) =>
	Math.sqrt(frame.reduce((sum, sample) => sum + sample * sample, 0) / frame.length);

describe("loss concealment", () => {
	it("repeats the last frame ever more quietly and ends in comfort noise", () => {
		const concealer = new LossConcealer();
		concealer.heard(new Int16Array(FRAME_SAMPLES).fill(8000));
		const levels = Array.from({ length: 6 }, () => {
			const frame = new Int16Array(FRAME_SAMPLES);
			concealer.conceal(frame);
			return loudness(frame);
		});
		expect(levels[0]).toBeGreaterThan(6000);
		for (let i = 1; i < 5; i++) expect(levels[i]).toBeLessThan(levels[i - 1] as number);
		expect(levels[5]).toBeGreaterThan(1);
		expect(levels[5]).toBeLessThan(60);
	});

	it("begins again at full strength after a frame arrived", () => {
		const concealer = new LossConcealer();
		const frame = new Int16Array(FRAME_SAMPLES);
		for (let i = 0; i < 5; i++) concealer.conceal(frame);
		concealer.heard(new Int16Array(FRAME_SAMPLES).fill(8000));
		concealer.conceal(frame);
		expect(frame[0]).toBe(8000);
	});
});

describe("comfort noise", () => {
	it("is audible, quiet, and never the same twice", () => {
		const noise = new ComfortNoise();
		const first = new Int16Array(FRAME_SAMPLES);
		const second = new Int16Array(FRAME_SAMPLES);
		noise.read(first);
		noise.read(second);
		expect(loudness(first)).toBeGreaterThan(1);
		expect(Math.max(...first, ...second)).toBeLessThan(60);
		expect([...first]).not.toEqual([...second]);
	});
});
