import { globSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { counted, english, type SignInStrings, stringsFor, translations } from "./strings.ts";

const placeholders = (text: string) =>
	[...new Set([...text.matchAll(/\{(\w+)(?:\}|, plural,)/g)].map((match) => match[1]))].sort().join(", ");

const packages = join(import.meta.dirname, "../../../../..", "packages");

describe("translations of the sign-in pages", () => {
	it("speaks the languages that the panel and the console speak", () => {
		const own = translations.map(({ language }) => language).sort();
		for (const program of ["client", "console"]) {
			const theirs = globSync(join(packages, program, "src/languages/*.json")).map((file) => basename(file, ".json"));
			expect(theirs.sort()).toEqual(own);
		}
	});

	it.each(translations.map((one) => [one.language, one] as const))("%s says all that English says", (_tag, texts) => {
		expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
		for (const key of Object.keys(english) as Array<keyof SignInStrings>) {
			expect(texts[key].trim(), key).not.toBe("");
			expect(placeholders(texts[key]), key).toBe(placeholders(english[key]));
			if (/, plural,/.test(texts[key])) expect(texts[key], key).toMatch(/other \{/);
		}
	});

	it("no two languages say the same", () => {
		const leads = [english, ...translations].map(({ newPasswordLead }) => newPasswordLead);
		expect(new Set(leads).size).toBe(leads.length);
	});

	it.each([
		["de-AT, en;q=0.5", "de"],
		["zh-CN,zh;q=0.9", "zh-Hans"],
		["pt-BR", "pt"],
		["eo, uk;q=0.7, fr;q=0.8", "fr"],
		["ar;q=0, en", "en"],
		[undefined, "en"],
		["eo", "en"],
	])("%s is answered in %s", (header, language) => {
		expect(stringsFor(header).language).toBe(language);
	});

	it("counts by the forms of each language", () => {
		const forms = "{count, plural, one {# cyfra} few {# cyfry} many {# cyfr} other {# cyfry}}";
		expect([1, 3, 5].map((count) => counted(forms, count, "pl"))).toEqual(["1 cyfra", "3 cyfry", "5 cyfr"]);
		expect(counted("At least {count} characters", 8, "en")).toBe("At least 8 characters");
	});
});
