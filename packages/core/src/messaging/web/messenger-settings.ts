import { readMailbox } from "../../email/reading/plain.ts";
import { badField } from "../../kernel/http/api-error.ts";
import { readOrigins } from "../../kernel/http/page-origins.ts";
import { seenName, seenText } from "../../kernel/names.ts";
import { type Outgoing, placeOf } from "../../kernel/outgoing/outgoing.ts";
import { type CobrowseSettings, readCobrowse } from "../cobrowse-settings.ts";
import { defaultMessenger, type FormField, type MessengerSettings, type MessengerSignIn } from "../model.ts";
import { readKeySet } from "./key-set.ts";

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
		transcriptFrom: readSender(wanted.transcriptFrom),
		form: readForm(wanted.form),
		...(kept ? { signIn: readSignIn(kept, outgoing) } : {}),
	};
}

/** @throws ApiError 400 naming the field */
function readSender(text: string): string {
	const email = text.trim();
	if (email !== "" && readMailbox(email)?.email !== email)
		throw badField(`${path}.transcriptFrom`, "transcriptFrom must be an email address, such as service@shop.example.");
	return email;
}

/** @throws ApiError 400 naming the field */
function readSignIn(wish: MessengerSignIn, outgoing: Pick<Outgoing, "requireTypable">): MessengerSignIn {
	const field = `${path}.signIn`;
	const [issuer, audience, keys] = [wish.issuer.trim(), wish.audience.trim(), wish.keys.trim()];
	if (issuer === "") throw badField(`${field}.issuer`, "issuer must not be blank.");
	if (audience === "") throw badField(`${field}.audience`, "audience must not be blank.");
	const url = /^https?:/i.test(keys) ? URL.parse(keys) : undefined;
	if (url) outgoing.requireTypable(placeOf(url), `${field}.keys`);
	return { issuer, audience, keys: url ? keys : readKeySet(keys, `${field}.keys`) };
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
