/** A country's flag and name, as in "🇩🇪 Germany"; empty where none is known. @param country ISO 3166 code */
export function countryText(country: string | undefined, language: string): string {
	if (!country || !/^[A-Z]{2}$/.test(country)) return "";
	const flag = [...country].map((letter) => String.fromCodePoint(letter.charCodeAt(0) + flagsFrom)).join("");
	return `${flag} ${new Intl.DisplayNames(language, { type: "region" }).of(country) ?? country}`;
}

/** From a letter to the regional indicator that stands for it. */
const flagsFrom = 0x1f1e6 - "A".charCodeAt(0);
