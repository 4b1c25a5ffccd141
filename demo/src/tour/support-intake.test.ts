import { checkScript } from "@inlay/contract/scripter/check-script";
import { expect, it } from "vitest";
import { supportIntake } from "./support-intake.ts";

it("the demo's script has neither faults nor doubts", () => {
	expect(checkScript(structuredClone(supportIntake) as never)).toEqual([]);
});
