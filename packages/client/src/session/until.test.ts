import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import { FakeClock } from "../test-support/fake-clock.ts";
import { until } from "./until.ts";

it("holds at once, later, or not in time", async () => {
	const clock = new FakeClock();
	const there = signal(false);
	const later = until(() => there.value, clock, 1000);
	const never = until(() => false, clock, 1000);
	there.value = true;
	expect(await later).toBe(true);
	expect(await until(() => there.value, clock, 1000)).toBe(true);
	clock.advance(1000);
	expect(await never).toBe(false);
	await clock.waits(0);
});
