import { expect, it } from "vitest";
import { countryText } from "./country-text.ts";

it("says a number's country by flag and name, and nothing where there is none", () => {
	expect(countryText("DE", "en")).toBe("🇩🇪 Germany");
	expect(countryText("US", "fr")).toBe("🇺🇸 États-Unis");
	expect(countryText(undefined, "en")).toBe("");
	expect(countryText("001", "en")).toBe("");
});
