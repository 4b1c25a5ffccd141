import { describe, expect, it } from "vitest";
import { UnaskedCalls } from "./unasked.ts";

const offered = { conversationId: "elena", autoAnswer: false };

describe("calls that are taken without a click", () => {
	it("a call that the agent had dialled, transferred and got back answered itself, and held the customer of that moment", () => {
		const unasked = new UnaskedCalls();
		unasked.dialled("elena");
		expect(unasked.goes(offered, undefined)).toBe(true);
		unasked.heardOf("elena");
		expect(unasked.goes(offered, "contacting")).toBe(true);
		for (const state of ["disconnected", "alerting", undefined]) expect(unasked.goes(offered, state)).toBe(false);
	});

	it("a call that alerts was taken as it had been dialled here, though its first sound never came", () => {
		const unasked = new UnaskedCalls();
		unasked.dialled("elena");
		expect(unasked.goes(offered, "alerting")).toBe(false);
	});

	it("a call that was answered, and whose sound broke as it was set up, rang again until it was missed", () => {
		const unasked = new UnaskedCalls();
		unasked.broke("elena");
		unasked.alerting(new Set(["elena", "clara"]));
		expect(unasked.goes(offered, "alerting")).toBe(true);
		expect(unasked.goes(offered, undefined)).toBe(true);
		expect(unasked.goes(offered, "disconnected")).toBe(false);
		expect(unasked.goes({ ...offered, conversationId: "clara" }, "alerting")).toBe(false);
	});

	it("comes back later and is answered by hand, though an answer to it had broken before", () => {
		const unasked = new UnaskedCalls();
		unasked.broke("elena");
		unasked.alerting(new Set());
		expect(unasked.goes(offered, "alerting")).toBe(false);
	});

	it.each([
		["connected", true],
		["contacting", true],
		["dialing", true],
		["alerting", false],
		["disconnected", false],
		[undefined, false],
	] as const)("one that is %s, and was not dialled here: %s", (state, expected) => {
		expect(new UnaskedCalls().goes(offered, state)).toBe(expected);
		expect(new UnaskedCalls().goes({ ...offered, autoAnswer: true }, state)).toBe(true);
	});
});
