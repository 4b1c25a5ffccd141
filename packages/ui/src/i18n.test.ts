import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { compareTexts } from "./compare-texts.ts";
import { format, formatDuration } from "./format.ts";
import { catalogue, type LanguageLoaders, language, locale, setLanguage, text, useLanguages } from "./i18n.ts";
import { supported } from "./languages.ts";

const texts = catalogue("test", { hello: "Hello", calls: "{count, plural, one {# call} other {# calls}} for {name}" });
const german = { test: { hello: "Hallo", calls: "{count, plural, one {# Anruf} other {# Anrufe}} für {name}" } };

beforeAll(() =>
	useLanguages({
		de: async () => ({ default: german }),
		ja: () => Promise.reject(new Error("away")),
	} as unknown as LanguageLoaders),
);
afterEach(() => setLanguage("en-US"));

describe("texts", () => {
	it("fills names and chooses the plural form", () => {
		expect(text(texts, "calls", { count: 1, name: "Ada" })).toBe("1 call for Ada");
		expect(text(texts, "calls", { count: 3, name: "Ada" })).toBe("3 calls for Ada");
	});

	it("leaves a placeholder without a value visible", () => {
		expect(format("Hello {name}", {}, "en")).toBe("Hello {name}");
	});

	it("follows the language, whatever way it is spelled", async () => {
		await setLanguage("de_AT");
		expect([text(texts, "hello"), locale.value, language.value]).toEqual(["Hallo", "de-AT", "de"]);
		await setLanguage("not a language!");
		expect([text(texts, "hello"), locale.value]).toEqual(["Hello", "en"]);
	});

	it("takes the first language of several that is spoken", async () => {
		await setLanguage(["fi-FI", "de-CH", "en"]);
		expect(language.value).toBe("de");
	});

	it("stays in the language that shows where another cannot be fetched", async () => {
		await setLanguage("de");
		await setLanguage("jp");
		expect(text(texts, "hello")).toBe("Hallo");
	});

	it("the last wish counts, whichever language arrives first", async () => {
		await Promise.all([setLanguage("de"), setLanguage("en")]);
		expect(language.value).toBe("en");
	});
});

describe("language tags", () => {
	it.each([
		["pt-BR", "pt"],
		["zh-TW", "zh-Hans"],
		["zh_CN", "zh-Hans"],
		["jp", "ja"],
		["AR-eg", "ar"],
		["fi", undefined],
		["", undefined],
	])("%s falls to %s", (tag, spoken) => expect(supported(tag)).toBe(spoken));
});

describe("comparing a translation with English", () => {
	it("finds what is missing, too much, or filled differently", () => {
		const [hello] = [texts as never];
		expect(compareTexts([hello], german)).toEqual([]);
		expect(compareTexts([hello], { test: { hello: "Hallo {name}", old: "Alt" }, gone: {} })).toEqual([
			'test.hello fills "name" in place of ""',
			"test.calls is missing",
			"test.old is no text any more",
			"gone is no catalogue",
		]);
	});

	it("a form for a number, which `format` does not know, was read by people as it stands", () => {
		const [counted] = [texts as never];
		const calls = "{count, plural, =0 {kein Anruf} one {# Anruf} other {# Anrufe}} für {name}";
		expect(format(calls, { count: 0, name: "Ada" }, "de")).toContain("=0");
		expect(compareTexts([counted], { test: { ...german.test, calls } })).toEqual([
			`test.calls is more than \`format\` knows: ${calls}`,
		]);
	});
});

describe("durations", () => {
	it.each([
		[0, "0:00"],
		[-500, "0:00"],
		[61_000, "1:01"],
		[3_725_000, "1:02:05"],
	])("%i ms is %s", (ms, shown) => expect(formatDuration(ms)).toBe(shown));
});
