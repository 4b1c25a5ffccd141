import { describe, expect, it } from "vitest";
import { keepsFromRinging, type ReadinessFacts, readinessOf } from "./readiness.ts";
import { t } from "./strings.ts";

const allWell: ReadinessFacts = {
	isElsewhere: false,
	hasStation: true,
	isWebRtc: true,
	lacksWindow: false,
	line: "ready",
	problem: undefined,
	isUnasked: false,
	notResponding: false,
	onQueue: true,
	takesNoQueue: false,
	isWrappingUp: false,
};

describe("readiness", () => {
	it("without a phone and On Queue the panel said that the next call rings here", () => {
		expect(readinessOf({ ...allWell, hasStation: false, isWebRtc: false, line: "off" })).toBe("noStation");
	});

	it("said that the next call rings here while after-call work held it back", () => {
		expect(readinessOf({ ...allWell, isWrappingUp: true })).toBe("wrappingUp");
		expect(readinessOf({ ...allWell, isWrappingUp: true, onQueue: false })).toBe("readyOffQueue");
		expect(readinessOf({ ...allWell, isWrappingUp: true, line: "lost" })).toBe("lineLost");
	});

	it("with all queues switched off, or in none, the panel said that the next call rings here", () => {
		expect(readinessOf({ ...allWell, takesNoQueue: true })).toBe("noQueue");
		expect(readinessOf({ ...allWell, takesNoQueue: true, isUnasked: true })).toBe("noQueue");
		expect(readinessOf({ ...allWell, takesNoQueue: true, onQueue: false })).toBe("readyOffQueue");
	});

	it.each([
		[{ lacksWindow: true, line: "off" }, "noWindow"],
		[{ line: "lost" }, "lineLost"],
		[{ line: "connecting" }, "lineConnecting"],
		[{ line: "off" }, "lineOff"],
		[{ problem: "no-device" }, "microphone"],
		// A call is offered all the same: the other program may have ended by then.
		[{ problem: "busy" }, "unheard"],
		[{ notResponding: true }, "notResponding"],
		[{ isUnasked: true }, "unasked"],
		[{ isElsewhere: true, line: "off" }, "elsewhere"],
		[{}, "ready"],
		[{ onQueue: false }, "readyOffQueue"],
	] as const)("%o is %s", (facts, expected) => {
		expect(readinessOf({ ...allWell, ...facts })).toBe(expected);
	});

	it("said of a blocked microphone that nobody would hear the agent, while nobody's call was offered to them", () => {
		const text = t(readinessOf({ ...allWell, problem: "refused" }));
		expect(text).toContain("no call can ring here");
	});

	it("asks neither line nor microphone of a desk phone", () => {
		const facts = { isWebRtc: false, line: "off", problem: "no-device", isUnasked: true } as const;
		expect(readinessOf({ ...allWell, ...facts })).toBe("ready");
	});
});

it("work after an email said that no call rings, though calls come beside emails", () => {
	const over = { media: "call", state: "disconnected", needsWrapup: true } as const;
	expect(keepsFromRinging(over)).toBe(true);
	expect(keepsFromRinging({ ...over, media: "email" })).toBe(false);
	expect(keepsFromRinging({ ...over, wrapupPrompt: "optional" })).toBe(false);
});
