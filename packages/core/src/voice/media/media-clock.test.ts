import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MediaClock } from "./media-clock.ts";

describe("media clock", () => {
	beforeEach(() => {
		vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "clearImmediate", "performance"] });
	});
	afterEach(() => {
		vi.useRealTimers();
	});

	it("ticks fifty times a second, exactly, over a long time", () => {
		let ticks = 0;
		const clock = new MediaClock(() => ticks++);
		clock.start();
		vi.advanceTimersByTime(60_000);
		clock.stop();
		expect(ticks).toBe(3000);
		vi.advanceTimersByTime(1000);
		expect(ticks).toBe(3000);
	});

	it("catches up after a short delay, so that no time is lost", () => {
		let now = 0;
		const { clock, ticks } = clockOn(() => now);
		clock.start();
		now = 110;
		vi.runOnlyPendingTimers();
		for (let i = 0; i < 10; i++) vi.runOnlyPendingTimers();
		expect(ticks).toEqual([110, 110, 110, 110, 110]);
		expect(clock.takeLatenessP99()).toBe(90);
		expect(clock.takeLatenessP99()).toBe(0);
		clock.stop();
	});

	it("gives up missed ticks after a long sleep", () => {
		let now = 0;
		const { clock, ticks } = clockOn(() => now);
		clock.start();
		now = 60_000;
		for (let i = 0; i < 10; i++) vi.runOnlyPendingTimers();
		clock.stop();
		expect(ticks).toEqual([60_000]);
	});
});

/** A clock whose time the test sets; it remembers when it ticked. */
function clockOn(now: () => number) {
	vi.spyOn(performance, "now").mockImplementation(now);
	const ticks: number[] = [];
	return { clock: new MediaClock(() => ticks.push(now())), ticks };
}
