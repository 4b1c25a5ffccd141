import { badField } from "../../kernel/http/api-error.ts";
import { readOrigins } from "../../kernel/http/page-origins.ts";
import { seenName, seenText } from "../../kernel/names.ts";
import { type Outgoing, placeOf } from "../../kernel/outgoing/outgoing.ts";
import { type CobrowseSettings, readCobrowse } from "../cobrowse-settings.ts";
import { defaultMessenger, type FormField, type MessengerSettings, type MessengerSignIn } from "../model.ts";
import { everyKeyIn, keysIn } from "./issuer-keys.ts";
import { type PublicJwk, publicKeyOf } from "./signed-token.ts";

const path = "settings.messenger";

/** What is to be otherwise. */
export type MessengerWish = Partial<Omit<MessengerSettings, "cobrowse" | "signIn">> & {
	cobrowse?: Partial<CobrowseSettings>;
	/** `null` takes it away. */
	signIn?: MessengerSignIn | null;
};

/**
 * What is asked for, over what stood there before.
 * @throws ApiError 400 naming the field
 */
export function readMessenger(
	wish: MessengerWish | undefined,
	before: MessengerSettings | undefined,
	outgoing: Pick<Outgoing, "requireTypable">,
): MessengerSettings {
	const cobrowse = readCobrowse(wish?.cobrowse, before?.cobrowse);
	const { signIn: kept, ...wanted } = { ...defaultMessenger, ...before, ...wish, cobrowse };
	if (!/^#[0-9a-f]{6}$/i.test(wanted.color)) throw badField(`${path}.color`, "color must be written as #14463f.");
	return {
		...wanted,
		origins: readOrigins(wanted.origins, `${path}.origins`),
		title: seenName(wanted.title),
		welcome: seenText(wanted.welcome).trim(),
		color: wanted.color.toLowerCase(),
		form: readForm(wanted.form),
		...(kept ? { signIn: readSignIn(kept, outgoing) } : {}),
	};
}

/** @throws ApiError 400 naming the field */
function readSignIn(wish: MessengerSignIn, outgoing: Pick<Outgoing, "requireTypable">): MessengerSignIn {
	const field = `${path}.signIn`;
	const [issuer, audience, keys] = [wish.issuer.trim(), wish.audience.trim(), wish.keys.trim()];
	if (issuer === "") throw badField(`${field}.issuer`, "issuer must not be blank.");
	if (audience === "") throw badField(`${field}.audience`, "audience must not be blank.");
	const url = /^https?:/i.test(keys) ? URL.parse(keys) : undefined;
	if (url) outgoing.requireTypable(placeOf(url), `${field}.keys`);
	else requireKeys(keys, `${field}.keys`);
	return { issuer, audience, keys };
}

/** @throws ApiError 400 naming the field */
function requireKeys(json: string, field: string): void {
	const secret = readKeys(json, everyKeyIn).find((jwk) => privateParts.some((part) => Object.hasOwn(jwk, part)));
	if (secret)
		throw badField(
			field,
			`keys must be public keys, and ${secret.kid ? `"${secret.kid}"` : "one of them"} is a private key: whoever has seen it can sign in as anybody. Make a new one, and give only its public part.`,
		);
	const found = readKeys(json);
	if (found.length === 0)
		throw badField(field, "keys must be a JWK set as JSON, or the http:// or https:// address of one.");
	const isGood = found.every((jwk) => publicKeyOf(jwk) !== undefined);
	if (!isGood) throw badField(field, "keys must be public keys that sign, of RSA with 2048 bits at least.");
}

/** Of private and of shared keys (RFC 7518, section 6): whoever may look at the settings would read them. */
const privateParts = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

function readKeys(json: string, read = keysIn): PublicJwk[] {
	try {
		return read(json);
	} catch {
		return [];
	}
}

function readForm(fields: readonly FormField[]): FormField[] {
	const keys = new Set<string>();
	return fields.map(({ key, label, isRequired }, index) => {
		const field = `${path}.form[${index}].key`;
		if (!/^[\w.-]+$/.test(key)) throw badField(field, "key must be of letters, digits, dots, dashes and underscores.");
		if (keys.has(key.toLowerCase())) throw badField(field, `${key} is asked for twice.`);
		keys.add(key.toLowerCase());
		return { key, label: seenName(label), isRequired };
	});
}
