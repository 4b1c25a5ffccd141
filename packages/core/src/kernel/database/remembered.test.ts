import { describe, expect, it } from "vitest";
import type { EventListener } from "../events/event-feed.ts";
import { Remembered } from "./remembered.ts";

/** A reader whose readings end when the test says so. */
function world() {
	const listeners: EventListener[] = [];
	const readings: Array<PromiseWithResolvers<string>> = [];
	const read = () => {
		const reading = Promise.withResolvers<string>();
		readings.push(reading);
		return reading.promise;
	};
	const feed = {
		subscribe(listener: EventListener) {
			listeners.push(listener);
			return () => {};
		},
	};
	const tell = (type: string) => {
		const event = { type, entityType: "x", entityId: "1", position: "1.1", at: new Date(0), announcements: [] };
		for (const listener of listeners) void listener(event);
	};
	return { remembered: new Remembered(read, feed, ["thing.changed"]), readings, tell };
}

describe("Remembered", () => {
	it("reads once, whoever asks", async () => {
		const { remembered, readings } = world();
		const asked = [remembered.get(), remembered.get()];
		expect(remembered.peek()).toBeUndefined();
		readings[0]?.resolve("first");
		expect(await Promise.all(asked)).toEqual(["first", "first"]);
		expect(remembered.peek()).toBe("first");
		expect(readings).toHaveLength(1);
	});

	it("reads again after an event that changes it, and after no other", async () => {
		const { remembered, readings, tell } = world();
		void remembered.get();
		readings[0]?.resolve("first");
		await remembered.get();
		tell("other.changed");
		expect(remembered.peek()).toBe("first");
		tell("thing.changed");
		expect(remembered.peek()).toBeUndefined();
		const second = remembered.get();
		readings[1]?.resolve("second");
		expect(await second).toBe("second");
	});

	it("does not keep what was read while it was forgotten", async () => {
		const { remembered, readings } = world();
		const stale = remembered.get();
		remembered.forget();
		readings[0]?.resolve("stale");
		expect(await stale).toBe("stale");
		expect(remembered.peek()).toBeUndefined();
		const fresh = remembered.get();
		readings[1]?.resolve("fresh");
		expect(await fresh).toBe("fresh");
	});

	it("does not keep a failure", async () => {
		const { remembered, readings } = world();
		const failed = remembered.get();
		readings[0]?.reject(new Error("no connection"));
		await expect(failed).rejects.toThrow("no connection");
		const next = remembered.get();
		readings[1]?.resolve("now");
		expect(await next).toBe("now");
	});
});
