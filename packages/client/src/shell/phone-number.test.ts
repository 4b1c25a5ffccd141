import { describe, expect, it } from "vitest";
import { cleanNumber, isDialable } from "./phone-number.ts";

describe("numbers to dial", () => {
	it.each(["+49 30 123-456", "(317) 222-2222", "*21#", "sip:anna@example.org", "110"])("%s can be dialled", (text) => {
		expect(isDialable(text)).toBe(true);
	});

	it.each(["", "Ada", "+", "call 110", "---"])("“%s” cannot", (text) => expect(isDialable(text)).toBe(false));

	it("loses its punctuation, a SIP address does not", () => {
		expect(cleanNumber(" (317) 222-2222 ")).toBe("3172222222");
		expect(cleanNumber("sip:a.b@c-d.org")).toBe("sip:a.b@c-d.org");
	});
});
