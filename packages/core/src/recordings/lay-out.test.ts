import { describe, expect, it } from "vitest";
import { layOut } from "./lay-out.ts";
import type { Part, PartMark } from "./model.ts";

const part = (file: string, startedMs: number, durationMs: number): Part => ({
	file,
	startedMs,
	durationMs,
	bytes: 44 + durationMs * 32,
});
const mark = (file: string, offsetMs: number, what: PartMark["mark"]): PartMark => ({ file, mark: what, offsetMs });

describe("one recording of its parts", () => {
	it("a pause from 20 to 35 s is annotated there (RC-1)", () => {
		const marks = [mark("a", 20_000, "pause"), mark("a", 35_000, "none")];
		expect(layOut([part("a", 1000, 60_000)], marks)).toMatchObject({
			length: 480_000,
			annotations: [{ type: "pause", offset: 20_000, duration: 15_000 }],
		});
	});

	it("30 s before a kill and 27 s after it are one file with the gap between them (RC-7)", () => {
		const laid = layOut([part("b", 33_000, 27_000), part("a", 0, 30_000)], []);
		expect(laid.parts).toEqual([
			{ file: "a", silence: 0, length: 240_000 },
			{ file: "b", silence: 24_000, length: 216_000 },
		]);
		expect(laid).toMatchObject({ length: 480_000, annotations: [{ type: "gap", offset: 30_000, duration: 3000 }] });
	});

	it("a pause that nobody ended lasts to the end of the call, over a gap too", () => {
		const parts = [part("a", 0, 10_000), part("b", 12_000, 8000)];
		const marks = [mark("a", 6000, "pause"), mark("b", 0, "pause")];
		expect(layOut(parts, marks).annotations).toEqual([
			{ type: "pause", offset: 6000, duration: 14_000 },
			{ type: "gap", offset: 10_000, duration: 2000 },
		]);
	});

	it("hold within which somebody pauses is both, one after the other", () => {
		const marks = [mark("a", 1000, "hold"), mark("a", 2000, "pause"), mark("a", 3000, "hold"), mark("a", 4000, "none")];
		expect(layOut([part("a", 0, 5000)], marks).annotations.map(({ type, offset }) => [type, offset])).toEqual([
			["hold", 1000],
			["pause", 2000],
			["hold", 3000],
		]);
	});

	it.each([
		["nothing at all", [], 0],
		["files without sound", [part("a", 0, 0)], 0],
		["a file that ends within a moment", [{ ...part("a", 0, 1), bytes: 44 + 33 }], 8],
	])("of %s is as long as what can be heard", (_, parts, length) => {
		expect(layOut(parts, []).length).toBe(length);
	});

	it("a clock that went back between two parts makes no gap, and no overlap", () => {
		expect(layOut([part("a", 10_000, 5000), part("b", 10_500, 5000)], [])).toMatchObject({
			length: 80_000,
			annotations: [],
		});
	});
});
