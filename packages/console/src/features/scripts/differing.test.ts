import { expect, it } from "vitest";
import { differing } from "./differing.ts";
import { newDocument, scriptFormOf } from "./script-form.ts";

const withText = (text: string, page = "1") =>
	scriptFormOf({
		name: "Sales",
		document: {
			...newDocument,
			pages: [
				{
					id: "start",
					name: page,
					root: {
						kind: "container",
						id: "r",
						layout: "column",
						children: [{ kind: "text", role: "paragraph", id: "t", text }],
					},
				},
			],
		},
	});

it("the conflict of a script that two have edited named its parts alone: both sides are there to be read", () => {
	expect(differing("pages", withText("Good morning"), withText("Good evening"))).toEqual({
		mine: "1: 1 text: text: Good morning",
		theirs: "1: 1 text: text: Good evening",
	});
});

it("a page that another has renamed shows by both names, also as the first page", () => {
	const [mine, theirs] = [withText("Hello"), withText("Hello", "Welcome")];
	expect(differing("pages", mine, theirs).theirs).toContain("Welcome");
	expect(differing("startPageId", mine, theirs)).toEqual({ mine: "1", theirs: "Welcome" });
});
