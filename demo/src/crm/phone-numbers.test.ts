import { describe, expect, it } from "vitest";
import { comparableNumber, isSameNumber } from "./phone-numbers.ts";

describe("comparable numbers", () => {
	it.each([
		["+13175550142", "3175550142"],
		["tel:+1 (317) 555-0142", "3175550142"],
		["1-317-555-0142", "3175550142"],
		["317.555.0142", "3175550142"],
		["sip:+13175550142@trunk.example;user=phone", "3175550142"],
		["+49 30 1234567", "49301234567"],
		["0049 30 1234567", "49301234567"],
		["+31 20 123 4567", "31201234567"],
		["4711", "4711"],
	])("%s is %s", (typed, comparable) => {
		expect(comparableNumber(typed)).toBe(comparable);
	});

	it.each(["", "Internal", "12", "sip:anna@example.com"])("%j is no number", (typed) => {
		expect(comparableNumber(typed)).toBe("");
	});

	it("does not take two texts without digits for the same number", () => {
		expect(isSameNumber("Internal", "unknown")).toBe(false);
	});

	it("tells apart numbers of different countries with the same digits at the end", () => {
		expect(isSameNumber("+493175550142", "+13175550142")).toBe(false);
	});
});
