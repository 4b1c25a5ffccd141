import type { Interaction } from "@inlay/contract";
import { expect, it } from "vitest";
import { recordingEvents } from "./recording-events.ts";

const call = (recordingState: string, securePause = false) =>
	({ id: "call-1", recordingState, securePause }) as unknown as Interaction;

it.each([
	["begins", call("none"), call("active"), { recordingState: "active", securePause: false }],
	["is there when the call comes", undefined, call("active"), { recordingState: "active", securePause: false }],
	["is paused by somebody", call("active"), call("paused", true), { recordingState: "paused", securePause: true }],
	["rests on hold", call("active"), call("paused"), { recordingState: "paused", securePause: false }],
	["ends", call("active"), call("none"), { recordingState: "none", securePause: false }],
])("a script was not told that recording %s", (_, before, after, state) => {
	expect(recordingEvents(before ? [before] : [], [after])).toEqual([
		{ category: "inlay:recording", data: { id: "call-1", ...state } },
	]);
});

it("a call that is not recorded, and one whose recording stays as it is, are told nothing of", () => {
	expect(recordingEvents([], [call("none")])).toEqual([]);
	expect(recordingEvents([call("paused", true)], [call("paused", true)])).toEqual([]);
});
