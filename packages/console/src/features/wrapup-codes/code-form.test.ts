import { describe, expect, it } from "vitest";
import { codeBodyOf, codeFormOf, codeProblems, newCode } from "./code-form.ts";

describe("a wrap-up code's form", () => {
	it("sends what was typed without the spaces around it, and an emptied description too", () => {
		expect(codeBodyOf({ name: " Resolved ", description: " " })).toEqual({ name: "Resolved", description: "" });
	});

	it("wants a name", () => {
		expect(codeProblems(codeFormOf(newCode))).toEqual(new Set(["name"]));
		expect(codeProblems({ name: "Resolved", description: "" })).toEqual(new Set());
	});
});
