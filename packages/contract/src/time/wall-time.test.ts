import { expect, it } from "vitest";
import { readWallTime, wallTimeAt } from "./wall-time.ts";

const iso = (at: number) => new Date(at).toISOString().replace(":00.000Z", "Z");

it.each([
	[
		"CB-3, a time that the spring gap leaves out",
		"2027-03-14T02:30",
		"America/New_York",
		["2027-03-14T07:30Z"],
		"2027-03-14T03:30",
		"gap",
	],
	[
		"CB-3, a time that the autumn has twice",
		"2026-10-25T02:30",
		"Europe/Berlin",
		["2026-10-25T00:30Z", "2026-10-25T01:30Z"],
		"2026-10-25T02:30",
		"twice",
	],
	["an ordinary time", "2026-11-26T15:00", "America/New_York", ["2026-11-26T20:00Z"], "2026-11-26T15:00", "plain"],
	[
		"the minute before the gap",
		"2027-03-28T01:59",
		"Europe/Berlin",
		["2027-03-28T00:59Z"],
		"2027-03-28T01:59",
		"plain",
	],
	[
		"the first minute of the gap",
		"2027-03-28T02:00",
		"Europe/Berlin",
		["2027-03-28T01:00Z"],
		"2027-03-28T03:00",
		"gap",
	],
	["the minute after the gap", "2027-03-28T03:00", "Europe/Berlin", ["2027-03-28T01:00Z"], "2027-03-28T03:00", "plain"],
	[
		"a gap of half an hour",
		"2026-10-04T02:15",
		"Australia/Lord_Howe",
		["2026-10-03T15:45Z"],
		"2026-10-04T02:45",
		"gap",
	],
	[
		"a zone of a quarter of an hour",
		"2026-11-26T12:00",
		"Asia/Kathmandu",
		["2026-11-26T06:15Z"],
		"2026-11-26T12:00",
		"plain",
	],
	[
		"the last minute that comes twice",
		"2026-11-01T01:59",
		"America/New_York",
		["2026-11-01T05:59Z", "2026-11-01T06:59Z"],
		"2026-11-01T01:59",
		"twice",
	],
])("%s", (_what, wall, zone, instants, shown, kind) => {
	const read = readWallTime(wall, zone);
	expect({ ...read, instants: read?.instants.map(iso) }).toEqual({ instants, shown, kind });
	expect(read?.instants.map((at) => wallTimeAt(at, zone))).toEqual(instants.map(() => shown));
});

it("what is no time or no zone is not read as another one", () => {
	expect(readWallTime("2027-02-30T10:00", "Europe/Berlin")).toBeUndefined();
	expect(readWallTime("2027-02-20T24:30", "Europe/Berlin")).toBeUndefined();
	expect(readWallTime("tomorrow", "Europe/Berlin")).toBeUndefined();
	expect(readWallTime("2027-02-20T10:00", "Mars/Olympus")).toBeUndefined();
});
