import { language } from "@inlay/ui";
import { afterEach, expect, it } from "vitest";
import { rate, share } from "./campaign-rates.ts";

afterEach(() => {
	language.value = "en";
});

it("a campaign that has not called yet abandoned 0 of 0, as if that were known", () => {
	expect([share(0, 0), rate(0)]).toEqual(["–", "–"]);
	expect([share(1, 3), share(0, 3), rate(1.25)]).toEqual(["1/3 (33.3%)", "0/3 (0%)", "1.3"]);
	language.value = "de";
	expect(rate(1.5)).toBe("1,5");
});
