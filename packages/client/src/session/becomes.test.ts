import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import { FakeClock } from "../test-support/fake-clock.ts";
import { becomes } from "./becomes.ts";

it("resolves at once, when it comes true, or with false when the time is over", async () => {
	const clock = new FakeClock();
	const line = signal("off");
	const isReady = () => line.value === "ready";
	const [coming, late] = [becomes(isReady, clock, 100), becomes(() => line.value === "never", clock, 100)];
	line.value = "ready";
	expect(await coming).toBe(true);
	expect(await becomes(isReady, clock, 100)).toBe(true);
	clock.advance(100);
	expect(await late).toBe(false);
	await clock.waits(0);
});
