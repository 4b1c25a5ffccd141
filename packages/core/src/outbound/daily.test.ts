import { expect, it } from "vitest";
import { countedToday, nextDay, resetZone } from "./daily.ts";
import type { AttemptLimitsValue, Tries } from "./model.ts";

it.each([
	["an ordinary one", "Europe/Berlin", "2026-11-26T17:59:30Z", "2026-11-26T23:00:00Z"],
	["from the stroke of midnight on", "Europe/Berlin", "2026-11-26T23:00:00Z", "2026-11-27T23:00:00Z"],
	["after a day of 23 hours", "Europe/Berlin", "2026-03-28T23:10:00Z", "2026-03-29T22:00:00Z"],
	["after a day of 25 hours", "Europe/Berlin", "2026-10-24T22:10:00Z", "2026-10-25T23:00:00Z"],
	["where clocks stand half an hour apart", "Asia/Kolkata", "2026-11-26T12:00:00Z", "2026-11-26T18:30:00Z"],
	["a day that has no midnight was passed over", "Africa/Cairo", "2026-04-23T12:00:00Z", "2026-04-23T22:00:00Z"],
	["a day that has two midnights", "Africa/Cairo", "2026-10-29T20:00:00Z", "2026-10-29T22:00:00Z"],
])("the next day begins, %s", (_what, zone, at, begins) => {
	expect(nextDay(zone, new Date(at))).toEqual(new Date(begins));
});

const limits = (value: Partial<AttemptLimitsValue>) => value as AttemptLimitsValue;

it("days count where limits begin anew with each of them, by their zone or UTC", () => {
	expect(resetZone(undefined)).toBeUndefined();
	expect(resetZone(limits({ resetPeriod: "NEVER", timeZoneId: "Asia/Tokyo" }))).toBeUndefined();
	expect(resetZone(limits({ resetPeriod: "TODAY", timeZoneId: "Asia/Tokyo" }))).toBe("Asia/Tokyo");
	expect(resetZone(limits({ resetPeriod: "TODAY" }))).toBe("UTC");
});

it("tries of another day of the zone do not count, but what a number's result has said stays", () => {
	const column = { count: 2, result: "ININ-OUTBOUND-BUSY" };
	const tries = { attempts: 2, day: "2026-11-26", columns: { Phone: column } } as unknown as Tries;
	const tokyo = limits({ resetPeriod: "TODAY", timeZoneId: "Asia/Tokyo" });
	const [evening, morning] = [new Date("2026-11-26T14:59:00Z"), new Date("2026-11-26T15:00:00Z")];
	expect(countedToday(tries, tokyo, evening)).toBe(tries);
	expect(countedToday(tries, tokyo, morning)).toEqual({ attempts: 0, columns: { Phone: { ...column, count: 0 } } });
	expect(countedToday(tries, limits({ resetPeriod: "NEVER" }), morning)).toBe(tries);
});
