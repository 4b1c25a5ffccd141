import { expect, it } from "vitest";
import { resumeTimeOf } from "./times.ts";

it("what was parked late came back at once, or in the night", () => {
	const late = new Date(2026, 9, 24, 23, 30);
	expect(resumeTimeOf("hour", late)).toEqual(new Date(2026, 9, 25, 0, 30));
	expect(resumeTimeOf("hours", late).getTime() - late.getTime()).toBe(4 * 3_600_000);
	expect(resumeTimeOf("tomorrow", late)).toEqual(new Date(2026, 9, 25, 9));
});

it("at two in the night “until tomorrow morning” was 31 hours, and three days were up to 8 hours more or fewer", () => {
	expect(resumeTimeOf("tomorrow", new Date(2026, 10, 29, 2))).toEqual(new Date(2026, 10, 29, 9));
	expect(resumeTimeOf("tomorrow", new Date(2026, 10, 29, 6))).toEqual(new Date(2026, 10, 30, 9));
	expect(resumeTimeOf("days", new Date(2026, 10, 29, 17, 30))).toEqual(new Date(2026, 11, 2, 17, 30));
});
