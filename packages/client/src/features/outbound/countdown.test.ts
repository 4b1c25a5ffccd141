import { expect, it } from "vitest";
import { clockIn, leftUntil } from "./countdown.ts";

const now = Date.parse("2026-11-26T17:00:00Z");

it.each([
	["2026-11-26T17:00:18Z", "0:18"],
	["2026-11-26T17:02:05Z", "2:05"],
	["2026-11-26T17:00:00.200Z", "0:01"],
	["2026-11-26T16:59:00Z", "0:00"],
])("until %s there is %s left", (at, left) => {
	expect(leftUntil(at, now)).toBe(left);
});

it("a zone that the browser does not know broke the card", () => {
	expect(clockIn("Europe/Berlin", now, "de")).toBe("18:00");
	expect(clockIn("Mars/Olympus", now, "de")).toBe("");
});
