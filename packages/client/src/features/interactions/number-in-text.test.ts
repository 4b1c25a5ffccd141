import { expect, it } from "vitest";
import { splitAtNumber } from "./number-in-text.ts";

it("the number in the line of a missed call was broken over two lines, and turned round in right-to-left text", () => {
	expect(splitAtNumber("You missed the call of (317) 555-0142.", "(317) 555-0142")).toEqual([
		"You missed the call of ",
		"(317) 555-0142",
		".",
	]);
	expect(splitAtNumber("You missed the call of Clara.", "Clara")).toEqual(["You missed the call of Clara.", "", ""]);
});
