import { describe, expect, it } from "vitest";
import type { EventListener } from "../events/event-feed.ts";
import { RememberedById } from "./remembered-by-id.ts";

/** A reader whose readings end when the test says so. */
function world(capacity?: number) {
	const listeners: EventListener[] = [];
	const readings: Array<PromiseWithResolvers<string | undefined> & { id: string }> = [];
	/** Readings of several are named by all of their ids, and find what they are resolved with for each. */
	const read = async (ids: readonly string[]) => {
		const reading = { id: ids.join(), ...Promise.withResolvers<string | undefined>() };
		readings.push(reading);
		const found = await reading.promise;
		return new Map(found === undefined ? [] : ids.map((id) => [id, found] as const));
	};
	const feed = {
		subscribe(listener: EventListener) {
			listeners.push(listener);
			return () => {};
		},
	};
	const tell = (type: string, entityId: string) => {
		const event = { type, entityType: "x", entityId, position: "1.1", at: new Date(0), announcements: [] };
		for (const listener of listeners) void listener(event);
	};
	const changedBy = (event: { type: string; entityId: string }) =>
		event.type === "thing.changed" ? event.entityId : undefined;
	return { remembered: new RememberedById(read, feed, changedBy, capacity), readings, tell };
}

describe("RememberedById", () => {
	it("reads each once, whoever asks", async () => {
		const { remembered, readings } = world();
		const asked = [remembered.get("a"), remembered.get("a"), remembered.get("b")];
		readings[0]?.resolve("A");
		readings[1]?.resolve("B");
		expect(await Promise.all(asked)).toEqual(["A", "A", "B"]);
		expect(await remembered.get("a")).toBe("A");
		expect(readings.map(({ id }) => id)).toEqual(["a", "b"]);
	});

	it("reads again only the one that an event says has changed", async () => {
		const { remembered, readings, tell } = world();
		const asked = [remembered.get("a"), remembered.get("b")];
		for (const reading of readings) reading.resolve("old");
		await Promise.all(asked);
		tell("other.changed", "a");
		tell("thing.changed", "b");
		expect(await remembered.get("a")).toBe("old");
		const again = remembered.get("b");
		readings[2]?.resolve("new");
		expect(await again).toBe("new");
	});

	it("does not keep what was read while it was forgotten", async () => {
		const { remembered, readings } = world();
		const stale = remembered.get("a");
		remembered.forget("a");
		const fresh = remembered.get("a");
		readings[1]?.resolve("fresh");
		readings[0]?.resolve(undefined);
		expect(await stale).toBeUndefined();
		expect(await fresh).toBe("fresh");
		expect(await remembered.get("a")).toBe("fresh");
	});

	it("keeps neither a failure nor an absence", async () => {
		const { remembered, readings } = world();
		const failed = remembered.get("a");
		readings[0]?.reject(new Error("no connection"));
		await expect(failed).rejects.toThrow("no connection");
		const absent = remembered.get("a");
		readings[1]?.resolve(undefined);
		expect(await absent).toBeUndefined();
		const there = remembered.get("a");
		readings[2]?.resolve("A");
		expect(await there).toBe("A");
	});

	it("reads several at once, those alone that it does not know", async () => {
		const { remembered, readings } = world();
		void remembered.get("b");
		readings[0]?.resolve("B");
		const all = remembered.all(["a", "b", "c", "a"]);
		expect(readings.map(({ id }) => id)).toEqual(["b", "a,c"]);
		readings[1]?.resolve("new");
		expect(await all).toEqual(
			new Map([
				["a", "new"],
				["b", "B"],
				["c", "new"],
			]),
		);
		expect(await remembered.get("c")).toBe("new");
		expect(await remembered.all([])).toEqual(new Map());
		expect(readings).toHaveLength(2);
	});

	it("leaves out of several what does not exist", async () => {
		const { remembered, readings } = world();
		const all = remembered.all(["a"]);
		readings[0]?.resolve(undefined);
		expect(await all).toEqual(new Map());
	});

	it("lets the oldest go beyond its capacity", async () => {
		const { remembered, readings } = world(1);
		for (const id of ["a", "b", "a"]) void remembered.get(id);
		expect(readings.map(({ id }) => id)).toEqual(["a", "b", "a"]);
	});
});
