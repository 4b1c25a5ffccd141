import { describe, expect, it } from "vitest";
import { toneLevel } from "../../test-support/goertzel.ts";
import type { LegMode, MediaEvent } from "../media-engine.ts";
import { FRAME_SAMPLES } from "./audio.ts";
import { Mixer, type MixerLeg } from "./mixer.ts";
import type { Recorder } from "./recorder.ts";
import { SideSound } from "./side-sound.ts";

const MODE: LegMode = { muted: false, held: false, filler: "none", channel: "left" };

/** A leg that says one level all the time and remembers the level it heard last. */
class TestLeg implements MixerLeg {
	readonly id: string;
	present = true;
	heard: Int16Array = new Int16Array(0);
	readonly #says: number;

	constructor(id: string, says: number) {
		this.id = id;
		this.#says = says;
	}

	pull(out: Int16Array): boolean {
		out.fill(this.#says);
		return this.present;
	}

	push(frame: Int16Array): void {
		this.heard = frame.slice();
	}
}

function room(levels: Record<string, number>, modes: Record<string, Partial<LegMode>> = {}) {
	const mixer = new Mixer();
	const legs = Object.entries(levels).map(([id, level]) => new TestLeg(id, level));
	for (const leg of legs) {
		mixer.addLeg(leg);
		mixer.setLeg("bridge", leg.id, { ...MODE, ...modes[leg.id] });
	}
	return { mixer, legs, heard: () => Object.fromEntries(legs.map((leg) => [leg.id, leg.heard[0]])) };
}

describe("mixer", () => {
	it("lets each hear all others and not itself", () => {
		const { mixer, heard } = room({ a: 1, b: 20, c: 300 });
		mixer.tick();
		expect(heard()).toEqual({ a: 320, b: 301, c: 21 });
	});

	it("clips a sum that is too loud instead of wrapping it", () => {
		const { mixer, heard } = room({ a: 30_000, b: 30_000, c: -30_000, d: 30_000 });
		mixer.tick();
		expect(heard()).toEqual({ a: 30_000, b: 30_000, c: 32_767, d: 30_000 });
	});

	it("warns one leg by a tone that nobody else hears, and no recording has (RC-4)", () => {
		const { mixer, legs } = room({ a: 0, b: 0, c: 0 });
		const loudest = () => legs.map(({ heard }) => Math.max(...heard));
		const recorded: number[] = [];
		mixer.addRecorder("bridge", "r", {
			write: (left: Int16Array) => recorded.push(Math.max(...left)),
		} as unknown as Recorder);
		mixer.playTone("b");
		mixer.tick();
		expect(loudest().map((level) => level > 5000)).toEqual([false, true, false]);
		for (let frame = 0; frame < 20; frame++) mixer.tick();
		expect([loudest(), Math.max(...recorded)]).toEqual([[0, 0, 0], 0]);
	});

	it("tells everybody who is recorded by a tone, at once and every 15 s, and not while the recording is paused", () => {
		const { mixer, legs } = room({ customer: 0, agent: 0 });
		const recorder = { paused: false, write() {} };
		mixer.addRecorder("bridge", "r", recorder as unknown as Recorder, 15_000);
		mixer.addRecorder("bridge", "own", recorder as unknown as Recorder, 15_000);
		/** In which frames either heard it, and how loud 1400 Hz was. */
		const told: Array<{ frame: number; levels: number[] }> = [];
		for (let frame = 0; frame < 50 * 62; frame++) {
			recorder.paused = frame >= 50 * 20 && frame < 50 * 40;
			mixer.tick();
			const levels = legs.map(({ heard }) => Math.round(toneLevel(heard, 1400)));
			if (levels.some((level) => level > 0)) told.push({ frame, levels });
		}
		const starts = told.flatMap(({ frame }, index) => (told[index - 1]?.frame === frame - 1 ? [] : [frame / 50]));
		expect(starts).toEqual([0, 15, 40, 55]);
		expect(told).toHaveLength(4 * 10);
		expect(Math.min(...told.flatMap((one) => one.levels))).toBeGreaterThan(3000);
	});

	it("keeps a muted leg from being heard; it hears, and nobody gets a filler for it", () => {
		const { mixer, legs, heard } = room({ a: 1, b: 20 }, { a: { muted: true }, b: { filler: "music" } });
		mixer.tick();
		expect(heard()).toEqual({ a: 20, b: 0 });
		expect(Math.max(...(legs[1]?.heard ?? []))).toBe(0);
	});

	it("cuts a held leg off both ways and plays its filler to it", () => {
		const { mixer, legs, heard } = room({ a: 1, b: 20, c: 300 }, { a: { held: true, filler: "music" } });
		for (let i = 0; i < 5; i++) mixer.tick();
		expect(heard()).toMatchObject({ b: 300, c: 20 });
		expect(Math.max(...(legs[0]?.heard ?? []))).toBeGreaterThan(300);
	});

	it("plays a leg its filler while nobody else is there, held ones not counting", () => {
		const { mixer, legs } = room({ a: 1, b: 20 }, { a: { filler: "ringback" }, b: { held: true } });
		mixer.tick();
		mixer.tick();
		expect(Math.max(...(legs[0]?.heard ?? []))).toBeGreaterThan(1000);
	});

	it("plays ringback until the far end is present", () => {
		const { mixer, legs } = room({ a: 1, b: 20 }, { a: { filler: "ringback" } });
		const [a, b] = legs as [TestLeg, TestLeg];
		b.present = false;
		mixer.tick();
		mixer.tick();
		expect(Math.max(...a.heard)).toBeGreaterThan(1000);
		b.present = true;
		mixer.tick();
		expect(new Set(a.heard)).toEqual(new Set([20]));
	});

	it("begins a filler anew each time it is needed", () => {
		const { mixer, legs } = room({ a: 1, b: 20 }, { a: { held: true, filler: "ringback" } });
		const a = legs[0] as TestLeg;
		mixer.tick();
		const first = [...a.heard];
		mixer.tick();
		expect([...a.heard]).not.toEqual(first);
		mixer.setLeg("bridge", "a", MODE);
		mixer.tick();
		mixer.setLeg("bridge", "a", { ...MODE, held: true, filler: "ringback" });
		mixer.tick();
		expect([...a.heard]).toEqual(first);
	});

	it("moves a leg between bridges and keeps bridges apart", () => {
		const { mixer, heard } = room({ a: 1, b: 20, c: 300 });
		mixer.setLeg("other", "c", MODE);
		mixer.tick();
		expect(heard()).toEqual({ a: 20, b: 1, c: 0 });
		expect(mixer.bridgeCount).toBe(2);
	});

	it("gives silence to a leg without a bridge, also after its bridge closed", () => {
		const { mixer, heard } = room({ a: 1, b: 20 });
		mixer.removeFromBridge("a");
		mixer.tick();
		expect(heard()).toEqual({ a: 0, b: 0 });
		expect(mixer.closeBridge("bridge")).toEqual([]);
		mixer.tick();
		expect(mixer.bridgeCount).toBe(0);
	});

	it("records by channel what can be heard", () => {
		const { mixer } = room(
			{ customer: 1, agent: 20, supervisor: 300, muted: 4000 },
			{ agent: { channel: "right" }, supervisor: { channel: "right" }, muted: { muted: true } },
		);
		const written: Array<[number | undefined, number | undefined, number]> = [];
		const recorder = {
			write: (left: Int16Array, right: Int16Array) => written.push([left[0], right[0], left.length]),
		} as unknown as Recorder;
		mixer.addRecorder("bridge", "recording", recorder);
		mixer.tick();
		mixer.setLeg("bridge", "customer", { ...MODE, held: true });
		mixer.tick();
		mixer.removeRecorder("bridge", "recording");
		mixer.tick();
		expect(written).toEqual([
			[1, 320, FRAME_SAMPLES],
			[0, 320, FRAME_SAMPLES],
		]);
	});

	it("names the recordings of a bridge that closes", () => {
		const { mixer } = room({ a: 1 });
		mixer.addRecorder("bridge", "r1", { write: () => {} } as unknown as Recorder);
		expect(mixer.closeBridge("bridge")).toEqual(["r1"]);
	});
});

describe("a bridge that is listened to", () => {
	it("hands on each side by itself in pieces of 200 ms, and what is left when it ends", () => {
		const { mixer } = room({ a: 1000, b: 0 }, { b: { channel: "right" } });
		const pieces: MediaEvent[] = [];
		mixer.listen("bridge", new SideSound("bridge", (event) => pieces.push(event)));
		for (let tick = 0; tick < 23; tick++) mixer.tick();
		mixer.listen("bridge", undefined);
		mixer.tick();
		const left = Buffer.from(Int16Array.from({ length: 10 * FRAME_SAMPLES }, () => 1000).buffer).toString("base64");
		expect(pieces[0]).toEqual({ type: "sound", bridgeId: "bridge", offsetMs: 0, durationMs: 200, left });
		expect(pieces.map((one) => "offsetMs" in one && one.offsetMs)).toEqual([0, 200, 400]);
		expect(pieces.at(-1)).toMatchObject({ durationMs: 60 });
	});
});
