import { describe, expect, it } from "vitest";
import { ApiError } from "./http/api-error.ts";
import { readName, refuseMixedScripts, seenLine, seenName, seenText } from "./names.ts";

const codeOf = (work: () => unknown): unknown => {
	try {
		return work();
	} catch (error) {
		return error instanceof ApiError ? error.options.details?.[0]?.fieldName : undefined;
	}
};

describe("a second name looked like the first", () => {
	it.each([
		["a no-break space for a space", "Master\u00a0Admin"],
		["two spaces", "Master  Admin"],
		["blanks around it", " Master Admin\u3000"],
		["letters of full width", "Ｍaster Admin"],
		["a picture's selector", "Master Admin\ufe0f"],
	])("by %s: it is the same name", (_what, name) => {
		expect(readName(name)).toBe("Master Admin");
	});

	it.each([
		["a zero width space", "Master\u200b Admin"],
		["a zero width joiner between Latin letters", "Mas\u200dter Admin"],
		["a word joiner", "Master Admin\u2060"],
		["a byte order mark", "Master\ufeff Admin"],
		["a soft hyphen", "Mas\u00adter Admin"],
		["text that is turned around", "Master \u202enimdA"],
		["an isolate", "Master \u2066Admin"],
		["a grapheme joiner", "Ma\u034fster Admin"],
		["a Hangul filler", "Master Admin\u3164"],
		["a tag", "Master Admin\u{e0041}"],
		["a control", "Master\u0007 Admin"],
		["a line", "Master\nAdmin"],
		["a Braille blank", "Master Admin\u2800"],
	])("by %s: it is refused by name", (_what, name) => {
		expect(codeOf(() => readName(name))).toBe("name");
	});
});

it.each(["", " ", "\u00a0", "\u200b", "\u2800", "\u0301", "\u3164", "x".repeat(201)])(
	"a name that nobody can read was taken: %j",
	(name) => {
		expect(codeOf(() => readName(name, { fieldName: "label" }))).toBe("label");
	},
);

it.each(["علی‌رضا", "क्‍ष", "José", "Ⅳ. Team", "Zoë O’Neil-Ångström", "東京", "👩‍💻 Support", "-"])(
	"a name that people have is taken: %s",
	(name) => {
		expect(readName(name)).toBe(name.normalize("NFKC"));
	},
);

it("a customer was shown to agents by a name that turns the text around: what is not seen is left out", () => {
	expect(seenName("\u202eAnn\u200b  Smith\n")).toBe("Ann Smith");
	expect(seenName("\u3164")).toBe("");
});

it("what stands from before these rules may stay", () => {
	expect(readName("Old\u200b", { before: "Old\u200b" })).toBe("Old\u200b");
});

it.each(["аnna", "anna.pаvlova", "αlex@crm.example", "admin@еxample.com"])(
	"a name to sign in with had a letter of another script in a word: %s",
	(name) => {
		expect(codeOf(() => refuseMixedScripts(name, "username"))).toBe("username");
	},
);

it.each(["anna", "анна.pavlova", "анна", "アンナanna", "müller2"])(
	"a name of one script a word is taken: %s",
	(name) => {
		expect(codeOf(() => refuseMixedScripts(name, "username"))).toBeUndefined();
	},
);

it("what a caller's page says beside the call was turned around or held what nobody sees: only that is left out", () => {
	expect(seenText("VIP\u202e001\u200b\nSecond\tline")).toBe("VIP001\nSecond\tline");
	expect(seenText("علی‌رضا 👩‍💻 x² https://a.example/?q=1")).toBe("علی‌رضا 👩‍💻 x² https://a.example/?q=1");
});

it("a mark that nobody sees cut a word in two", () => {
	expect(seenLine("\ufeffAn\ufeffna \ufeff Bell\n")).toBe("Anna Bell");
	expect(seenName("An\ufeffna\u00a0Bell")).toBe("Anna Bell");
});
