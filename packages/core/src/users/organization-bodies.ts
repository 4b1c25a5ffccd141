import { countries } from "@inlay/contract/countries";
import { type Static, Type } from "typebox";
import { badField } from "../kernel/http/api-error.ts";
import { AsItStands } from "../kernel/http/as-it-stands.ts";
import { readPageAddress } from "../kernel/http/page-address.ts";
import type { Organization, OrganizationChange } from "./organization.ts";
import type { OrganizationSettings } from "./organization-settings.ts";

const Texts = Type.Optional(Type.Array(Type.String({ maxLength: 300 }), { maxItems: 500 }));
const Count = Type.Optional(Type.Integer());

/** `OrgAuthSettings`. What is absent stays as it is; what the contract has besides is refused by name. */
export const AuthSettingsBody = Type.Object({
	multifactorAuthenticationRequired: Type.Optional(Type.Boolean()),
	domainAllowlistEnabled: Type.Optional(Type.Boolean()),
	domainAllowlist: Texts,
	ipAddressAllowlist: Texts,
	passwordRequirements: Type.Optional(
		Type.Object({
			minimumLength: Count,
			minimumDigits: Count,
			minimumLetters: Count,
			minimumUpper: Count,
			minimumLower: Count,
			minimumSpecials: Count,
			minimumAgeSeconds: Count,
			expirationDays: Count,
		}),
	),
	universalLogout: Type.Optional(Type.Boolean()),
});

/** The change that a body asks for. */
export function authChangesOf(body: Static<typeof AuthSettingsBody>): OrganizationSettings {
	const { passwordRequirements } = body;
	return {
		...pick(body),
		...(passwordRequirements ? { passwordRequirements: requirements(passwordRequirements) } : {}),
	};
}

/** Only what the schema names: clients send whole settings back, and what else they know. */
function pick(body: Static<typeof AuthSettingsBody>): OrganizationSettings {
	const { multifactorAuthenticationRequired, domainAllowlistEnabled, domainAllowlist } = body;
	const { ipAddressAllowlist, universalLogout } = body;
	return present({
		multifactorAuthenticationRequired,
		domainAllowlistEnabled,
		domainAllowlist,
		ipAddressAllowlist,
		universalLogout,
	});
}

function requirements(sent: NonNullable<Static<typeof AuthSettingsBody>["passwordRequirements"]>) {
	const { minimumLength, minimumDigits, minimumLetters, minimumUpper, minimumLower, minimumSpecials } = sent;
	const { minimumAgeSeconds, expirationDays } = sent;
	return present({
		minimumLength,
		minimumDigits,
		minimumLetters,
		minimumUpper,
		minimumLower,
		minimumSpecials,
		minimumAgeSeconds,
		expirationDays,
	});
}

function present<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
	const entries = Object.entries(values).filter(([, value]) => value !== undefined);
	return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

const Address = Type.Optional(Type.Union([Type.String({ maxLength: 500 }), Type.Null()]));

/** What of an organization is not its administrators' to set. */
export const givenFields = [
	...["id", "thirdPartyOrgName", "domain", "features", "state", "defaultSiteId", "voicemailEnabled"],
	...["productPlatform", "selfUri"],
];

/** `Organization`. What is absent stays as it is; `version` is the one that the client has seen. */
export const OrganizationBody = Type.Object({
	version: Type.Integer(),
	name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
	defaultLanguage: Type.Optional(Type.String({ minLength: 2, maxLength: 35 })),
	defaultCountryCode: Type.Optional(Type.String({ minLength: 2, maxLength: 2 })),
	thirdPartyURI: Address,
	supportURI: Address,
	...Object.fromEntries(givenFields.map((name) => [name, AsItStands])),
});

/** What stands may stay: clients send the whole back. @throws ApiError 400 naming what is no language, country or address */
export function organizationChangeOf(body: Static<typeof OrganizationBody>, before: Organization): OrganizationChange {
	const { name, defaultLanguage, defaultCountryCode, thirdPartyURI, supportURI } = body;
	return {
		...(name === undefined ? {} : { name }),
		...(defaultLanguage === undefined ? {} : { defaultLanguage: languageOf(defaultLanguage, before.defaultLanguage) }),
		...(defaultCountryCode === undefined ? {} : { defaultCountryCode: countryOf(defaultCountryCode) }),
		...(thirdPartyURI === undefined
			? {}
			: { thirdPartyUri: addressOf(thirdPartyURI, "thirdPartyURI", before.thirdPartyUri) }),
		...(supportURI === undefined ? {} : { supportUri: addressOf(supportURI, "supportURI", before.supportUri) }),
	};
}

/** Many write a domain alone, with its port where it has one: a browser would take that for a scheme. */
function addressOf(sent: string | null, field: string, standing: string | null): string | null {
	if (!sent || sent === standing) return sent || null;
	readPageAddress(domainWithPort.test(sent) ? `https://${sent}` : sent, field, { relative: true });
	return sent;
}
const domainWithPort = /^(?:[a-z0-9-]+(?:\.[a-z0-9-]+)+|localhost):\d{1,5}(?:[/?#]|$)/i;

/** As the platform writes it: `en-us`. */
function languageOf(sent: string, standing: string): string {
	if (sent === standing) return standing;
	const tag = localeOf(sent.replaceAll("_", "-"));
	// Five to eight letters may be a language, too, says the grammar of tags; none has so many.
	if (tag && languageNames.of(tag.language) !== undefined) return tag.baseName.toLowerCase();
	throw badField("defaultLanguage", "defaultLanguage must be a language such as en-us or fr.");
}
const languageNames = new Intl.DisplayNames("en", { type: "language", fallback: "none" });

function localeOf(tag: string): Intl.Locale | undefined {
	try {
		return new Intl.Locale(tag);
	} catch {
		return undefined;
	}
}

function countryOf(country: string): string {
	const code = country.toUpperCase();
	if (countries.includes(code)) return code;
	throw badField("defaultCountryCode", "defaultCountryCode must be a country such as US or FR.");
}
