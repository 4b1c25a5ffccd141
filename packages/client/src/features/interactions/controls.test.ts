import { CALL_CONTROLS, type CallControl } from "@inlay/contract";
import { describe, expect, it } from "vitest";
import type { LiveInteraction } from "../../session/interaction.ts";
import { manifest as callbacks } from "../callbacks/manifest.ts";
import { controlsFor } from "./controls.ts";

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
	afterCallWorkAsked: false,
	source: { id: "c" },
};
const names = (
	change: Partial<LiveInteraction>,
	wanted: readonly CallControl[] = CALL_CONTROLS,
	can = (_permission: string) => true,
) => controlsFor({ ...call, ...change }, wanted, can).map((each) => each.control);

const end = (change: Partial<LiveInteraction>) =>
	controlsFor({ ...call, ...change }, CALL_CONTROLS, () => true).at(-1)?.label;

describe("call controls", () => {
	it("offered to hold the other one while somebody was consulted, who then heard nothing", () => {
		expect(names({ isConsult: true })).not.toContain("hold");
		expect(names({ isConsult: true, held: true })).toContain("hold");
		// Whoever was consulted has left, and the customer is on hold still: Hold would have said so of nobody.
		const left = controlsFor({ ...call, isLeftOnHold: true }, CALL_CONTROLS, () => true);
		expect(left.find(({ control }) => control === "hold")).toMatchObject({ label: "unhold", on: true });
	});

	it("a text message could be held, muted and recorded, and was answered by a phone", () => {
		expect(names({ media: "message" })).toEqual(["transfer", "flag", "disconnect"]);
		const [accept, decline] = controlsFor({ ...call, media: "message", state: "alerting" }, CALL_CONTROLS, () => true);
		expect(accept).toMatchObject({ control: "pickup", label: "accept", icon: "message" });
		expect(decline).toMatchObject({ label: "decline", icon: "close" });
		expect(end({ media: "message" })).toBe("endMessages");
	});

	it("offers nothing but answer and end before a call is connected", () => {
		expect(names({ state: "alerting" })).toEqual(["pickup", "disconnect"]);
		expect(end({ state: "alerting" })).toBe("decline");
		expect(end({ state: "contacting" })).toBe("cancel");
		expect(names({ state: "disconnected" })).toEqual([]);
	});

	it("a script with callControls: [] left an agent in a call without end", () => {
		expect(names({ state: "alerting" }, [])).toEqual(["pickup", "disconnect"]);
		expect(names({}, [])).toEqual(["disconnect"]);
		expect(names({}, ["mute"])).toEqual(["mute", "disconnect"]);
	});

	it("the order of callControls was ignored", () => {
		expect(names({}, ["dtmf", "disconnect", "hold", "mute"])).toEqual(["dtmf", "disconnect", "hold", "mute"]);
	});

	it("offers to ask for after-call work where the queue leaves it to the agent", () => {
		expect(names({})).not.toContain("requestAfterCallWork");
		expect(names({ wrapupPrompt: "agentRequested" })).toContain("requestAfterCallWork");
	});

	it("CB-8 without conversation:callback:create there is no control to schedule a callback, nor a menu entry", () => {
		const may = (permission: string) => permission === "conversation:callback:create";
		expect(names({ queueId: "q" }, CALL_CONTROLS, () => false)).not.toContain("scheduleCallback");
		expect(names({ queueId: "q" }, CALL_CONTROLS, may)).toContain("scheduleCallback");
		expect(names({ queueId: undefined }, CALL_CONTROLS, may)).not.toContain("scheduleCallback");
		expect(callbacks.permissions).toEqual(["conversation:callback:create"]);
	});

	it("follows the permissions of the table", () => {
		expect(names({}, CALL_CONTROLS, () => false)).toEqual(["mute", "hold", "dtmf", "record", "flag", "disconnect"]);
		expect(names({}, CALL_CONTROLS, (permission) => permission.endsWith("blindTransferQueue"))).toContain("transfer");
	});

	it("Record went without its permission: it stands there, and names what it lacks (RC-3)", () => {
		const record = (may: boolean) => controlsFor(call, ["record"], () => may)[0];
		expect(record(false)).toMatchObject({ control: "record", missing: "conversation:call:record" });
		expect(record(true)?.missing).toBeUndefined();
	});

	it("Record looked as ever where the customer had not agreed, and the server refused it", () => {
		const customer = {
			id: "p1",
			purpose: "customer",
			calls: [{ state: "connected", inlayConsent: "refused" as const }],
		};
		const record = (changes: Partial<typeof call>) => controlsFor({ ...call, ...changes }, ["record"], () => true)[0];
		expect(record({ source: { id: "c", participants: [customer] } })?.noConsent).toBe(true);
		expect(record({})?.noConsent).toBeUndefined();
	});

	it("a recording of the organization's looked like one that the agent can stop", () => {
		const labels = (changes: Partial<typeof call>) =>
			controlsFor({ ...call, ...changes }, CALL_CONTROLS, () => true).map((each) => each.label);
		expect(labels({ recording: "active", ownRecording: false })).toEqual(
			expect.arrayContaining(["record", "securePause"]),
		);
		expect(labels({ recording: "active", ownRecording: true })).toContain("stopRecord");
		// On hold it may rest without anybody having paused it.
		expect(labels({ recording: "paused" })).toContain("securePause");
	});

	it("offers a secure pause only beside a recording, where it moves no other control", () => {
		expect(names({})).not.toContain("securePause");
		const without = names({}).slice(0, -1);
		expect(names({ recording: "active" }).slice(0, without.length)).toEqual(without);
	});

	it("says what a click would do now", () => {
		const labels = controlsFor(
			{ ...call, held: true, muted: true, recording: "paused", securePause: true },
			CALL_CONTROLS,
			() => true,
		);
		expect(labels.map((each) => each.label)).toEqual([
			"unmute",
			"unhold",
			"dtmf",
			"transfer",
			"stopRecord",
			"flag",
			"secureResume",
			"disconnect",
		]);
	});
});
