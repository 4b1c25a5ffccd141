import { expect, it } from "vitest";
import { cut } from "./cut.ts";

it("a text was cut in the middle of a character", () => {
	expect(cut("abc😀", 4)).toBe("abc");
	expect(cut("abc😀", 5)).toBe("abc😀");
	expect(cut("abc", 2)).toBe("ab");
	expect(cut("😀", 0)).toBe("");
});
