import type { CallQualityFigures } from "@inlay/contract";
import { beforeEach, describe, expect, it } from "vitest";
import { FakeClock } from "../../test-support/fake-clock.ts";
import { type MeasuredSound, QualityWatch } from "./quality-watch.ts";

/** A connection whose counters a test turns on. */
class FakeSound implements MeasuredSound {
	received = 0;
	microphone?: string;
	async stats(): Promise<Iterable<[string, unknown]>> {
		return [
			["I", { type: "inbound-rtp", kind: "audio", packetsReceived: this.received, totalAudioEnergy: this.received }],
			["O", { type: "outbound-rtp", kind: "audio", packetsSent: this.received + 1 }],
		];
	}
}

let clock: FakeClock;
let sounds: Map<string, FakeSound>;
let saved: { id: string; partId: string; figures: CallQualityFigures }[];
let watch: QualityWatch;
let now: number;
let ids: number;

beforeEach(() => {
	clock = new FakeClock();
	sounds = new Map();
	saved = [];
	now = ids = 0;
	watch = new QualityWatch({
		clock,
		steadyMs: () => now,
		newId: () => `part-${++ids}`,
		sounds: () => sounds,
		expectation: () => ({ hearing: true, voice: true, sending: false }),
		save: async (id, partId, figures) => saved.push({ id, partId, figures }),
	});
});

async function seconds(count: number, packets = 50): Promise<void> {
	for (let second = 0; second < count; second++) {
		now += 1000;
		for (const sound of sounds.values()) sound.received += packets;
		clock.advance(1000);
		await clock.waits(1);
	}
}

describe("calls are measured", () => {
	it("each second while they last, and their figures are handed in once, at the end", async () => {
		sounds.set("talk", new FakeSound());
		await seconds(6);
		expect(watch.states.value.get("talk")).toMatchObject({ grade: "good" });
		expect(saved).toEqual([]);
		sounds.clear();
		watch.sweep();
		expect(watch.states.value.size).toBe(0);
		await seconds(3);
		expect(saved).toMatchObject([
			{ id: "talk", partId: "part-1", figures: { seconds: 5, received: { packets: 250 } } },
		]);
		expect(watch.states.value.size).toBe(0);
	});

	it("nobody could say which microphone a faint call had: its name comes with the figures", async () => {
		const sound = new FakeSound();
		sounds.set("talk", Object.assign(sound, { microphone: `Headset ${"🎧".repeat(200)}` }));
		await seconds(3);
		delete sound.microphone;
		sounds.clear();
		watch.sweep();
		expect(saved).toMatchObject([{ figures: { microphone: `Headset ${"🎧".repeat(92)}` } }]);
	});

	it("one-way sound is known within 5 s of its beginning", async () => {
		sounds.set("talk", new FakeSound());
		await seconds(3);
		await seconds(5, 0);
		expect(watch.states.value.get("talk")).toMatchObject({ grade: "poor", trouble: "hearNothing" });
	});

	it("a connection that was made anew within a call is a part of its own", async () => {
		sounds.set("talk", new FakeSound());
		await seconds(3);
		sounds.set("talk", new FakeSound());
		await seconds(3);
		watch.stop();
		expect(saved.map(({ partId }) => partId)).toEqual(["part-1", "part-2"]);
	});

	it("a page that went took the figures with it: they are handed in before, and once more under the same name", async () => {
		sounds.set("talk", new FakeSound());
		await seconds(3);
		watch.handIn();
		await seconds(2);
		watch.stop();
		expect(saved.map(({ partId, figures }) => [partId, figures.seconds])).toEqual([
			["part-1", 2],
			["part-1", 4],
		]);
	});
});
