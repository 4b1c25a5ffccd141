import { expect, test } from "vitest";
import { bucketStarts } from "./buckets.ts";

const starts = (from: string, to: string, granularity: string | undefined, zone = "UTC") =>
	bucketStarts(new Date(from), new Date(to), granularity, zone).map((one) => one.toISOString().slice(0, 16));

test("a day on which the clocks are set is one part of 23 or 25 hours", () => {
	expect(starts("2026-03-27T23:00Z", "2026-03-30T22:00Z", "P1D", "Europe/Berlin")).toEqual([
		"2026-03-27T23:00",
		"2026-03-28T23:00",
		"2026-03-29T22:00",
	]);
	expect(starts("2026-10-24T22:00Z", "2026-10-26T00:00Z", "P1D", "Europe/Berlin")).toEqual([
		"2026-10-24T22:00",
		"2026-10-25T23:00",
	]);
});

test("a granularity that is a word of every object made parts of no length", () => {
	for (const word of ["constructor", "toString", "__proto__", "PT7M"])
		expect(() => starts("2026-01-05T10:10Z", "2026-01-05T11:10Z", word)).toThrow("granularity must be one of");
});

test("parts begin at full steps of the clocks, the first where the interval does", () => {
	expect(starts("2026-01-05T10:10Z", "2026-01-05T11:10Z", "PT30M")).toEqual([
		"2026-01-05T10:10",
		"2026-01-05T10:30",
		"2026-01-05T11:00",
	]);
	expect(starts("2026-01-05T10:00Z", "2026-01-05T12:00Z", "PT1H", "Asia/Kathmandu")).toEqual([
		"2026-01-05T10:00",
		"2026-01-05T10:15",
		"2026-01-05T11:15",
	]);
	expect(starts("2026-01-05T10:00Z", "2026-01-25T12:00Z", "P1W")).toEqual([
		"2026-01-05T10:00",
		"2026-01-12T00:00",
		"2026-01-19T00:00",
	]);
	expect(starts("2026-01-05T10:00Z", "2026-02-04T12:00Z", "P1M")).toEqual(["2026-01-05T10:00", "2026-02-01T00:00"]);
	expect(starts("2026-01-05T10:00Z", "2026-01-25T12:00Z", undefined)).toEqual(["2026-01-05T10:00"]);
});
