import { globSync } from "node:fs";
import { declaredCatalogues, languages } from "@inlay/ui";
import { compareTexts } from "@inlay/ui/compare-texts";
import { beforeAll, describe, expect, it } from "vitest";
import { languageLoaders } from "./loaders.ts";

/** English is in the code itself; all others are compared to it. */
const complete = languages.filter((language) => language !== "en");

beforeAll(async () => {
	const sources = globSync("../**/*strings.ts", { cwd: import.meta.dirname });
	await Promise.all(sources.map((source) => import(`${import.meta.dirname}/${source}`)));
});

describe("translations", () => {
	it.each(complete)("%s says all that English says, and fills the same", async (language) => {
		expect(declaredCatalogues().length).toBeGreaterThan(3);
		const { default: translation } = await languageLoaders[language]();
		expect(compareTexts(declaredCatalogues(), translation)).toEqual([]);
	});
});
