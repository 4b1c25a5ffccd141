import { describe, expect, it } from "vitest";
import {
	type Availability,
	offQueue,
	type RoutingStatusName,
	routingStatusOf,
	withPresence,
	withReport,
	withWish,
} from "./availability.ts";

const idle: Availability = { onQueue: true, work: "NONE", notResponding: false };
const onCall: Availability = { ...idle, work: "INTERACTING" };
const ownCall: Availability = { ...idle, work: "COMMUNICATING" };
const missed: Availability = { ...idle, notResponding: true };

const steps: Array<[string, Availability, (now: Availability) => Availability, RoutingStatusName]> = [
	["going on queue makes idle", offQueue, (now) => withPresence(now, true), "IDLE"],
	["leaving makes off queue", idle, (now) => withPresence(now, false), "OFF_QUEUE"],
	["leaving in a call makes off queue at once", onCall, (now) => withPresence(now, false), "OFF_QUEUE"],
	["coming back in that call shows it", { ...onCall, onQueue: false }, (now) => withPresence(now, true), "INTERACTING"],
	["going on queue again forgets a missed offer", missed, (now) => withPresence(now, true), "IDLE"],
	["an offer makes interacting", idle, (now) => withReport(now, "INTERACTING"), "INTERACTING"],
	["an own call makes communicating", idle, (now) => withReport(now, "COMMUNICATING"), "COMMUNICATING"],
	["the end of work makes idle", onCall, (now) => withReport(now, "IDLE"), "IDLE"],
	["the end of work off queue stays off queue", offQueue, (now) => withReport(now, "IDLE"), "OFF_QUEUE"],
	["work off queue stays off queue", offQueue, (now) => withReport(now, "INTERACTING"), "OFF_QUEUE"],
	["an offer that rang out", idle, (now) => withReport(now, "NOT_RESPONDING"), "NOT_RESPONDING"],
	[
		"an offer that rang out while the agent had begun a call",
		ownCall,
		(now) => withReport(now, "NOT_RESPONDING"),
		"NOT_RESPONDING",
	],
	[
		"an offer that rang out beside other work of the queue",
		onCall,
		(now) => withReport(withReport(now, "NOT_RESPONDING"), "INTERACTING"),
		"NOT_RESPONDING",
	],
	["an offer that rang out after leaving", offQueue, (now) => withReport(now, "NOT_RESPONDING"), "OFF_QUEUE"],
	["a missed offer outranks work", missed, (now) => withReport(now, "COMMUNICATING"), "NOT_RESPONDING"],
	[
		"the end of that work leaves it",
		{ ...missed, work: "COMMUNICATING" },
		(now) => withReport(now, "IDLE"),
		"NOT_RESPONDING",
	],
	["a report of off queue", ownCall, (now) => withReport(now, "OFF_QUEUE"), "OFF_QUEUE"],
];

describe("presence, work and routing status", () => {
	it.each(steps)("%s", (_name, before, step, after) => {
		expect(routingStatusOf(step(before))).toBe(after);
	});

	it("remembers no missed offer from before leaving", () => {
		const returned = withPresence(withReport(idle, "NOT_RESPONDING"), false);
		expect(routingStatusOf(withPresence(returned, true))).toBe("IDLE");
	});
});

const wishes: Array<[string, Availability, RoutingStatusName, RoutingStatusName | "off.queue" | "not.settable"]> = [
	["back from a missed offer", missed, "IDLE", "IDLE"],
	["back from a missed offer to the work in hand", { ...onCall, notResponding: true }, "IDLE", "INTERACTING"],
	["idle while idle", idle, "IDLE", "IDLE"],
	["idle while busy stays busy", onCall, "IDLE", "INTERACTING"],
	["idle while off queue", offQueue, "IDLE", "off.queue"],
	["off queue while on queue", idle, "OFF_QUEUE", "not.settable"],
	["off queue while off queue changes nothing", offQueue, "OFF_QUEUE", "OFF_QUEUE"],
	["interacting", idle, "INTERACTING", "not.settable"],
	["communicating", idle, "COMMUNICATING", "not.settable"],
	["not responding", idle, "NOT_RESPONDING", "not.settable"],
];

describe("what a client may ask for", () => {
	it.each(wishes)("%s", (_name, before, wished, outcome) => {
		const next = withWish(before, wished);
		expect(typeof next === "string" ? next : routingStatusOf(next)).toBe(outcome);
	});
});
