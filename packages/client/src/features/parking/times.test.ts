import { expect, it } from "vitest";
import { resumeTimeOf } from "./times.ts";

it("what was parked late came back at once, or in the night", () => {
	const late = new Date(2026, 9, 24, 23, 30);
	expect(resumeTimeOf("hour", late)).toEqual(new Date(2026, 9, 25, 0, 30));
	expect(resumeTimeOf("hours", late).getTime() - late.getTime()).toBe(4 * 3_600_000);
	expect(resumeTimeOf("tomorrow", late)).toEqual(new Date(2026, 9, 25, 9));
	expect(resumeTimeOf("days", new Date(2026, 10, 29, 1))).toEqual(new Date(2026, 11, 2, 9));
});
