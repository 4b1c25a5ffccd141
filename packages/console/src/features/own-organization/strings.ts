import { catalogue, textOf } from "@inlay/ui";

const texts = catalogue("ownOrganization", {
	title: "Organization",
	lead: "What your organization is called, which language it speaks, and in which country its numbers are.",
	name: "Name",
	nameProblem: "Enter a name.",
	defaultLanguage: "Language",
	languageIs: "{language}. What the server itself says to callers it says in English all the same.",
	languageHint: "Such as en-us or fr.",
	languageProblem: "This names no language: en-us and fr do.",
	defaultCountryCode: "Country",
	countryHint: "Numbers without a country’s code are read as numbers of this country, from the next call on.",
	saved: "The organization has been saved.",
});

export const t = textOf(texts);
