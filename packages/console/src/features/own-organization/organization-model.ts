import { countries } from "@inlay/contract/countries";
import type { Api } from "../../session/api.ts";
import { Edited } from "../../session/edited.ts";

const path = "/api/v2/organizations/me";

/** `Organization` of the platform, as far as its page shows it. */
export interface OwnOrganization {
	version: number;
	name: string;
	defaultLanguage: string;
	defaultCountryCode: string;
}

export interface OrganizationForm {
	name: string;
	defaultLanguage: string;
	defaultCountryCode: string;
}

/** What the organization is called, and where it is. */
export class OwnOrganizationModel extends Edited<OwnOrganization, OrganizationForm> {
	constructor(api: Api) {
		super({
			formOf: ({ name, defaultLanguage, defaultCountryCode }) => ({ name, defaultLanguage, defaultCountryCode }),
			problemsOf: organizationProblems,
			read: () => api.request("GET", path),
			save: ({ name, defaultLanguage, defaultCountryCode }, { version }) =>
				api.request("PUT", path, {
					...{ version, name: name.trim() },
					...{ defaultLanguage: defaultLanguage.trim(), defaultCountryCode },
				}),
		});
	}
}

export function organizationProblems({ name, defaultLanguage }: OrganizationForm): Set<keyof OrganizationForm> {
	const problems = new Set<keyof OrganizationForm>();
	if (name.trim() === "") problems.add("name");
	if (languageName(defaultLanguage, "en") === undefined) problems.add("defaultLanguage");
	return problems;
}

/** A language as somebody calls it who reads `locale`; undefined for what is none. */
export function languageName(tag: string, locale: string): string | undefined {
	try {
		return new Intl.DisplayNames(locale, { type: "language", fallback: "none" }).of(tag.trim());
	} catch {
		return undefined;
	}
}

/** Every country that the server takes by its name, and whichever stands there. */
export function countryChoices(locale: string, standing: string): Array<{ value: string; text: string }> {
	const names = new Intl.DisplayNames(locale, { type: "region", fallback: "none" });
	return [...new Set([...countries, standing])]
		.map((value) => ({ value, text: names.of(value) ?? value }))
		.sort((a, b) => a.text.localeCompare(b.text, locale));
}
