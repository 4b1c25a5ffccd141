import { expect, it } from "vitest";
import { Typing } from "./typing.ts";

it("an echo a moment old took back letters that were typed since", () => {
	const typing = new Typing("c1");
	expect(typing.heard("")).toBe("");
	for (const notes of ["c", "ca", "cal"]) typing.write(notes);
	expect(typing.heard(""), "told before the first letter arrived").toBe("cal");
	expect(typing.heard("ca")).toBe("cal");
	expect(typing.heard("cal")).toBe("cal");
});

it("what somebody else writes is shown", () => {
	const typing = new Typing("c1");
	typing.write("called back");
	expect(typing.heard("called back")).toBe("called back");
	expect(typing.heard("called back twice")).toBe("called back twice");
	typing.write("called back twice, too");
	expect(typing.heard("theirs")).toBe("theirs");
});
