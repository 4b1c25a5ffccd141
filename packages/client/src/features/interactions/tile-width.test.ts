import { setLanguage, useLanguages } from "@inlay/ui";
import { afterAll, expect, it } from "vitest";
import { languageLoaders } from "../../languages/loaders.ts";
import { tileWidth } from "./tile-width.ts";

afterAll(() => setLanguage("en"));

it("German words stood out of the call controls of a narrow panel", async () => {
	useLanguages(languageLoaders);
	expect(tileWidth()).toBeUndefined();
	expect(tileWidth(["Weitervermittlung"])).toBe("8.81rem");
	await setLanguage("de");
	expect(Number.parseFloat(tileWidth() ?? "")).toBeGreaterThan(4.5);
});

it("three tiles have room beside each other at 300 px in each language, as long words are taken apart", async () => {
	for (const tag of ["de", "fr", "es", "it", "pt", "nl", "pl", "sv", "tr", "ja", "ko", "zh-Hans", "uk", "ar"]) {
		await setLanguage(tag);
		expect(Number.parseFloat(tileWidth() ?? "0") * 16 * 3 + 12, tag).toBeLessThanOrEqual(276);
	}
});
