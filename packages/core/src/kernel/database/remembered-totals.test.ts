import { expect, it } from "vitest";
import type { EventListener } from "../events/event-feed.ts";
import type { LoggedEvent } from "../events/event-log.ts";
import { RememberedTotals } from "./remembered-totals.ts";

function remembered() {
	const listeners: EventListener[] = [];
	const feed = {
		subscribe(listener: EventListener) {
			listeners.push(listener);
			return () => {};
		},
	};
	const totals = new RememberedTotals(feed, (event) => event.entityType === "user");
	const tell = (entityType: string) => {
		for (const listener of listeners) void listener({ entityType } as LoggedEvent);
	};
	let rows = 7;
	let counted = 0;
	const count = async () => {
		counted++;
		return rows;
	};
	return { totals, tell, count, set: (now: number) => (rows = now), counted: () => counted };
}

it("counts once for each filter", async () => {
	const { totals, count, counted } = remembered();
	await totals.of({ state: "active" }, count);
	expect(await totals.of({ state: "active" }, count)).toBe(7);
	expect(counted()).toBe(1);
	await totals.of({ state: "any" }, count);
	expect(counted()).toBe(2);
});

it("counts again when an event tells of a change, and not for others", async () => {
	const { totals, tell, count, set, counted } = remembered();
	await totals.of({}, count);
	tell("queue");
	await totals.of({}, count);
	expect(counted()).toBe(1);
	set(8);
	tell("user");
	expect(await totals.of({}, count)).toBe(8);
});

it("does not keep what was counted before the change that came meanwhile, nor a failure", async () => {
	const { totals, count, set } = remembered();
	const late = Promise.withResolvers<number>();
	const before = totals.of({}, () => late.promise);
	totals.forget();
	set(9);
	expect(await totals.of({}, count)).toBe(9);
	late.resolve(7);
	await before;
	expect(await totals.of({}, count)).toBe(9);
	await expect(totals.of("x", () => Promise.reject(new Error("no database")))).rejects.toThrow("no database");
	expect(await totals.of("x", count)).toBe(9);
});

it("keeps no more than it may, however many filters clients think of", async () => {
	const { totals, count, counted } = remembered();
	for (let i = 0; i < 1_500; i++) await totals.of(i, count);
	await totals.of(0, count);
	expect(counted()).toBe(1_501);
});
