import { checkScript } from "@inlay/contract/scripter/check-script";
import { expect, it } from "vitest";
import { orderFollowUp } from "../order-follow-up.ts";
import { supportIntake } from "./support-intake.ts";

it("the demo's scripts have neither faults nor doubts", () => {
	for (const script of [supportIntake, orderFollowUp])
		expect(checkScript(structuredClone(script) as never)).toEqual([]);
});
