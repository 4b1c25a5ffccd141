import { describe, expect, it } from "vitest";
import { FRAME_SAMPLES } from "./audio.ts";
import { encodeUlaw } from "./g711.ts";
import { JitterBuffer } from "./jitter-buffer.ts";

const SSRC = 7;

/** A stand-in for sound: every frame has a level of its own, which survives µ-law exactly enough to be told apart. */
function payload(frame: number, samples = FRAME_SAMPLES): Uint8Array {
	const out = new Uint8Array(samples);
	encodeUlaw(new Int16Array(samples).fill((frame + 1) * 100), out, 0);
	return out;
}

function put(buffer: JitterBuffer, frame: number, base = 0): void {
	buffer.put(SSRC, (base + frame * FRAME_SAMPLES) >>> 0, payload(frame), 0, FRAME_SAMPLES);
}

/** What reading gives: the frame's number, or the reason why there is none. */
function read(buffer: JitterBuffer): number | "concealed" | "idle" {
	const out = new Int16Array(FRAME_SAMPLES);
	const result = buffer.read(out);
	return result === "played" ? Math.round((out[0] as number) / 100) - 1 : result;
}

const readAll = (buffer: JitterBuffer, times: number) => Array.from({ length: times }, () => read(buffer));

describe("jitter buffer", () => {
	it("is idle before anything arrives, and waits for two frames before it plays", () => {
		const buffer = new JitterBuffer();
		expect(read(buffer)).toBe("idle");
		put(buffer, 0);
		expect(read(buffer)).toBe("idle");
		put(buffer, 1);
		expect(readAll(buffer, 2)).toEqual([0, 1]);
	});

	it("puts packets in order, and takes a duplicate once", () => {
		const buffer = new JitterBuffer();
		for (const frame of [0, 2, 1, 1, 4, 3]) put(buffer, frame);
		expect(readAll(buffer, 5)).toEqual([0, 1, 2, 3, 4]);
	});

	it("reports a gap as concealed and goes on after it", () => {
		const buffer = new JitterBuffer();
		for (const frame of [0, 1, 3, 4]) put(buffer, frame);
		expect(readAll(buffer, 5)).toEqual([0, 1, "concealed", 3, 4]);
	});

	it("drops a packet that comes after its time", () => {
		const buffer = new JitterBuffer();
		for (const frame of [0, 1, 3, 4]) put(buffer, frame);
		readAll(buffer, 3);
		put(buffer, 2);
		expect(readAll(buffer, 2)).toEqual([3, 4]);
	});

	it("waits for a burst that is late: nothing of it is lost", () => {
		const buffer = new JitterBuffer();
		for (const frame of [0, 1]) put(buffer, frame);
		expect(readAll(buffer, 4)).toEqual([0, 1, "concealed", "concealed"]);
		for (const frame of [2, 3, 4]) put(buffer, frame);
		expect(readAll(buffer, 3)).toEqual([2, 3, 4]);
	});

	it("crosses the wrap of the timestamp", () => {
		const buffer = new JitterBuffer();
		const base = 2 ** 32 - 3 * FRAME_SAMPLES;
		for (let frame = 0; frame < 6; frame++) put(buffer, frame, base);
		expect(readAll(buffer, 6)).toEqual([0, 1, 2, 3, 4, 5]);
	});

	it.each([80, 240, 320])("takes packets of %i samples", (samples) => {
		const buffer = new JitterBuffer();
		for (let at = 0; at < 960; at += samples) buffer.put(SSRC, at, payload(0, samples), 0, samples);
		expect(readAll(buffer, 6)).toEqual([0, 0, 0, 0, 0, 0]);
	});

	it("starts afresh after a pause, whatever the timestamp says then", () => {
		const buffer = new JitterBuffer();
		for (const frame of [0, 1]) put(buffer, frame);
		expect(readAll(buffer, 30).at(-1)).toBe("idle");
		for (const frame of [5000, 5001]) buffer.put(SSRC, frame * 160, payload(frame - 5000), 0, FRAME_SAMPLES);
		expect(readAll(buffer, 2)).toEqual([0, 1]);
	});

	it("joins what follows an announced interruption to what went before", () => {
		const buffer = new JitterBuffer();
		for (const frame of [0, 1]) put(buffer, frame);
		buffer.pause();
		expect(readAll(buffer, 6)).toEqual([0, 1, "idle", "idle", "idle", "idle"]);
		for (const frame of [7, 8, 9]) put(buffer, frame);
		expect(readAll(buffer, 3)).toEqual([7, 8, 9]);
	});

	it("keeps what was overtaken by the interruption", () => {
		const buffer = new JitterBuffer();
		for (const frame of [0, 2]) put(buffer, frame);
		buffer.pause();
		put(buffer, 1);
		put(buffer, 6);
		expect(readAll(buffer, 4)).toEqual([0, 1, 2, 6]);
	});

	it("starts afresh when the source changes or jumps", () => {
		const buffer = new JitterBuffer();
		for (const frame of [0, 1, 2]) put(buffer, frame);
		read(buffer);
		for (const frame of [0, 1]) buffer.put(99, frame * 160, payload(frame), 0, FRAME_SAMPLES);
		expect(readAll(buffer, 2)).toEqual([0, 1]);
		for (const frame of [0, 1]) buffer.put(99, 1_000_000 + frame * 160, payload(frame), 0, FRAME_SAMPLES);
		expect(readAll(buffer, 2)).toEqual([0, 1]);
	});

	it("follows a sender whose clock is 0.5 % fast without its depth growing", () => {
		const buffer = new JitterBuffer();
		let sent = 0;
		for (let tick = 0; tick < 6000; tick++) {
			while (sent < tick * 1.005 + 3) put(buffer, sent++ % 200, Math.floor((sent - 1) / 200) * 200 * FRAME_SAMPLES);
			read(buffer);
		}
		expect(buffer.depth).toBeLessThanOrEqual(6);
	});

	it("follows a sender whose clock is 0.5 % slow, concealing only the frames that time lacks", () => {
		const buffer = new JitterBuffer();
		let sent = 0;
		let concealed = 0;
		for (let tick = 0; tick < 6000; tick++) {
			while (sent < tick * 0.995 + 3) put(buffer, sent++ % 200, Math.floor((sent - 1) / 200) * 200 * FRAME_SAMPLES);
			if (read(buffer) === "concealed") concealed++;
		}
		expect(concealed).toBeGreaterThan(15);
		expect(concealed).toBeLessThanOrEqual(60);
	});
});
