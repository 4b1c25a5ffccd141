import type { CallbackView } from "@inlay/contract";
import { expect, it } from "vitest";
import { outsideWindow, zoneChoices, zoneMeant } from "./schedule-time.ts";
import { soonOf } from "./soon.ts";

const now = Date.parse("2026-11-26T12:00:00Z");
const inMinutes = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
const callback = (id: string, more: Partial<CallbackView>): CallbackView => ({
	id,
	state: "scheduled",
	scheduledAt: inMinutes(10),
	numbers: ["+4930"],
	queueId: "q",
	queueName: "Support",
	attempts: [],
	ownerId: "me",
	...more,
});

it("nobody was told that a callback of theirs is about to be due, or about to go to others", () => {
	const all = [
		callback("due", {}),
		callback("later", { scheduledAt: inMinutes(16) }),
		callback("over", { scheduledAt: inMinutes(-1) }),
		callback("theirs", { ownerId: "ben" }),
		callback("waits", { state: "waiting", scheduledAt: inMinutes(-100), ownedUntil: inMinutes(5) }),
	];
	expect(soonOf(all, "me", now).map(({ callback: { id }, of }) => `${id} ${of}`)).toEqual(["waits owner", "due due"]);
});

it("a time zone was chosen by its whole IANA name alone", () => {
	const zones = zoneChoices("en");
	expect(zoneMeant("berlin", zones)).toBe("Europe/Berlin");
	expect(zoneMeant("new york", zones)).toBe("America/New_York");
	expect(zoneMeant("Italy", zones)).toBe("Europe/Rome");
	expect(zoneMeant("America", zones), "several").toBeUndefined();
	expect(zoneMeant(" ", zones)).toBeUndefined();
});

it("the hours at which people like to be called were always the same", () => {
	const rules = { windowStart: "09:30", windowEnd: "17:00" };
	const at = (text: string) =>
		outsideWindow(Date.parse(`2026-11-26T${text}:00Z`), { zone: "UTC", isKnown: true, zones: [] }, rules);
	expect([at("09:29"), at("09:30"), at("17:00")]).toEqual(["yes", "no", "yes"]);
});
