/** Languages that every page speaks; English first, as everything falls back to it. */
export const languages = [
	"en",
	"de",
	"fr",
	"es",
	"it",
	"pt",
	"nl",
	"pl",
	"sv",
	"tr",
	"ja",
	"ko",
	"zh-Hans",
	"uk",
	"ar",
] as const;

export type Language = (typeof languages)[number];

/** Tags that people write for a language of another name. */
const aliases: Record<string, Language> = { jp: "ja", kr: "ko", ua: "uk", cn: "zh-Hans", zh: "zh-Hans" };

/** The language that a tag such as `de-AT`, `pt_BR` or `zh-TW` falls to; undefined for one that is not spoken. */
export function supported(tag: string): Language | undefined {
	const primary = tag.trim().replaceAll("_", "-").split("-")[0]?.toLowerCase() ?? "";
	return aliases[primary] ?? languages.find((known) => known === primary);
}

export function readsRightToLeft(language: Language): boolean {
	return language === "ar";
}
