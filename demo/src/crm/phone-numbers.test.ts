import { describe, expect, it } from "vitest";
import { comparableNumber, isSameNumber, phoneText, searchedDigits } from "./phone-numbers.ts";

describe("comparable numbers", () => {
	it.each([
		["+13175550142", "+13175550142"],
		["tel:+1 (317) 555-0142", "+13175550142"],
		["1-317-555-0142", "+13175550142"],
		["317.555.0142", "+13175550142"],
		["317‑555‑0142", "+13175550142"],
		["317-555-0142 ext. 45", "+13175550142"],
		["sip:+13175550142@trunk.example;user=phone", "+13175550142"],
		["+49 30 1234567", "+49301234567"],
		["0049 30 1234567", "+49301234567"],
		["+44 (0)20 7946 0958", "+442079460958"],
		["4711", "4711"],
	])("%s is %s", (typed, comparable) => {
		expect(comparableNumber(typed)).toBe(comparable);
	});

	it("the CRM wrote numbers otherwise than the panel", () => {
		expect(phoneText("tel:+13175550142")).toBe("(317) 555-0142");
		expect(phoneText("+4930123456")).toBe("+49 30 123456");
	});

	it.each([
		["555-01", "55501"],
		["(317) 555-0142", "13175550142"],
		["Clara", ""],
		["12", ""],
	])("searching %s looks for the digits %j", (typed, digits) => {
		expect(searchedDigits(typed)).toBe(digits);
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
