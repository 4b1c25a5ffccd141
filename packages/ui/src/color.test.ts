import { describe, expect, it } from "vitest";
import { contrast, parseColor, readablePair } from "./color.ts";

describe("colours of a deployment's theme", () => {
	it("reads three and six digits", () => {
		expect(parseColor("#fff")).toEqual({ r: 255, g: 255, b: 255 });
		expect(parseColor("#0a141e")).toEqual({ r: 10, g: 20, b: 30 });
	});

	it("refuses the invalid colour of a live script", () => {
		expect(parseColor("#HHH")).toBeUndefined();
		expect(readablePair("#HHH", "#fff")).toBeUndefined();
	});

	it("measures contrast as WCAG does", () => {
		expect(contrast({ r: 0, g: 0, b: 0 }, { r: 255, g: 255, b: 255 })).toBeCloseTo(21, 5);
	});

	it("replaces an unreadable foreground", () => {
		expect(readablePair("#ffffff", "#eeeeee")).toEqual({ primary: "#ffffff", text: "#000000" });
		expect(readablePair("#123", "#fff")).toEqual({ primary: "#112233", text: "#ffffff" });
	});
});
