import { createPhoneNumbers } from "@inlay/contract/phone";
import { phoneMetadata } from "@inlay/contract/phone-metadata";
import { badField } from "../kernel/http/api-error.ts";
import type { Contact } from "./model.ts";

const phones = createPhoneNumbers(phoneMetadata);
const countries: ReadonlySet<string> = new Set(Object.keys(phoneMetadata.countries));
/** `Contact.mediaType`. */
const mediaTypes = ["PHONE", "EMAIL", "SMS"];

/**
 * Numbers and addresses of a person or a group. A number is what calls go to and what callers are known by: one that nobody can
 * dial would do neither, in silence. What stands from before may stay.
 *
 * @param country ISO 3166 code of the organization, for numbers that name none
 * @throws ApiError 400 naming the field
 */
export function readContacts(wanted: readonly Contact[], country: string, before: readonly Contact[] = []): Contact[] {
	const standing = new Set(before.map(keyOf));
	return wanted.map((contact, at) => {
		if (standing.has(keyOf(contact))) return contact;
		const cleaned = clean(contact);
		refuseBad(cleaned, at, country);
		return cleaned;
	});
}

/** As it is kept: what is checked is what stands afterwards. */
function clean(contact: Contact): Contact {
	const { address, countryCode } = contact;
	return {
		...contact,
		...(address === undefined ? {} : { address: withoutUnseen(address) }),
		...(countryCode ? { countryCode: countryCode.toUpperCase() } : {}),
	};
}

/** Numbers are pasted with marks of direction around them, which would turn round whatever stands beside them. */
function withoutUnseen(text: string): string {
	return text.replace(/[\p{Cc}\p{Cf}]/gu, "").trim();
}

function refuseBad({ mediaType, address, extension, countryCode }: Contact, at: number, country: string): void {
	const field = `addresses[${at}]`;
	if (!mediaTypes.includes(mediaType ?? ""))
		throw badField(`${field}.mediaType`, `${field}.mediaType must be one of ${mediaTypes.join(", ")}.`);
	if (!address?.trim() && !extension?.trim()) throw badField(`${field}.address`, `${field} has no address.`);
	if (extension?.trim() && !/^\d{1,15}$/.test(extension.trim()))
		throw badField(`${field}.extension`, `${field}.extension must be digits, such as 4021.`);
	if (countryCode && !countries.has(countryCode))
		throw badField(`${field}.countryCode`, `${field}.countryCode must be a country's two letters, such as NL.`);
	if (!address?.trim()) return;
	if (mediaType !== "EMAIL") refuseNoNumber(address, `${field}.address`, countryCode || country);
	else if (!/^[^\s@]+@[^\s@]+$/.test(address.trim()))
		throw badField(`${field}.address`, `${field}.address must be an address such as name@example.com.`);
}

function refuseNoNumber(address: string, field: string, country: string): void {
	if (phones.read(address, { country }).kind === "number") return;
	const text = `${field}: ${address.trim().slice(0, 40)} is no number that can be called. Begin it with its country code, such as +3173123456.`;
	throw badField(field, text);
}

function keyOf({ mediaType, address, extension, countryCode }: Contact): string {
	return JSON.stringify([mediaType, address, extension, countryCode]);
}
