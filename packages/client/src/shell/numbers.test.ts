import { describe, expect, it } from "vitest";
import { dialString, looksLikeNumber, Numbers } from "./numbers.ts";

describe("numbers in the panel", () => {
	it("are shown as they are until countries are known, then in the reader's format", async () => {
		const numbers = new Numbers("US");
		expect(numbers.show("+13175550142")).toBe("+13175550142");
		await numbers.load();
		expect(numbers.show("+13175550142")).toBe("(317) 555-0142");
	});

	it("reach the server so that it reads the same number and extension", async () => {
		const numbers = new Numbers("US");
		for (const text of ["317-555-0142 x45", "+13175550142,,45#", "317-555-0142"]) {
			const read = await numbers.whenRead(text);
			if (read.kind !== "number") throw new Error(text);
			expect(numbers.read(dialString(read))).toEqual(read);
		}
	});

	it.each([
		["+1 (317) 555", true],
		["tel:+1", true],
		["317\u2011555", true],
		["Ada", false],
		["Ada 2", false],
		["", false],
		["---", false],
	])("while “%s” is typed, a number is meant: %s", (text, meant) => expect(looksLikeNumber(text)).toBe(meant));
});
