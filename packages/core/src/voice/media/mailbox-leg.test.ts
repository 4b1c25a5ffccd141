import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { toneLevel } from "../../test-support/goertzel.ts";
import { FRAME_SAMPLES, SAMPLE_RATE } from "./audio.ts";
import { FarEnd } from "./far-end.ts";
import { readPcmWav, resampled } from "./pcm-wav.ts";

function tone(hz: number, seconds: number, rate = SAMPLE_RATE): Int16Array {
	return Int16Array.from({ length: seconds * rate }, (_, at) => 8000 * Math.sin((2 * Math.PI * hz * at) / rate));
}

/** A WAV file of linear PCM with 16 bits, as a browser or a program writes it: with a chunk that nobody asked for. */
function wav(samples: Int16Array, { channels = 1, rate = SAMPLE_RATE, bits = 16 } = {}): Buffer {
	const data = Buffer.from(samples.buffer);
	const file = Buffer.alloc(56);
	file.write("RIFF", 0, "latin1");
	file.writeUInt32LE(48 + data.length, 4);
	file.write("WAVEfmt ", 8, "latin1");
	file.writeUInt32LE(16, 16);
	file.writeUInt16LE(1, 20);
	file.writeUInt16LE(channels, 22);
	file.writeUInt32LE(rate, 24);
	file.writeUInt32LE((rate * channels * bits) / 8, 28);
	file.writeUInt16LE((channels * bits) / 8, 32);
	file.writeUInt16LE(bits, 34);
	file.write("LIST", 36, "latin1");
	file.writeUInt32LE(4, 40);
	file.write("data", 48, "latin1");
	file.writeUInt32LE(data.length, 52);
	return Buffer.concat([file, data]);
}

it("a greeting of a browser's rate was played at another pitch, or from a file with chunks of its own not at all", () => {
	const read = readPcmWav(wav(tone(440, 1, 48_000), { rate: 48_000 }));
	const samples = resampled(read, SAMPLE_RATE);
	expect(samples.length).toBe(SAMPLE_RATE);
	expect(toneLevel(samples, 440)).toBeGreaterThan(7000);
	expect(toneLevel(samples, 880)).toBeLessThan(200);
	const stereo = readPcmWav(wav(Int16Array.from([100, 300, -100, -300]), { channels: 2 }));
	expect([...stereo.samples]).toEqual([200, -200]);
});

it.each([
	["is no WAV file", Buffer.from("hello"), "no WAV file"],
	["has 8 bits", wav(tone(440, 1), { bits: 8 }), "16 bits"],
	["has a rate of nobody's", wav(tone(440, 1), { rate: 4000 }), "samples a second"],
])("what %s is refused in words", (_what, file, words) => {
	expect(() => readPcmWav(file)).toThrow(words);
});

it("VM-8: a mailbox plays its own greeting, says when it listens, and when nothing has been said for five seconds", async () => {
	const folder = await mkdtemp(join(tmpdir(), "inlay-greeting-"));
	const file = join(folder, "greeting.wav");
	await writeFile(file, wav(tone(440, 1)));
	const said: string[] = [];
	const end = new FarEnd(
		[{ kind: "answer" }, { kind: "play", file }, { kind: "done" }, { kind: "listen", silenceMs: 5000 }],
		(step) => said.push(step),
	);
	const frame = new Int16Array(FRAME_SAMPLES);
	const heard: number[] = [];
	for (let at = 0; at < 50; at++) {
		end.read(frame);
		heard.push(...frame);
	}
	expect(toneLevel(Int16Array.from(heard), 440)).toBeGreaterThan(7000);
	end.read(frame);
	expect(said).toEqual(["answered", "done"]);
	const [quiet, loud] = [new Int16Array(FRAME_SAMPLES), tone(440, 0.02)];
	const hear = (seconds: number, what: Int16Array) => {
		for (let at = 0; at < seconds * 50; at++) {
			end.read(frame);
			end.hear(what);
		}
	};
	hear(4.9, quiet);
	hear(1, loud);
	hear(4.9, quiet);
	expect(said).toEqual(["answered", "done"]);
	hear(6, quiet);
	expect(said).toEqual(["answered", "done", "silent"]);
	await rm(folder, { recursive: true });
});

it("a caller who waits for the tone spoke into the greeting", () => {
	const end = new FarEnd(
		[{ kind: "answer" }, { kind: "await", quietMs: 1000 }, { kind: "tone", hz: 440, ms: 1000 }, { kind: "hangup" }],
		() => {},
	);
	const said = new Int16Array(FRAME_SAMPLES);
	const quiet = new Int16Array(FRAME_SAMPLES);
	const isSpeaking = (seconds: number, heard: Int16Array) => {
		let spoke = false;
		for (let at = 0; at < seconds * 50; at++) {
			end.read(said);
			spoke ||= toneLevel(said, 440) > 1000;
			end.hear(heard);
		}
		return spoke;
	};
	expect(isSpeaking(3, quiet)).toBe(false);
	expect(isSpeaking(2, tone(300, 0.02))).toBe(false);
	expect(isSpeaking(0.5, quiet)).toBe(false);
	expect(isSpeaking(0.4, tone(1000, 0.02))).toBe(false);
	expect(isSpeaking(0.9, quiet)).toBe(false);
	expect(isSpeaking(1, quiet)).toBe(true);
	expect(end.over).toBe(false);
	isSpeaking(1, quiet);
	expect(end.over).toBe(true);
});
