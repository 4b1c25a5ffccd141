import { describe, expect, it } from "vitest";
import { reasonOf } from "../boot/phase.ts";
import { awayTexts, spokenLeft } from "./away-text.ts";

const fromQueue = { direction: "inbound", queueId: "q1" } as const;
const direct = { direction: "inbound" } as const;
const dialledForQueue = { direction: "outbound", queueId: "q1" } as const;

describe("a session that somebody ended in a call", () => {
	it("said that the call goes on, while the customer was put back in the queue", () => {
		expect(awayTexts("Revoked", [fromQueue])).toEqual(["awayQueue", "awayElsewhere", "awayKept"]);
		expect(awayTexts("ClientDisabled", [direct])).toEqual(["awayEnds", "awayElsewhere", "awayKept"]);
		expect(awayTexts("Expired", [dialledForQueue])[0]).toBe("awayEnds");
		expect(awayTexts("Revoked", [direct, fromQueue])[0]).toBe("awayCalls");
	});

	it("offered a deactivated account to go on elsewhere", () => {
		expect(awayTexts("Deactivated", [fromQueue])).toEqual(["awayQueue"]);
	});

	it("offered to go on elsewhere where an administrator had ended every session, beside that the customer waits anew", () => {
		expect(awayTexts("Ended", [fromQueue])).toEqual(["awayQueue", "awayKept"]);
		expect(awayTexts("EndedOne", [fromQueue])).toEqual(["awayQueue", "awayElsewhere", "awayKept"]);
		expect([reasonOf.ended, reasonOf["ended-one"]]).toEqual(["Ended", "EndedOne"]);
	});

	it("without a call only what is kept is told", () => {
		expect(awayTexts("Revoked", [])).toEqual(["awayKept"]);
	});
});

describe("the end of a sign-in", () => {
	it("was announced anew each second: it is at its beginning, at one minute and at the end", () => {
		const seconds = Array.from({ length: 302 }, (_, passed) => 300_900 - passed * 1000);
		expect([...new Set(seconds.map((left) => spokenLeft(left, 300_900)))]).toEqual([300_900, 60_000, 0]);
		expect([...new Set([59_900, 30_000, 100].map((left) => spokenLeft(left, 59_900)))]).toEqual([59_900]);
	});
});
