import { describe, expect, it } from "vitest";
import { mayPop } from "./pop-rule.ts";

const idle = { hasOtherCall: false, hasDraft: false };
const contact = { kind: "contact", id: "clara" } as const;
const poppedForm = { kind: "new", name: "", phone: "+13175550199", interactionId: "c1" } as const;

describe("a ring", () => {
	it("a ring threw away the contact form that was being edited", () => {
		expect(mayPop({ kind: "edit", id: "clara" }, idle)).toBe(false);
		expect(mayPop({ kind: "new", name: "", phone: "" }, idle)).toBe(false);
		expect(mayPop(poppedForm, { ...idle, hasDraft: true })).toBe(false);
	});

	it("a second ring led away from the record of the running call", () => {
		expect(mayPop(contact, { ...idle, hasOtherCall: true })).toBe(false);
		expect(mayPop({ kind: "list" }, { ...idle, hasOtherCall: true })).toBe(false);
	});

	it("opens its contact where nobody is at work", () => {
		for (const shown of [{ kind: "list" } as const, contact, poppedForm]) expect(mayPop(shown, idle)).toBe(true);
	});
});
