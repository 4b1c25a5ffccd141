import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { ApiError } from "../session/api.ts";
import type { ChannelState } from "../session/notifications.ts";
import { FakeClock } from "../test-support/fake-clock.ts";
import { Again } from "./again-when-back.ts";

const noAnswer = () => new ApiError(0, {});

/** A view that loads, as often as it is told to. */
function desk(now: ChannelState) {
	const clock = new FakeClock();
	const state = signal(now);
	const again = new Again({ clock, channel: { state } });
	const view = { loads: 0 };
	const load = () => {
		view.loads += 1;
	};
	return { clock, state, again, view, load };
}

describe("what did not load", () => {
	it.each([0, 502, 503])("stayed so after the server was back, until the agent pressed (%i)", (status) => {
		const { clock, state, again, view, load } = desk("open");
		again.after(new ApiError(status, {}), load);
		state.value = "lost";
		clock.advance(60_000);
		expect(view.loads).toBe(0);
		state.value = "open";
		clock.advance(0);
		expect(view.loads).toBe(1);
	});

	it("failed before the panel had its first connection, and stayed so", () => {
		const { clock, state, again, view, load } = desk("connecting");
		again.after(noAnswer(), load);
		state.value = "open";
		clock.advance(0);
		expect(view.loads).toBe(1);
	});

	it("was asked for as the session ended, and stayed so after its agent had signed in again", () => {
		const { clock, state, again, view, load } = desk("connecting");
		again.after(new ApiError(401, {}), load);
		clock.advance(600_000);
		expect(view.loads).toBe(0);
		state.value = "open";
		clock.advance(0);
		expect(view.loads).toBe(1);
	});

	it("was refused with 401 while the server was there, and is not asked for again and again", () => {
		const { clock, again, view, load } = desk("open");
		again.after(new ApiError(401, {}), load);
		clock.advance(600_000);
		expect(view.loads).toBe(0);
	});

	it("was known to have failed only when the server was back, and stayed so", () => {
		const { clock, again, view, load } = desk("open");
		again.after(noAnswer(), load);
		clock.advance(1000);
		expect(view.loads).toBe(1);
	});

	it("was asked for more and more seldom where the server was there and could not, and never given up", () => {
		const { clock, again, view } = desk("open");
		const load = () => {
			view.loads += 1;
			again.after(new ApiError(503, {}), load);
		};
		again.after(new ApiError(503, {}), load);
		clock.advance(60_000);
		const first = view.loads;
		expect(first).toBeGreaterThan(3);
		expect(first).toBeLessThan(9);
		clock.advance(300_000);
		expect(view.loads).toBeGreaterThan(first + 8);
		expect(view.loads).toBeLessThan(first + 16);
	});

	it("was waited for as long as the trouble before it, though it had been there since", () => {
		const { clock, again, view, load } = desk("open");
		const fail = () => again.after(new ApiError(503, {}), load);
		for (let tries = 0; tries < 8; tries++) fail();
		again.dispose();
		fail();
		clock.advance(1000);
		expect(view.loads).toBe(1);
	});

	it.each([400, 403, 404, 409])("was refused with %i, and is not asked for again by itself", (status) => {
		const { clock, state, again, view, load } = desk("open");
		again.after(new ApiError(status, {}), load);
		state.value = "lost";
		state.value = "open";
		clock.advance(600_000);
		expect(view.loads).toBe(0);
	});

	it("had loaded meanwhile, or its view was gone, and was asked for all the same", () => {
		const { clock, state, again, view, load } = desk("lost");
		again.after(noAnswer(), load);
		again.after(undefined, load);
		state.value = "open";
		clock.advance(600_000);
		again.after(noAnswer(), load);
		again.dispose();
		state.value = "lost";
		state.value = "open";
		clock.advance(600_000);
		expect(view.loads).toBe(0);
	});
});

it("sound that no browser plays was fetched again and again while the server was there", () => {
	const { clock, state, again, view, load } = desk("open");
	again.onceBack(true, load);
	clock.advance(600_000);
	expect(view.loads).toBe(0);
	state.value = "lost";
	state.value = "open";
	clock.advance(0);
	expect(view.loads).toBe(1);
});
