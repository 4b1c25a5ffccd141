import { describe, expect, it } from "vitest";
import { english, languages, wordsFor } from "./words.ts";

describe("the words of shared screens", () => {
	it.each(Object.entries(languages))("%s says all that English says, and fills the same", (_language, words) => {
		expect(Object.keys(words)).toEqual(Object.keys(english));
		for (const [word, text] of Object.entries(english)) {
			const [own, theirs] = [words[word as keyof typeof english] ?? "", text].map((one) => one.match(/\{\w+\}/g) ?? []);
			expect(own).toEqual(theirs);
		}
	});

	it("speaks a country's form of a language it knows, and English where it knows none", () => {
		expect(wordsFor("de-AT")("stop")).toBe("Beenden");
		expect(wordsFor("xx")("asks", { name: "<b>Ann</b>" })).toContain("<b>Ann</b> asks");
	});
});
