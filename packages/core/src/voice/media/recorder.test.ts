import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { wavChannels } from "../../test-support/goertzel.ts";
import { FRAME_SAMPLES } from "./audio.ts";
import { Recorder } from "./recorder.ts";
import { salvageRecording } from "./salvage.ts";
import { wavDataBytes, wavHeader } from "./wav.ts";

/** The disk may be busy with other tests. */
const PATIENCE = { timeout: 15_000 };
const frame = (value: number) => new Int16Array(FRAME_SAMPLES).fill(value);

describe("recorder", () => {
	let folder: string;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), "inlay-recorder-"));
	});
	afterAll(() => rm(folder, { recursive: true, force: true }));

	it("writes both channels in order and counts them", async () => {
		const file = join(folder, "deep", "er", "both.wav");
		const recorder = new Recorder(file);
		for (let i = 0; i < 120; i++) recorder.write(frame(i), frame(-i));
		expect(await recorder.finish()).toEqual({ durationMs: 2400, bytes: 44 + 120 * 640 });
		const wav = await readFile(file);
		expect(wavDataBytes(wav)).toBe(wav.length - 44);
		const { left, right } = wavChannels(wav);
		for (let i = 0; i < 120; i++) {
			expect([left[i * FRAME_SAMPLES], right[(i + 1) * FRAME_SAMPLES - 1]]).toEqual([i, -i || 0]);
		}
	});

	it("was cut off by a kill: its length says what there is, and its header is right at the end", async () => {
		const file = join(folder, "running.wav");
		const recorder = new Recorder(file);
		for (let i = 0; i < 70; i++) recorder.write(frame(1), frame(2));
		await vi.waitUntil(async () => (await salvageRecording(file))?.durationMs === 1000, PATIENCE);
		await recorder.finish();
		expect(await salvageRecording(file)).toEqual({ durationMs: 1400, bytes: 44 + 70 * 640 });
		expect(wavDataBytes(await readFile(file))).toBe(70 * 640);
		// In the middle of a sample.
		await appendFile(file, Buffer.alloc(7));
		expect(await salvageRecording(file)).toEqual({ durationMs: 1400.125, bytes: 44 + 70 * 640 + 4 });
	});

	it("is silent while paused and stays in time", async () => {
		const file = join(folder, "paused.wav");
		const recorder = new Recorder(file);
		recorder.write(frame(5), frame(5));
		recorder.paused = true;
		recorder.write(frame(5), frame(5));
		recorder.paused = false;
		recorder.write(frame(6), frame(6));
		await recorder.finish();
		const { left } = wavChannels(await readFile(file));
		expect([left[0], left[FRAME_SAMPLES], left[2 * FRAME_SAMPLES]]).toEqual([5, 0, 6]);
	});

	it("reports the first error and rejects at the end", async () => {
		const onFailure = vi.fn();
		const recorder = new Recorder("/proc/nowhere/x.wav", onFailure);
		await vi.waitUntil(() => onFailure.mock.calls.length > 0, PATIENCE);
		recorder.write(frame(1), frame(1));
		await expect(recorder.finish()).rejects.toThrow("/proc/nowhere");
		expect(onFailure).toHaveBeenCalledOnce();
	});

	it("salvages nothing from a file that is missing or not ours", async () => {
		expect(await salvageRecording(join(folder, "missing.wav"))).toBeUndefined();
		expect(wavDataBytes(Buffer.alloc(44))).toBe(0);
	});

	it("describes stereo 16-bit PCM at 8 kHz", () => {
		const header = wavHeader(640);
		expect(header.toString("latin1", 0, 4) + header.toString("latin1", 8, 16)).toBe("RIFFWAVEfmt ");
		expect([header.readUInt16LE(20), header.readUInt16LE(22), header.readUInt32LE(24)]).toEqual([1, 2, 8000]);
		expect([header.readUInt32LE(28), header.readUInt16LE(32), header.readUInt16LE(34)]).toEqual([32_000, 4, 16]);
		expect(header.readUInt32LE(4)).toBe(676);
	});
});
