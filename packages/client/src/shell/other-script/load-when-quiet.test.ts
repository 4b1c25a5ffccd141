import { expect, it } from "vitest";
import { FakeClock } from "../../test-support/fake-clock.ts";
import { loadWhenQuiet } from "./load-when-quiet.ts";

function panel() {
	const clock = new FakeClock();
	const state = { inUse: true, lastUseAt: 0, loads: 0 };
	const stop = loadWhenQuiet({
		clock,
		isInUse: () => state.inUse,
		lastUseAt: () => state.lastUseAt,
		random: () => 0.5,
		load: () => state.loads++,
	});
	return { clock, state, stop };
}

it("never loads the panel anew while its agent has something in hand, and does once nothing has been for a while", () => {
	const { clock, state } = panel();
	clock.advance(3_600_000);
	expect(state.loads).toBe(0);
	state.inUse = false;
	clock.advance(18_000);
	expect(state.loads).toBe(0);
	clock.advance(6_000);
	expect(state.loads).toBe(1);
	clock.advance(3_600_000);
	expect(state.loads).toBe(1);
});

it("waits anew when something came in between, or the agent touched the panel", () => {
	const { clock, state } = panel();
	state.inUse = false;
	clock.advance(16_000);
	state.inUse = true;
	clock.advance(2_000);
	state.inUse = false;
	clock.advance(18_000);
	state.lastUseAt = clock.now();
	clock.advance(18_000);
	expect(state.loads).toBe(0);
	clock.advance(6_000);
	expect(state.loads).toBe(1);
});

it("is left alone where the agent has the running version again", () => {
	const { clock, state, stop } = panel();
	state.inUse = false;
	clock.advance(10_000);
	stop();
	clock.advance(3_600_000);
	expect(state.loads).toBe(0);
});
