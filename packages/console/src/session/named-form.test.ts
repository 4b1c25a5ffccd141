import { describe, expect, it } from "vitest";
import { namedBodyOf, namedFormOf, namedProblems } from "./named-form.ts";

describe("the form of a name and a description", () => {
	it("sends what was typed without the spaces around it, and an emptied description too", () => {
		expect(namedBodyOf({ name: " Resolved ", description: " " })).toEqual({ name: "Resolved", description: "" });
	});

	it("wants a name", () => {
		expect(namedProblems(namedFormOf({ name: " " }))).toEqual(new Set(["name"]));
		expect(namedProblems({ name: "Resolved", description: "" })).toEqual(new Set());
	});
});
