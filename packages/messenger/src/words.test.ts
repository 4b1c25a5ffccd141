import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { english, t, words } from "./words.ts";

const folder = new URL("../public/languages/", import.meta.url);
const languages = readdirSync(folder);
const placesOf = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

it("there are fifteen languages", () => {
	expect(languages).toHaveLength(14);
});

it.each(languages)("%s says all that English says, and fills the same", (file) => {
	const translated: Record<string, string> = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
	expect(Object.keys(translated)).toEqual(Object.keys(english));
	for (const [word, text] of Object.entries(english)) expect(placesOf(translated[word] ?? "")).toEqual(placesOf(text));
});

it("what is not translated is English", () => {
	words.value = { send: "Senden" };
	expect([t("send"), t("tooLong", { most: 5 })]).toEqual(["Senden", "At most 5 characters."]);
	words.value = {};
});
