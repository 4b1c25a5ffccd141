import { expect, it } from "vitest";
import { presenceLabel } from "./index.ts";

const labels = { en_US: "Lunch", de: "Mittag", "de-CH": "Zmittag", zh_Hans: "午餐" };

it.each([
	["de-CH", "Zmittag"],
	["de_ch", "Zmittag"],
	["de-AT", "Mittag"],
	["zh-Hans", "午餐"],
	["zh-TW", "午餐"],
	["it", "Lunch"],
	["en", "Lunch"],
])("who reads %s sees %s", (language, label) => {
	expect(presenceLabel(labels, language)).toBe(label);
});

it("a language that only begins like English is not English", () => {
	expect(presenceLabel({ enm: "Noon-mete" }, "it")).toBeUndefined();
});
