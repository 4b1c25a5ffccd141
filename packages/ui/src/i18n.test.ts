import { afterEach, describe, expect, it } from "vitest";
import { catalogue, format, formatDuration, language, locale, setLanguage, text } from "./i18n.ts";

afterEach(() => setLanguage("en-US"));

describe("texts", () => {
	const calls = "{count, plural, one {# call} other {# calls}} for {name}";

	it("fills names and chooses the plural form", () => {
		expect(format(calls, { count: 1, name: "Ada" }, "en")).toBe("1 call for Ada");
		expect(format(calls, { count: 3, name: "Ada" }, "en")).toBe("3 calls for Ada");
	});

	it("leaves a placeholder without a value visible", () => {
		expect(format("Hello {name}", {}, "en")).toBe("Hello {name}");
	});

	it("follows the language, whatever way it is spelled", () => {
		const texts = catalogue({ hello: "Hello" }, { hello: "Hallo" });
		setLanguage("de_AT");
		expect([text(texts, "hello"), locale.value]).toEqual(["Hallo", "de-AT"]);
		setLanguage("jp");
		expect(language.value).toBe("en");
		setLanguage("not a language!");
		expect(text(texts, "hello")).toBe("Hello");
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
