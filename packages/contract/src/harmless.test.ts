import { expect, it } from "vitest";
import { harmless } from "./harmless.ts";

it("a name with U+202E read backwards, and could look like another's", () => {
	expect(harmless("Ada \u202Eecalevol")).toBe("Ada ecalevol");
	expect(harmless("\u2067Ada\u2069")).toBe("Ada");
	expect(harmless("\u200fعائشة"), "marks that turn nothing around stay").toBe("\u200fعائشة");
});
