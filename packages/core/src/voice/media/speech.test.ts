import { describe, expect, it } from "vitest";
import { toneLevel } from "../../test-support/goertzel.ts";
import { FRAME_SAMPLES } from "./audio.ts";
import { phonemesOf } from "./phonemes.ts";
import { Speech } from "./speech.ts";

/** All that a text sounds like. */
function spoken(text: string): Int16Array {
	const speech = new Speech(text);
	const frames: number[] = [];
	const frame = new Int16Array(FRAME_SAMPLES);
	while (speech.read(frame)) frames.push(...frame);
	return Int16Array.from(frames);
}

const seconds = (text: string) => spoken(text).length / 8000;
const loudness = (sound: Int16Array) =>
	Math.sqrt(sound.reduce((sum, sample) => sum + sample * sample, 0) / sound.length);
/** Strength of a band, summed over its tones, 20 Hz apart. */
const band = (sound: Int16Array, from: number, to: number) => {
	let sum = 0;
	for (let hz = from; hz < to; hz += 20) sum += toneLevel(sound, hz);
	return sum;
};

describe("speech", () => {
	it("a mailbox of somebody called Constructor ended the sound of all calls, each time it answered", () => {
		expect(phonemesOf("You have reached Constructor services.").length).toBeGreaterThan(
			phonemesOf("You have reached services.").length,
		);
	});

	it("takes about as long as a person does, longer for more words", () => {
		expect(seconds("Hello, thank you for calling.")).toBeGreaterThan(1.2);
		expect(seconds("Hello, thank you for calling.")).toBeLessThan(4);
		expect(seconds("One two three four")).toBeGreaterThan(seconds("One two") * 1.6);
	});

	it("is loud enough and does not clip", () => {
		const sound = spoken("Good morning, how may I help you today?");
		expect(loudness(sound)).toBeGreaterThan(800);
		expect(Math.max(...sound)).toBeLessThan(32_000);
	});

	it("gives vowels their formants: 'ee' is brighter than 'oo'", () => {
		const ee = spoken("ee ee ee");
		const oo = spoken("oo oo oo");
		expect(band(ee, 2000, 2600) / band(ee, 600, 1100)).toBeGreaterThan(
			3 * (band(oo, 2000, 2600) / band(oo, 600, 1100)),
		);
	});

	it("hisses for s and hums for m", () => {
		const s = spoken("sss sss sss");
		const m = spoken("mmm mmm mmm");
		expect(band(s, 3000, 3900)).toBeGreaterThan(band(s, 100, 600));
		expect(band(m, 100, 600)).toBeGreaterThan(10 * band(m, 3000, 3900));
	});

	it("pauses at commas and full stops, reads digits as words, and has nothing to say for no words", () => {
		expect(seconds("one, two.")).toBeGreaterThan(seconds("one two") + 0.5);
		expect(phonemesOf("42")).toEqual(phonemesOf("four two"));
		expect(spoken("— …")).toHaveLength(0);
		expect(spoken("")).toHaveLength(0);
	});

	it("finds sounds for every letter and usual spelling", () => {
		const words = "the quick brown fox jumps over lazy dogs; six cheap phones ring, night station voice now";
		for (const word of words.match(/\w+/g) ?? []) expect(phonemesOf(word).length, word).toBeGreaterThan(1);
		expect(phonemesOf("phone")[0]).toEqual(phonemesOf("fox")[0]);
		expect(phonemesOf("ship")[0]).not.toEqual(phonemesOf("sip")[0]);
	});
});
