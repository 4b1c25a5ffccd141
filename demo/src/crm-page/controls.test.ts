import { expect, it } from "vitest";
import { controlsOf, hasSound } from "./controls.ts";
import { call } from "./test-support/call.ts";

it("a message had Hold, Mute and Hang up, and a clock of how long it was talked to", () => {
	const message = call("m", { isMessage: true, direction: "Inbound" });
	expect(controlsOf({ ...message, state: "ALERTING" })).toEqual(["pickup", "decline"]);
	expect(controlsOf(message)).toEqual(["open", "disconnect"]);
	expect(hasSound(message)).toBe(false);
});

it("a callback that nobody has called had them too: it is called, and finished, in the panel", () => {
	const callback = call("b", { isCallback: true, direction: "Inbound" });
	expect(controlsOf(callback)).toEqual([]);
	expect(controlsOf({ ...callback, direction: "Outbound" })).toEqual(["hold", "mute", "disconnect"]);
});

it("a call is held, muted and ended once somebody is talked to", () => {
	expect(controlsOf(call("c"))).toEqual(["hold", "mute", "disconnect"]);
	expect(controlsOf(call("c", { state: "DIALING" }))).toEqual(["disconnect"]);
	expect(controlsOf(call("c", { isConsult: true }))).toEqual(["mute", "disconnect"]);
});
