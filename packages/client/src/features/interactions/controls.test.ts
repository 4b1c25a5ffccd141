import { CALL_CONTROLS } from "@inlay/contract";
import { describe, expect, it } from "vitest";
import type { LiveInteraction } from "../../session/interaction.ts";
import { controlsFor, endControl } from "./controls.ts";

const call: LiveInteraction = {
	id: "c",
	participantId: "p",
	communicationId: "k",
	media: "call",
	direction: "inbound",
	state: "connected",
	held: false,
	muted: false,
	recording: "none",
	securePause: false,
	remoteName: "Ada",
	remoteAddress: "",
	needsWrapup: false,
	flagged: false,
	source: { id: "c" },
};
const names = (change: Partial<LiveInteraction>, wanted = CALL_CONTROLS, can = (_permission: string) => true) =>
	controlsFor({ ...call, ...change }, wanted, can).map((each) => each.control);

describe("call controls", () => {
	it("offers nothing but the end before a call is connected", () => {
		expect(names({ state: "alerting" })).toEqual([]);
		expect(endControl({ ...call, state: "alerting" }, CALL_CONTROLS)?.label).toBe("decline");
		expect(endControl({ ...call, state: "contacting" }, CALL_CONTROLS)?.label).toBe("cancel");
		expect(endControl({ ...call, state: "disconnected" }, CALL_CONTROLS)).toBeUndefined();
	});

	it("follows the script's settings", () => {
		expect(controlsFor(call, ["mute", "dtmf"], () => true).map((each) => each.control)).toEqual(["mute", "dtmf"]);
		expect(endControl(call, ["mute"])).toBeUndefined();
	});

	it("follows the permissions of the table", () => {
		expect(names({}, CALL_CONTROLS, () => false)).toEqual(["mute", "hold", "dtmf", "flag"]);
		expect(names({}, CALL_CONTROLS, (permission) => permission === "conversation:call:record")).toContain("record");
		expect(names({}, CALL_CONTROLS, (permission) => permission.endsWith("blindTransferQueue"))).toContain("transfer");
	});

	it("offers a secure pause only beside a recording", () => {
		expect(names({})).not.toContain("securePause");
		expect(names({ recording: "active" })).toContain("securePause");
	});

	it("says what a click would do now", () => {
		const labels = controlsFor({ ...call, held: true, muted: true, recording: "paused" }, CALL_CONTROLS, () => true);
		expect(labels.map((each) => each.label)).toEqual([
			"unmute",
			"unhold",
			"dtmf",
			"transfer",
			"stopRecord",
			"secureResume",
			"flag",
		]);
	});
});
