import { expect, it } from "vitest";
import {
	clockText,
	offsetText,
	outsideWindow,
	proposed,
	readWall,
	wallOf,
	zoneOfCountry,
	zonesOf,
} from "./schedule-time.ts";

it("CB-1 at 14:03 the form proposes 14:35, and the instant that is sent is UTC", () => {
	const wall = proposed(Date.parse("2026-11-26T13:03:20Z"), "Europe/Berlin");
	expect(wall).toEqual({ date: "2026-11-26", time: "14:35" });
	expect(readWall(wall, "Europe/Berlin")?.instants).toEqual([Date.parse("2026-11-26T13:35:00Z")]);
	expect(proposed(Date.parse("2026-11-26T23:50:00Z"), "Europe/Berlin")).toEqual({ date: "2026-11-27", time: "01:20" });
});

it("CB-3 a time that is skipped is shown as what it becomes; one that comes twice by its two offsets", () => {
	const gap = readWall({ date: "2027-03-14", time: "02:30" }, "America/New_York");
	expect(gap).toMatchObject({ kind: "gap", shown: "2027-03-14T03:30" });
	const twice = readWall({ date: "2026-10-25", time: "02:30" }, "Europe/Berlin");
	expect(twice?.instants.map((at) => offsetText(at, "Europe/Berlin"))).toEqual(["UTC+02:00", "UTC+01:00"]);
});

it("both clocks are shown, and a time at which nobody likes to be called is known", () => {
	const at = Date.parse("2026-11-26T20:00:00Z");
	expect(clockText(at, "America/New_York", "en-GB", at)).toBe("Thu 15:00");
	expect(clockText(at, "Europe/Berlin", "en-GB", at)).toBe("Thu 21:00");
	expect(wallOf(at, "Asia/Kathmandu")).toEqual({ date: "2026-11-27", time: "01:45" });
});

it("a time was said to be outside of the customer's day where nobody knows where they are", () => {
	const rules = { windowStart: "08:00", windowEnd: "20:00" };
	const at = Date.parse("2026-11-26T20:00:00Z");
	const outside = (zone: string, isKnown: boolean, zones: readonly string[] = []) =>
		outsideWindow(at, { zone, isKnown, zones }, rules);
	expect([outside("America/New_York", true), outside("Europe/Berlin", true)]).toEqual(["no", "yes"]);
	expect(outside("Europe/Berlin", false)).toBe("maybe");
	expect(outside("Europe/Berlin", false, zonesOf("US"))).toBe("no");
	expect(outside("Europe/Berlin", false, zonesOf("IN"))).toBe("yes");
	expect([zoneOfCountry("DE"), zoneOfCountry("US"), zoneOfCountry("??"), zoneOfCountry(undefined)]).toEqual([
		"Europe/Berlin",
		undefined,
		undefined,
		undefined,
	]);
});
