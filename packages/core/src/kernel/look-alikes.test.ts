import { expect, it } from "vitest";
import { beginsLike, lookAlike, mixesScripts } from "./look-alikes.ts";

it.each([
	["Cyrillic", "Master Admin", "Mаster Аdmin"],
	["Cyrillic capitals", "ben", "Вen"],
	["a whole Cyrillic word", "cop", "сор"],
	["Greek", "Ops", "Οps"],
	["Armenian", "oto", "օtօ"],
	["Cherokee", "Admin", "Ꭺdmin"],
	["Latin alpha", "anna@example.com", "ɑnnɑ@example.com"],
	["dotless i", "admin", "admın"],
	["a capital i with a dot", "admin", "admİn"],
	["a dot above an i", "admin", "admi\u0307n"],
	["a dash", "Team-A", "Team–A"],
	["Cyrillic і for i", "Info", "Іnfo"],
	["capitals", "Sales", "SALES"],
])("a name had a twin by %s", (_script, one, other) => {
	expect(lookAlike(one, other)).toBe(true);
	expect(lookAlike(other, one)).toBe(true);
});

it.each([
	["anna1", "annal"],
	["Corner", "Comer"],
	["Team 0", "Team O"],
	["Zoë 1", "Zoë l"],
	["Jose", "José"],
	["Мария", "Марина"],
	["東京", "京都"],
	["Sales", "Support"],
])("names that people have and tell apart: %s and %s", (one, other) => {
	expect(lookAlike(one, other)).toBe(false);
});

it.each(["аnna", "αlex", "annա", "Ꭺnna", "ⲟtto"])("a word had a letter of another script: %s", (word) => {
	expect(mixesScripts(word)).toBe(true);
});

it.each(["anna", "анна", "アンナanna", "東京tower", "müller", "Անի"])(
	"a word of one script, or of a usual mix: %s",
	(word) => {
		expect(mixesScripts(word)).toBe(false);
	},
);

it.each([
	"signedİn.id",
	"signedın.id",
	"SIGNEDIN.id",
	"sіgnedin.id",
	"signédin.id",
	"si\u0307gnedin.id",
	"ｓignedin.id",
])("a name passed that people read as a word which only the server says: %s", (name) => {
	expect(beginsLike(name, "signedin.")).toBe(true);
});

it.each(["signed-in.id", "signedin", "design", "assignedin.id", "订单"])("a name that begins otherwise: %s", (name) => {
	expect(beginsLike(name, "signedin.")).toBe(false);
});
