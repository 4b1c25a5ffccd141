import type { Interaction } from "@inlay/contract";
import { describe, expect, it } from "vitest";
import { diffInteractions } from "./diff.ts";

const CALL: Interaction = {
	id: "c1",
	isConnected: false,
	isDisconnected: false,
	isDone: false,
	state: "ALERTING",
	isCallback: false,
	isDialer: false,
	isChat: false,
	isEmail: false,
	isMessage: false,
	isVoicemail: false,
	recordingState: "none",
	securePause: false,
	isInternal: false,
	startTime: "2026-03-01T10:00:00.000Z",
};
const CONNECTED: Interaction = { ...CALL, state: "CONNECTED", isConnected: true };
const ENDED: Interaction = { ...CALL, state: "DISCONNECTED", isDisconnected: true };
const DONE: Interaction = { ...ENDED, isDone: true, disposition: "Sold" };

const names = (...lists: Parameters<typeof diffInteractions>) =>
	diffInteractions(...lists).map((event) => event.category);

describe("events between two snapshots", () => {
	it("adds without a start time, then brings it by a change", () => {
		const [add, change] = diffInteractions([], [CALL]);
		expect(add?.data).not.toHaveProperty("startTime");
		expect(change).toEqual({ category: "change", data: { old: add?.data, new: CALL } });
	});

	it("says change before connect, disconnect and acw", () => {
		expect(names([CALL], [CONNECTED])).toEqual(["change", "connect"]);
		expect(names([CONNECTED], [ENDED])).toEqual(["change", "disconnect"]);
		expect(names([ENDED], [DONE])).toEqual(["change", "acw"]);
		expect(names([CONNECTED], [DONE])).toEqual(["change", "disconnect", "acw"]);
		expect(names([CONNECTED], [{ ...ENDED, isDone: true }])).toEqual(["change", "disconnect"]);
		expect(names([DONE], [])).toEqual(["deallocate"]);
	});

	it("catches up on what a new interaction has missed, unless it has been there all along", () => {
		expect(names([], [CONNECTED])).toEqual(["add", "change", "connect"]);
		expect(names([], [CONNECTED], { settled: true })).toEqual(["add", "change"]);
	});

	it("announces an update that looks the same, but not an object that was not updated", () => {
		expect(names([CALL], [{ ...CALL }])).toEqual(["change"]);
		expect(names([CALL], [CALL])).toEqual([]);
		expect(names([CALL], [{ ...CALL }], { quiet: true })).toEqual([]);
	});
});
