import { expect, it } from "vitest";
import { regionOf, waveformPath } from "./model.ts";

it.each([
	[20_000, 15_000, { x: 100, width: 75 }],
	[0, 60_000, { x: 0, width: 300 }],
	[50_000, 20_000, { x: 250, width: 50 }],
	[70_000, 1000, { x: 300, width: 0 }],
])("of a minute in 300 pixels, %i and %i ms on stand at %o", (offset, duration, region) => {
	expect(regionOf({ type: "pause", offset, duration }, 60_000, 300)).toEqual(region);
});

it("a recording of no length had its marks at no place at all", () => {
	expect(regionOf({ type: "gap", offset: 0, duration: 10 }, 0, 300)).toEqual({ x: 0, width: 0 });
});

it("a silent recording was an empty picture: silence is a line", () => {
	expect(waveformPath([0, 1], 10, 20)).toBe("M2.5 9.5V10.5M7.5 0.0V20.0");
	expect(waveformPath([], 10, 20)).toBe("");
});
