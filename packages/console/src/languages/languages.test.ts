import { globSync } from "node:fs";
import { type declaredCatalogues, languages } from "@inlay/ui";
import { compareTexts } from "@inlay/ui/compare-texts";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { languageLoaders } from "./loaders.ts";

/** English is in the code itself; all others are compared to it. */
const complete = languages.filter((language) => language !== "en");

let declared: ReturnType<typeof declaredCatalogues>;

/** Test files share their modules: those before this one may have declared the other package's texts. */
beforeAll(async () => {
	vi.resetModules();
	const ui = await import("@inlay/ui");
	const sources = globSync("../**/*strings.ts", { cwd: import.meta.dirname });
	await Promise.all(sources.map((source) => import(`${import.meta.dirname}/${source}`)));
	declared = ui.declaredCatalogues();
});

describe("translations", () => {
	it.each(complete)("%s says all that English says, and fills the same", async (language) => {
		expect(declared.length).toBeGreaterThan(3);
		const { default: translation } = await languageLoaders[language]();
		expect(compareTexts(declared, translation)).toEqual([]);
	});
});
