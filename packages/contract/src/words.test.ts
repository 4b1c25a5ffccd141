import { describe, expect, it, test } from "vitest";
import { bestFirst, folded, isFoundBy } from "./words.ts";

describe("words that somebody types to find a name by", () => {
	test.each(["ben agent", "agent ben", "Ben  Agent", "Agent, Ben", "age be", " BÉN "])(
		"“%s” did not find Ben Agent, as words were looked for in one order and with one space",
		(text) => expect(isFoundBy("Ben Agent", text)).toBe(true),
	);

	it("all of them are in the name", () => {
		expect(isFoundBy("Ben Agent", "ben smith")).toBe(false);
		expect(isFoundBy("Anna-Lena Groß", "gross anna-lena")).toBe(true);
	});

	it("letters without accents find those with them, by one rule everywhere", () => {
		expect(folded("Łukasz Øst, STRAßE, José")).toBe("lukasz ost, strasse, jose");
	});

	it("a Greek word in capitals was not found by itself, as its last letter is another one in small letters", () => {
		expect(folded("ΠΩΛΗΣΕΙΣ")).toBe(folded("πωλησεις"));
		expect(isFoundBy("ΠΩΛΗΣΕΙΣ Αθήνα", "πωλησεις")).toBe(true);
	});

	it("the whole name, its beginning, words, parts", () => {
		const all = ["Hanna Abend", "Benno Old-Anna", "Anna Ben", "Ben Anna", "Anna Benson"];
		const names = bestFirst(
			all.map((name) => ({ name })),
			"anna  ben",
		).map(({ name }) => name);
		expect(names).toEqual(["Anna Ben", "Anna Benson", "Benno Old-Anna", "Ben Anna", "Hanna Abend"]);
	});
});
