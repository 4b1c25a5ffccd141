import { describe, expect, it } from "vitest";
import { toneLevel } from "../../test-support/goertzel.ts";
import type { FarEndStep } from "../media-engine.ts";
import { FRAME_SAMPLES } from "./audio.ts";
import { FarEnd } from "./far-end.ts";

/** Plays a script for some frames: what was reported at which frame, what was heard, and when the far end was there. */
function play(steps: FarEndStep[], frames: number) {
	const reports: Array<[step: string, frame: number]> = [];
	let frame = 0;
	const farEnd = new FarEnd(steps, (step) => reports.push([step, frame]));
	const sound: Int16Array[] = [];
	const present: boolean[] = [];
	for (; frame < frames; frame++) {
		const out = new Int16Array(FRAME_SAMPLES);
		farEnd.read(out);
		sound.push(out);
		present.push(farEnd.present);
	}
	return { reports, sound, present };
}

describe("simulated far end", () => {
	it("goes through its script in time", () => {
		const { reports, sound, present } = play(
			[
				{ kind: "ring", ms: 100 },
				{ kind: "answer" },
				{ kind: "tone", hz: 500, ms: 60 },
				{ kind: "silence", ms: 40 },
				{ kind: "hangup" },
			],
			12,
		);
		expect(reports).toEqual([
			["ringing", 0],
			["answered", 5],
			["hungup", 10],
		]);
		expect(present).toEqual([...Array(5).fill(false), ...Array(5).fill(true), false, false]);
		expect(sound.map((frame) => toneLevel(frame, 500) > 5000)).toEqual([
			...Array(5).fill(false),
			...Array(3).fill(true),
			...Array(4).fill(false),
		]);
	});

	it("speaks for as long as the text takes, then goes on", () => {
		const { reports, sound } = play([{ kind: "answer" }, { kind: "speak", text: "yes" }, { kind: "hangup" }], 100);
		const hungUpAt = reports.find(([step]) => step === "hungup")?.[1] as number;
		expect(hungUpAt).toBeGreaterThan(10);
		expect(hungUpAt).toBeLessThan(50);
		expect(Math.max(...sound.slice(0, hungUpAt).flatMap((frame) => [...frame]))).toBeGreaterThan(1000);
	});

	it("stays on the line, silent, when the script does not hang up", () => {
		const { present, sound } = play([{ kind: "answer" }], 20);
		expect(present.at(-1)).toBe(true);
		expect(Math.max(...(sound.at(-1) as Int16Array))).toBe(0);
	});
});
