import { expect, it } from "vitest";
import { isRecordingLost } from "./lost.ts";

it("an agent whose recording broke off read “not recorded”, as of a call that nobody records", () => {
	const call = (inlayRecordingFailed?: boolean) => ({
		participantId: "own",
		source: {
			id: "call",
			participants: [{ id: "own", calls: [inlayRecordingFailed ? { inlayRecordingFailed } : {}] }],
		},
	});
	expect([true, undefined].map((failed) => isRecordingLost(call(failed)))).toEqual([true, false]);
});
