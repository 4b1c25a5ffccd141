import { type Static, Type } from "typebox";
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
