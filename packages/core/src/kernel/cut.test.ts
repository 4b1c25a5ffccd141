import { expect, it } from "vitest";
import { cut, cutName } from "./cut.ts";

it("a text was cut in the middle of a character", () => {
	expect(cut("abc😀", 4)).toBe("abc");
	expect(cut("abc😀", 5)).toBe("abc😀");
	expect(cut("abc", 2)).toBe("ab");
	expect(cut("😀", 0)).toBe("");
});

it("a long name of a file was cut with its ending", () => {
	expect(cutName("abcdef.pdf", 8)).toBe("abcd.pdf");
	expect(cutName("abcdef.exe.", 8)).toBe("abc.exe.");
	expect(cutName("abc.pdf", 8)).toBe("abc.pdf");
	expect(cutName("abcdefghij", 8)).toBe("abcdefgh");
});
