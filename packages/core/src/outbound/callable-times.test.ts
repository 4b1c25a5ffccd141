import { expect, it } from "vitest";
import { type CallableTime, isCallable, nextCallable, zoneOf } from "./callable-times.ts";

const daily = (timeZoneId: string, startTime: string, stopTime: string): CallableTime => ({
	timeZoneId,
	timeSlots: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, startTime, stopTime })),
});
const losAngeles = [daily("America/Los_Angeles", "09:00", "20:00")];

it("OB-3 somebody in Los Angeles was offered at 17:59 in Berlin, where it is 08:59", () => {
	const at = (time: string) => isCallable(losAngeles, "America/Los_Angeles", new Date(`2026-11-26T${time}:00+01:00`));
	expect(at("17:59")).toBe(false);
	expect(at("18:00")).toBe(true);
});

it.each([
	["closes at its end", "2026-11-27T04:00:00Z", false],
	["and not before", "2026-11-27T03:59:59Z", true],
	["in summer, by the summer's clock", "2026-07-01T16:00:00Z", true],
	["not by the winter's", "2026-07-02T03:30:00Z", false],
])("a window %s", (_name, at, open) => {
	expect(isCallable(losAngeles, "America/Los_Angeles", new Date(at))).toBe(open);
});

it("a zone of which the set says nothing was called", () => {
	expect(isCallable(losAngeles, "Europe/Berlin", new Date("2026-11-26T18:00:00Z"))).toBe(false);
	expect(nextCallable(losAngeles, "Europe/Berlin", new Date("2026-11-26T18:00:00Z"))).toBeUndefined();
});

it.each([
	["tonight: tomorrow morning", "2026-11-27T05:00:00Z", "2026-11-27T17:00:00.000Z"],
	["over the night in which the clock goes forward", "2027-03-14T06:00:00Z", "2027-03-14T16:00:00.000Z"],
	["now, where it is open", "2026-11-26T18:30:00Z", "2026-11-26T18:30:00.000Z"],
])("the next window opens %s", (_name, from, opens) => {
	expect(nextCallable(losAngeles, "America/Los_Angeles", new Date(from))?.toISOString()).toBe(opens);
});

it("a week with one window: it opens on that weekday", () => {
	const mondays = [{ timeZoneId: "Europe/Berlin", timeSlots: [{ day: 1, startTime: "10:00", stopTime: "11:00" }] }];
	expect(nextCallable(mondays, "Europe/Berlin", new Date("2026-11-26T12:00:00Z"))?.toISOString()).toBe(
		"2026-11-30T09:00:00.000Z",
	);
});

it("a column that names no zone left a contact without one", () => {
	expect(zoneOf("Mars/Olympus", "Europe/Berlin")).toBe("Europe/Berlin");
	expect(zoneOf(" America/New_York ", "Europe/Berlin")).toBe("America/New_York");
	expect(zoneOf(undefined, "Europe/Berlin")).toBe("Europe/Berlin");
});
