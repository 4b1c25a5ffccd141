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
		expect(readablePair("#123", "#fff")).toEqual({ primary: "#112233", text: "#ffffff" });
		expect(readablePair("#123", undefined)).toEqual({ primary: "#112233", text: "#ffffff" });
	});

	it.each([
		["#ffffff", "#ff9900"],
		["#ffffff", "#eeeeee"],
		["#1a73e8", "#0b3d91"],
		["#000000", "#333366"],
		["#777777", "#888888"],
	])(
		"an unreadable text colour became plain black or white: on %s, %s moves only as far as it must",
		(primary, text) => {
			const pair = readablePair(primary, text);
			const [ground, made, wished] = [parseColor(primary), parseColor(pair?.text), parseColor(text)];
			if (!ground || !made || !wished) throw new Error("no colours");
			expect(contrast(ground, made)).toBeGreaterThanOrEqual(4.5);
			expect(contrast(ground, made), "no further than needed").toBeLessThan(5.2);
			expect(pair?.corrected).toEqual({ wished: text, contrast: Math.round(contrast(ground, wished) * 100) / 100 });
		},
	);
});
