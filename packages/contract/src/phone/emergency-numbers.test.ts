import { expect, it } from "vitest";
import { isEmergencyNumber } from "./emergency-numbers.ts";

it("911 and 112 were numbers like any other", () => {
	expect(isEmergencyNumber("911", "DE")).toBe(true);
	expect(isEmergencyNumber("112", "")).toBe(true);
});

it("a country's own emergency number is one at home, and an extension elsewhere", () => {
	expect(isEmergencyNumber("999", "GB")).toBe(true);
	expect(isEmergencyNumber("999", "US")).toBe(false);
	expect(isEmergencyNumber("110", "DE")).toBe(true);
});

it("numbers that begin alike are none", () => {
	expect(isEmergencyNumber("9110", "US")).toBe(false);
	expect(isEmergencyNumber("+13175550911", "US")).toBe(false);
});
