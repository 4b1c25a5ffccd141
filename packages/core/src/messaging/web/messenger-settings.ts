import { badField } from "../../kernel/http/api-error.ts";
import { readOrigins } from "../../kernel/http/page-origins.ts";
import { seenName, seenText } from "../../kernel/names.ts";
import { type CobrowseSettings, readCobrowse } from "../cobrowse-settings.ts";
import { defaultMessenger, type FormField, type MessengerSettings } from "../model.ts";

const path = "settings.messenger";

/** What is to be otherwise. */
export type MessengerWish = Partial<Omit<MessengerSettings, "cobrowse">> & { cobrowse?: Partial<CobrowseSettings> };

/**
 * What is asked for, over what stood there before.
 * @throws ApiError 400 naming the field
 */
export function readMessenger(
	wish: MessengerWish | undefined,
	before: MessengerSettings | undefined,
): MessengerSettings {
	const cobrowse = readCobrowse(wish?.cobrowse, before?.cobrowse);
	const wanted = { ...defaultMessenger, ...before, ...wish, cobrowse };
	if (!/^#[0-9a-f]{6}$/i.test(wanted.color)) throw badField(`${path}.color`, "color must be written as #14463f.");
	return {
		...wanted,
		origins: readOrigins(wanted.origins, `${path}.origins`),
		title: seenName(wanted.title),
		welcome: seenText(wanted.welcome).trim(),
		color: wanted.color.toLowerCase(),
		form: readForm(wanted.form),
	};
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
