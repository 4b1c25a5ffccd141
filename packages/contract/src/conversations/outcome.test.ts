import { expect, it } from "vitest";
import { callFailureCodes, type EndedCall, outcomeOf } from "./outcome.ts";

const talked = { connectedTime: "2026-01-05T09:00:00Z" };
const busy = { code: callFailureCodes.busy };

it.each<[string, EndedCall, string | undefined]>([
	["a call that goes on", { direction: "inbound", ...talked }, undefined],
	["one that rang out", { direction: "inbound", disconnectType: "transfer.noanswer" }, "missed"],
	["one that was declined", { direction: "inbound", disconnectType: "client" }, "declined"],
	["one whose caller gave up", { direction: "inbound", disconnectType: "peer" }, "abandoned"],
	["one that a supervisor ended while it rang", { direction: "inbound", disconnectType: "system" }, "abandoned"],
	["one whose phone was lost", { direction: "inbound", disconnectType: "transport.failure" }, "interrupted"],
	["a number that is busy", { direction: "outbound", disconnectType: "peer", errorInfo: busy }, "busy"],
	["a dialling that the agent ended", { direction: "outbound", disconnectType: "client" }, "cancelled"],
	["a dialling that a supervisor ended", { direction: "outbound", disconnectType: "system" }, "ended"],
	["a dialling without a phone", { direction: "outbound", disconnectType: "error" }, "interrupted"],
	["hanging up", { direction: "inbound", ...talked, disconnectType: "client" }, "hungUp"],
	["being hung up on", { direction: "outbound", ...talked, disconnectType: "peer" }, "otherHungUp"],
	["a transfer", { direction: "inbound", ...talked, disconnectType: "transfer" }, "transferred"],
	["a broken line", { direction: "inbound", ...talked, disconnectType: "transport.failure" }, "interrupted"],
	[
		"an agent of whom nothing came any more",
		{ direction: "inbound", ...talked, disconnectType: "session.expired" },
		"away",
	],
	["the end by the system", { direction: "inbound", ...talked, disconnectType: "system" }, "ended"],
])("%s", (_what, call, outcome) => {
	expect(outcomeOf(call)).toBe(outcome);
});

it("a consult that the colleague ended was told as if the customer had hung up", () => {
	const call = { ...talked, disconnectType: "peer", endTime: "2026-01-05T09:01:00.000Z" };
	expect(outcomeOf(call, {})).toBe("letGo");
	const hungUp = { disconnectType: "client" };
	expect(outcomeOf(call, { ...hungUp, endTime: "2026-01-05T09:04:00.000Z" })).toBe("letGo");
	expect(outcomeOf(call, { ...hungUp, endTime: call.endTime })).toBe("otherHungUp");
	expect(outcomeOf(call, hungUp)).toBe("otherHungUp");
});

it("a caller whose connection broke was said to have hung up", () => {
	const call = { ...talked, disconnectType: "peer" };
	expect(outcomeOf(call, { disconnectType: "transport.failure" })).toBe("interrupted");
	expect(outcomeOf(call, { disconnectType: "client" })).toBe("otherHungUp");
	expect(outcomeOf({ ...talked, disconnectType: "client" }, { disconnectType: "transport.failure" })).toBe("hungUp");
});
