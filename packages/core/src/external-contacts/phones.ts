import { createPhoneNumbers } from "@inlay/contract/phone";
import { phoneMetadata } from "@inlay/contract/phone-metadata";
import { badField } from "../kernel/http/api-error.ts";
import type { ContactPhone } from "./model.ts";

const numbers = createPhoneNumbers(phoneMetadata);

/** A number as it is sent: `PhoneNumber`. */
export interface SentPhone {
	display?: string | null | undefined;
	e164?: string | null | undefined;
	userInput?: string | null | undefined;
	countryCode?: string | null | undefined;
	extension?: number | null | undefined;
	acceptsSMS?: boolean | null | undefined;
}

/** E.164, as numbers are compared; undefined where the text is none that could be called. */
export function readNumber(text: string, country: string): { dial: string; after?: string } | undefined {
	const read = numbers.read(text, { country });
	return read.kind === "number" ? { dial: read.dial, ...(read.after ? { after: read.after } : {}) } : undefined;
}

/**
 * @param home ISO 3166 code of the organization, for numbers that name no country
 * @returns undefined where nothing was sent
 * @throws ApiError 400 naming the field
 */
export function readPhone(
	sent: SentPhone | null | undefined,
	fieldName: string,
	home: string,
): ContactPhone | undefined {
	const text = sent?.e164 || sent?.userInput || sent?.display;
	if (!sent || !text) {
		if (sent && (sent.extension || sent.acceptsSMS || sent.countryCode)) throw noNumber(fieldName);
		return undefined;
	}
	const country = sent.countryCode || home;
	const read = readNumber(text, country);
	if (read && !/^\s*(\+|00)/.test(text) && !numbers.isPlanned(read.dial)) throw notOf(country, fieldName, text);
	if (!read?.dial.startsWith("+") || (sent.e164 && !/^\s*\+/.test(sent.e164))) throw noNumber(fieldName);
	const extension = sent.extension ?? (read.after && /^\d{1,9}$/.test(read.after) ? Number(read.after) : undefined);
	return {
		e164: read.dial,
		display: sent.display || sent.userInput || numbers.format(read.dial, { country: home }),
		...(sent.userInput ? { userInput: sent.userInput } : {}),
		...(sent.countryCode ? { countryCode: sent.countryCode } : {}),
		...(extension === undefined ? {} : { extension }),
		...(sent.acceptsSMS ? { acceptsSMS: true } : {}),
	};
}

/** A foreign number that its writer began at home became another one of ours, by its length alone. */
function notOf(country: string, fieldName: string, text: string) {
	return badField(
		fieldName,
		`${fieldName}: ${text.trim().slice(0, 40)} is no number of ${country}. Begin it with its country code, such as +3173123456.`,
	);
}

function noNumber(fieldName: string) {
	return badField(
		fieldName,
		`${fieldName} must hold one phone number; e164 begins with its country code, such as +3173123456.`,
	);
}
